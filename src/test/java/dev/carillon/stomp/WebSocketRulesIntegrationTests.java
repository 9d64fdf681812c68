package dev.carillon.stomp;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.Session;
import dev.carillon.support.CarillonTest;
import dev.carillon.support.RawStomp;
import dev.carillon.support.RawWebSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The framing rules of RFC 6455 at {@code /ws}, kept and broken.
 */
@CarillonTest
class WebSocketRulesIntegrationTests {

	private static final int FIN_TEXT = RawWebSocket.FIN | RawWebSocket.TEXT;

	private static final byte[] CONNECT = RawStomp.frame("CONNECT", "accept-version:1.2")
		.getBytes(StandardCharsets.UTF_8);

	private final int port;

	private final Delivery delivery;

	WebSocketRulesIntegrationTests(@LocalServerPort int port, Delivery delivery) {
		this.port = port;
		this.delivery = delivery;
	}

	private RawWebSocket open() {
		return RawWebSocket.open(this.port, "/ws");
	}

	@Test
	void handshakeWhenProtocolsAreOfferedThenOneIsChosen() {
		try (RawWebSocket socket = RawWebSocket.open(this.port, "/ws", "Sec-WebSocket-Protocol: foo, v11.stomp",
				"Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")) {
			assertThat(socket.response()).anyMatch((line) -> line.equalsIgnoreCase("Sec-WebSocket-Protocol: v11.stomp"))
				.anyMatch((line) -> line.equalsIgnoreCase("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
				.noneMatch((line) -> line.toLowerCase().startsWith("sec-websocket-extensions"));
		}
	}

	@Test
	void handshakeWhenVersionIsUnknownThenRefused() {
		try (RawWebSocket socket = RawWebSocket.handshake(this.port, "/ws", "Sec-WebSocket-Version: 99")) {
			assertThat(socket.response().getFirst()).doesNotContain(" 101 ");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0x40 | FIN_TEXT, 0x20 | FIN_TEXT, 0x10 | FIN_TEXT, 0x83, 0x87, 0x8B, 0x8F,
			RawWebSocket.FIN | RawWebSocket.CONTINUATION, RawWebSocket.PING, RawWebSocket.PONG })
	void frameWhenFirstByteIsNotAllowedThenProtocolError(int first) {
		try (RawWebSocket socket = open()) {
			socket.frame(first, CONNECT);
			assertThat(socket.readClose().closeCode()).isEqualTo(1002);
			socket.readEnd();
		}
	}

	@Test
	void frameWhenNotMaskedThenProtocolError() {
		try (RawWebSocket socket = open()) {
			socket.raw((byte) 0x81, (byte) 1, (byte) '\n');
			assertThat(socket.readClose().closeCode()).isEqualTo(1002);
			socket.readEnd();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { RawWebSocket.PING, RawWebSocket.PONG, RawWebSocket.CLOSE })
	void frameWhenControlFrameIsTooLongThenProtocolError(int opCode) {
		try (RawWebSocket socket = open()) {
			socket.frame(RawWebSocket.FIN | opCode, new byte[126]);
			assertThat(socket.readClose().closeCode()).isEqualTo(1002);
			socket.readEnd();
		}
	}

	@Test
	void frameWhenAMessageBeginsInsideOfAnotherThenProtocolError() {
		try (RawWebSocket socket = open()) {
			socket.frame(RawWebSocket.TEXT, new byte[] { '\n' });
			socket.frame(FIN_TEXT, new byte[] { '\n' });
			assertThat(socket.readClose().closeCode()).isEqualTo(1002);
			socket.readEnd();
		}
	}

	@Test
	void frameWhenLengthIsAbsurdThenClosed() {
		try (RawWebSocket socket = open(); RawStomp other = RawStomp.guest(this.port)) {
			byte[] frame = new byte[14];
			Arrays.fill(frame, (byte) 0xFF);
			frame[0] = (byte) FIN_TEXT;
			socket.raw(frame);
			socket.raw(new byte[100]);
			socket.readEnd();
			other.confirmed("BEGIN", "transaction:1");
		}
	}

	@Test
	void messageWhenFragmentedWithPingsBetweenThenReadAsOne() {
		try (RawWebSocket socket = open()) {
			for (int i = 0; i < CONNECT.length; i++) {
				int first = (i == 0) ? RawWebSocket.TEXT : RawWebSocket.CONTINUATION;
				socket.frame((i == CONNECT.length - 1) ? RawWebSocket.FIN | first : first, new byte[] { CONNECT[i] });
				socket.frame(RawWebSocket.FIN | RawWebSocket.PING, new byte[] { (byte) i, 0 });
				if (i < CONNECT.length - 1) {
					RawWebSocket.Frame pong = socket.read();
					assertThat(pong.opCode()).isEqualTo(RawWebSocket.PONG);
					assertThat(pong.payload()).containsExactly(i, 0);
				}
			}
			RawWebSocket.Frame first = socket.read();
			RawWebSocket.Frame second = socket.read();
			RawWebSocket.Frame connected = (first.opCode() == RawWebSocket.TEXT) ? first : second;
			assertThat(connected.text()).startsWith("CONNECTED\n");
			assertThat(((connected == first) ? second : first).opCode()).isEqualTo(RawWebSocket.PONG);
		}
	}

	@Test
	void messageWhenEmptyThenNothingHappens() {
		try (RawWebSocket socket = open()) {
			socket.frame(FIN_TEXT, new byte[0]);
			socket.frame(RawWebSocket.TEXT, new byte[0]);
			socket.frame(RawWebSocket.CONTINUATION, new byte[0]);
			socket.frame(RawWebSocket.FIN | RawWebSocket.CONTINUATION, new byte[0]);
			socket.frame(RawWebSocket.FIN | RawWebSocket.BINARY, CONNECT);
			assertThat(socket.read().text()).startsWith("CONNECTED\n");
		}
	}

	@Test
	void pingWhenAsLongAsAllowedThenTheSamePong() {
		byte[] payload = new byte[125];
		new Random(7).nextBytes(payload);
		try (RawWebSocket socket = open()) {
			socket.frame(RawWebSocket.FIN | RawWebSocket.PONG, payload);
			socket.frame(RawWebSocket.FIN | RawWebSocket.PING, payload);
			RawWebSocket.Frame pong = socket.read();
			assertThat(pong.first()).isEqualTo(RawWebSocket.FIN | RawWebSocket.PONG);
			assertThat(pong.payload()).isEqualTo(payload);
		}
	}

	@Test
	void pingWhenManyComeAtOnceThenEachIsAnswered() {
		try (RawWebSocket socket = open()) {
			int count = 2000;
			byte[] pings = new byte[count * 10];
			for (int i = 0; i < count; i++) {
				byte[] ping = RawWebSocket.encode(RawWebSocket.FIN | RawWebSocket.PING,
						new byte[] { (byte) (i >> 16), (byte) (i >> 8), (byte) i, 0 });
				System.arraycopy(ping, 0, pings, i * 10, 10);
			}
			socket.raw(pings);
			for (int i = 0; i < count; i++) {
				assertThat(socket.read().payload()).containsExactly((byte) (i >> 16), (byte) (i >> 8), (byte) i, 0);
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "c328", "e282", "eda080", "f4908080", "c0af", "ff", "61e28261" })
	void textWhenNotUtf8ThenInvalidPayload(String hex) {
		byte[] bad = HexFormat.of().parseHex(hex);
		try (RawWebSocket socket = open()) {
			socket.frame(FIN_TEXT, bad);
			assertThat(socket.readClose().closeCode()).isEqualTo(1007);
			socket.readEnd();
		}
		try (RawWebSocket socket = open()) {
			for (int i = 0; i < bad.length; i++) {
				int first = (i == 0) ? RawWebSocket.TEXT : RawWebSocket.CONTINUATION;
				socket.frame((i == bad.length - 1) ? RawWebSocket.FIN | first : first, new byte[] { bad[i] });
			}
			assertThat(socket.readClose().closeCode()).isEqualTo(1007);
		}
		catch (UncheckedIOException _) {
			// the server may have ended before we had said all of it; the first part
			// counts
		}
	}

	@Test
	void textWhenACharacterIsCutByFragmentsThenAccepted() {
		String frame = RawStomp.frame("CONNECT", "accept-version:1.2", "x:\u20ac\ud83d\ude00");
		byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
		int cut = bytes.length - 6;
		try (RawWebSocket socket = open()) {
			socket.frame(RawWebSocket.TEXT, Arrays.copyOf(bytes, cut));
			socket.frame(RawWebSocket.FIN | RawWebSocket.CONTINUATION, Arrays.copyOfRange(bytes, cut, bytes.length));
			assertThat(socket.read().text()).startsWith("CONNECTED\n");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1000, 1001, 1003, 1008, 1011, 3000, 4000, 4999 })
	void closeWhenCodeIsAllowedThenEchoed(int code) {
		try (RawWebSocket socket = open()) {
			socket.close(code, "bye");
			assertThat(socket.readClose().closeCode()).isEqualTo(code);
			socket.readEnd();
		}
	}

	@Test
	void closeWhenWithoutCodeThenAnsweredWithoutCode() {
		try (RawWebSocket socket = open()) {
			socket.frame(RawWebSocket.FIN | RawWebSocket.CLOSE, new byte[0]);
			assertThat(socket.readClose().closeCode()).isIn(1005, 1000);
			socket.readEnd();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65535 })
	void closeWhenCodeIsNotAllowedThenProtocolError(int code) {
		try (RawWebSocket socket = open()) {
			socket.close(code, "");
			assertThat(socket.readClose().closeCode()).isEqualTo(1002);
			socket.readEnd();
		}
	}

	@Test
	void closeWhenHalfACodeThenProtocolError() {
		try (RawWebSocket socket = open()) {
			socket.frame(RawWebSocket.FIN | RawWebSocket.CLOSE, new byte[] { 3 });
			assertThat(socket.readClose().closeCode()).isEqualTo(1002);
			socket.readEnd();
		}
	}

	@Test
	void closeWhenReasonIsNotUtf8ThenClosed() {
		try (RawWebSocket socket = open()) {
			socket.frame(RawWebSocket.FIN | RawWebSocket.CLOSE, new byte[] { 3, (byte) 0xE8, (byte) 0xFF });
			assertThat(socket.readClose().closeCode()).isIn(1002, 1007);
			socket.readEnd();
		}
	}

	@Test
	void connectionWhenTheClientEndsItsHalfThenTheSessionIsOver() {
		try (RawStomp client = RawStomp.guest(this.port)) {
			Session session = sessionOf(client);
			client.socket().raw(Arrays.copyOf(RawWebSocket.encode(FIN_TEXT, CONNECT), 20));
			client.socket().endOutput();
			client.socket().readEnd();
			awaitEnd(session);
		}
	}

	@Test
	void connectionWhenResetThenTheSessionIsOver() {
		RawStomp client = RawStomp.guest(this.port);
		client.subscribe("1", "/topic/open.reset");
		Session session = sessionOf(client);
		client.socket().reset();
		awaitEnd(session);
	}

	@Test
	void closeWhenTheClientNeverAnswersThenTheConnectionEndsAllTheSame() {
		try (RawWebSocket socket = open()) {
			socket.text(RawStomp.frame("NONSENSE"));
			assertThat(socket.read().text()).startsWith("ERROR\n");
			assertThat(socket.readClose().closeCode()).isEqualTo(4006);
			socket.readEnd();
			// The server has ended its half; it must end ours, too.
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> cannotWrite(socket));
		}
	}

	@Test
	void closeWhenTheClientClosesButKeepsTheConnectionThenItEndsAllTheSame() {
		try (RawWebSocket socket = open()) {
			socket.close(1000, "");
			socket.readEnd();
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> cannotWrite(socket));
		}
	}

	private static boolean cannotWrite(RawWebSocket socket) {
		try {
			socket.text("\n");
			return false;
		}
		catch (UncheckedIOException _) {
			return true;
		}
	}

	private Session sessionOf(RawStomp client) {
		return this.delivery.sessions()
			.join()
			.stream()
			.filter((session) -> session.id().equals(client.session()))
			.findFirst()
			.orElseThrow();
	}

	private void awaitEnd(Session session) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> !this.delivery.sessions().join().contains(session));
	}

}
