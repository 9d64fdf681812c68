package dev.carillon.stomp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import dev.carillon.delivery.CloseCode;
import dev.carillon.delivery.Encoded;
import dev.carillon.delivery.Sink;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;

/**
 * Writes to a native WebSocket through Jetty's core session, asynchronously: what the
 * socket does not take at once, Jetty goes on writing when it can.
 */
final class JettyConnector implements Connector, Sink {

	private final CoreSession coreSession;

	private final Duration closeTimeout;

	/** Completes when the WebSocket is closed. */
	private final CompletableFuture<Void> closed = new CompletableFuture<>();

	/** Completes when our CLOSE frame has left. */
	private final Callback.Completable told = new Callback.Completable();

	/** Whether our CLOSE frame is on its way. */
	private volatile boolean closing;

	private volatile Framing framing = Framing.FRAMED;

	JettyConnector(CoreSession coreSession, Duration closeTimeout) {
		this.coreSession = coreSession;
		this.closeTimeout = closeTimeout;
	}

	@Override
	public Sink sink() {
		return this;
	}

	@Override
	public Framing framing() {
		return this.framing;
	}

	@Override
	public void batch() {
		this.framing = Framing.BARE;
	}

	@Override
	public String transport() {
		return "websocket";
	}

	@Override
	public void write(List<Encoded> frames, Completion completion) {
		Callback callback = new Callback() {
			@Override
			public void succeeded() {
				completion.written();
			}

			@Override
			public void failed(Throwable cause) {
				completion.failed(cause);
			}

			@Override
			public InvocationType getInvocationType() {
				return InvocationType.NON_BLOCKING;
			}
		};
		if (this.framing == Framing.FRAMED) {
			send(new FrameRun(join(frames, 0, frames.size())), callback, false);
			return;
		}
		int from = 0;
		while (from < frames.size()) {
			int to = endOfKind(frames, from);
			byte opCode = frames.get(from).binary() ? OpCode.BINARY : OpCode.TEXT;
			boolean more = to < frames.size();
			send(new Frame(opCode, ByteBuffer.wrap(join(frames, from, to))), more ? Callback.NOOP : callback, more);
			from = to;
		}
	}

	/** The frames from an index on that travel in the same kind of message. */
	private static int endOfKind(List<Encoded> frames, int from) {
		int to = from + 1;
		while (to < frames.size() && frames.get(to).binary() == frames.get(from).binary()) {
			to++;
		}
		return to;
	}

	private static byte[] join(List<Encoded> frames, int from, int to) {
		if (to - from == 1) {
			return frames.get(from).bytes();
		}
		int size = 0;
		for (int i = from; i < to; i++) {
			size += frames.get(i).bytes().length;
		}
		byte[] joined = new byte[size];
		int at = 0;
		for (int i = from; i < to; i++) {
			byte[] bytes = frames.get(i).bytes();
			System.arraycopy(bytes, 0, joined, at, bytes.length);
			at += bytes.length;
		}
		return joined;
	}

	private void send(Frame frame, Callback callback, boolean batch) {
		this.coreSession.sendFrame(frame, callback, batch);
	}

	/**
	 * A ping (RFC 6455 section 5.5.2), which every client answers without its
	 * application.
	 */
	@Override
	public boolean probe() {
		send(new Frame(OpCode.PING), Callback.NOOP, false);
		return true;
	}

	@Override
	public void close(CloseCode code, Duration retryAfter) {
		this.closing = true;
		this.coreSession.sendFrame(new Farewell(code, retryAfter), this.told, false);
		abortUnlessClosed();
	}

	/** Completes when our CLOSE frame has left, or cannot leave. */
	CompletionStage<Void> told() {
		return this.told;
	}

	/** Drops the connection unless the client closes it in time. */
	private void abortUnlessClosed() {
		this.closed.orTimeout(this.closeTimeout.toMillis(), TimeUnit.MILLISECONDS)
			.whenComplete((_, _) -> this.coreSession.abort());
	}

	/**
	 * The client closes: says so to Jetty when our CLOSE frame has left, if one is on its
	 * way, since Jetty then drops the connection at once.
	 */
	void closing(Callback callback) {
		if (this.closing) {
			this.told.whenComplete((_, _) -> callback.succeeded());
		}
		else {
			callback.succeeded();
		}
	}

	/** The WebSocket is closed. */
	void closed() {
		this.closed.complete(null);
	}

	@Override
	public void abort(CloseCode code) {
		if (this.coreSession.isOutputOpen()) {
			this.coreSession.abort();
		}
		else {
			// A CLOSE frame is on its way, perhaps the answer to the client's.
			abortUnlessClosed();
		}
	}

	/**
	 * A CLOSE frame after which Jetty goes on reading until the client has answered,
	 * whatever the code.
	 * <p>
	 * After codes that it calls abnormal Jetty drops the connection at once. Whatever the
	 * client is sending at that moment is then met by a TCP reset, which can overtake the
	 * ERROR frame and the code. So Jetty is told that this is an ordinary end.
	 */
	private static final class Farewell extends Frame implements CloseStatus.Supplier {

		Farewell(CloseCode code, Duration retryAfter) {
			super(OpCode.CLOSE, true, new CloseStatus(code.number(), code.reason(retryAfter)).asPayloadBuffer());
		}

		@Override
		public CloseStatus getCloseStatus() {
			return CloseStatus.NORMAL_STATUS;
		}

	}

}
