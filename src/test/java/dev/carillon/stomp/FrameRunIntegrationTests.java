package dev.carillon.stomp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.carillon.support.RawWebSocket;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.server.WebSocketUpgradeHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That Jetty's core session, set up as ours is, writes a run byte for byte.
 */
class FrameRunIntegrationTests {

	private final CompletableFuture<CoreSession> session = new CompletableFuture<>();

	private final Server server = new Server();

	private RawWebSocket client;

	@BeforeEach
	void start() throws Exception {
		ServerConnector connector = new ServerConnector(this.server);
		this.server.addConnector(connector);
		WebSocketUpgradeHandler upgrades = new WebSocketUpgradeHandler();
		upgrades.addMapping("/ws", new JettyUpgrade.Negotiator(new Opened(this.session), null));
		this.server.setHandler(upgrades);
		this.server.start();
		this.client = RawWebSocket.open(connector.getLocalPort(), "/ws");
	}

	@AfterEach
	void stop() throws Exception {
		this.client.close();
		this.server.stop();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 100, 2000 })
	void sendFrameWhenARunThenItsBytesAndNothingElse(int frames) throws Exception {
		Random random = new Random(frames);
		ByteArrayOutputStream run = new ByteArrayOutputStream();
		for (int i = 0; i < frames; i++) {
			byte[] payload = new byte[(i % 10 == 0) ? random.nextInt(70_000) : random.nextInt(200)];
			random.nextBytes(payload);
			run.writeBytes(WebSocketFrames.frame(payload, random.nextBoolean()));
		}
		CompletableFuture<Void> written = send(run.toByteArray());
		assertThat(this.client.readRaw(run.size())).isEqualTo(run.toByteArray());
		written.get(30, TimeUnit.SECONDS);
		assertPongFollows();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 125, 126, 127, 65_535, 65_536, 100_000 })
	void sendFrameWhenFirstFrameHasAnyLengthThenTheSecondFollows(int length) {
		byte[] first = WebSocketFrames.frame(new byte[length], true);
		byte[] second = WebSocketFrames.frame(new byte[] { 'o', 'k' }, false);
		byte[] run = new byte[first.length + second.length];
		System.arraycopy(first, 0, run, 0, first.length);
		System.arraycopy(second, 0, run, first.length, second.length);
		send(run);
		RawWebSocket.Frame frame = this.client.read();
		assertThat(frame.opCode()).isEqualTo(RawWebSocket.BINARY);
		assertThat(frame.payload()).isEqualTo(new byte[length]);
		assertThat(this.client.read().text()).isEqualTo("ok");
	}

	@Test
	void sendFrameWhenTheClientReadsLateThenAPongDoesNotCutTheRun() throws Exception {
		ByteArrayOutputStream run = new ByteArrayOutputStream();
		byte[] payload = new byte[1000];
		new Random(1).nextBytes(payload);
		// More than the buffers of both ends hold, so that the write has to wait.
		int frames = 20_000;
		for (int i = 0; i < frames; i++) {
			run.writeBytes(WebSocketFrames.frame(payload, true));
		}
		CompletableFuture<Void> written = send(run.toByteArray());
		this.session.get().sendFrame(new Frame(OpCode.PONG, ByteBuffer.allocate(4)), Callback.NOOP, false);
		assertThat(written).isNotDone();
		for (int i = 0; i < frames; i++) {
			assertThat(this.client.read().payload()).isEqualTo(payload);
		}
		written.get(30, TimeUnit.SECONDS);
		assertThat(this.client.read().opCode()).isEqualTo(RawWebSocket.PONG);
	}

	private CompletableFuture<Void> send(byte[] run) {
		Callback.Completable written = new Callback.Completable();
		this.session.join().sendFrame(new FrameRun(run), written, false);
		return written;
	}

	private void assertPongFollows() {
		this.session.join().sendFrame(new Frame(OpCode.PONG, ByteBuffer.allocate(4)), Callback.NOOP, false);
		assertThat(this.client.readRaw(6)).startsWith(0x8A, 4);
	}

	/**
	 * Hands its session over and reads nothing.
	 *
	 * @param session completed with the session
	 */
	private record Opened(CompletableFuture<CoreSession> session) implements FrameHandler {

		@Override
		public void onOpen(CoreSession opened, Callback callback) {
			callback.succeeded();
			this.session.complete(opened);
			opened.demand();
		}

		@Override
		public void onFrame(Frame frame, Callback callback) {
			callback.succeeded();
		}

		@Override
		public void onError(Throwable cause, Callback callback) {
			callback.succeeded();
		}

		@Override
		public void onClosed(CloseStatus status, Callback callback) {
			callback.succeeded();
		}

	}

}
