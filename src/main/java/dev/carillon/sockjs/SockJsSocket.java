package dev.carillon.sockjs;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.carillon.delivery.CloseCode;
import dev.carillon.delivery.Encoded;
import dev.carillon.delivery.Intake;
import dev.carillon.delivery.Sink;
import dev.carillon.security.HandshakeGuard;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * A session over WebSocket: each text message holds one frame of SockJS, or a JSON array
 * of messages from the client. Jetty writes asynchronously.
 */
final class SockJsSocket implements FrameHandler, Sink, Swept {

	/** How long the client may take to answer a close. */
	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	private final SockJsSessions sessions;

	private final SockJsClients clients;

	private final Map<String, Object> attributes;

	private final ByteArrayOutputStream message = new ByteArrayOutputStream(512);

	private @Nullable CoreSession coreSession;

	private @Nullable SockJsClient client;

	private @Nullable Intake intake;

	/** Completes when our CLOSE frame has left. */
	private final Callback.Completable told = new Callback.Completable();

	private volatile boolean writing;

	private volatile long lastWritten;

	private volatile boolean closing;

	SockJsSocket(SockJsSessions sessions, SockJsClients clients, Map<String, Object> attributes) {
		this.sessions = sessions;
		this.clients = clients;
		this.attributes = attributes;
		this.lastWritten = sessions.now();
	}

	@Override
	public void onOpen(CoreSession opened, Callback callback) {
		this.coreSession = opened;
		this.intake = new Intake(opened::demand, this.told);
		opened.sendFrame(text(Frames.OPEN), Callback.NOOP, false);
		this.client = this.clients.open(this, "sockjs-websocket", this.attributes);
		this.sessions.add(this);
		callback.succeeded();
		opened.demand();
	}

	@Override
	public void onFrame(Frame frame, Callback callback) {
		CoreSession session = this.coreSession;
		SockJsClient known = this.client;
		Intake reading = this.intake;
		if (session == null || known == null || reading == null) {
			callback.failed(new IllegalStateException("A frame came before the session was open"));
			return;
		}
		switch (frame.getOpCode()) {
			case OpCode.TEXT, OpCode.CONTINUATION -> {
				byte[] part = payload(frame);
				callback.succeeded();
				if (!isOver(known)) {
					receive(known, part, frame.isFin());
				}
				if (isOver(known)) {
					reading.ignored(part.length);
				}
				else {
					reading.handled(known.refusals());
				}
			}
			case OpCode.BINARY -> {
				int length = frame.getPayloadLength();
				callback.succeeded();
				if (!isOver(known)) {
					known.refuse(CloseCode.INVALID_PAYLOAD);
				}
				reading.ignored(length);
			}
			case OpCode.PING -> {
				known.touched();
				byte[] payload = payload(frame);
				callback.succeeded();
				// Reads on when the answer has left, so that pings whose answers nobody
				// reads wait in the network.
				session.sendFrame(new Frame(OpCode.PONG, ByteBuffer.wrap(payload)), Callback.from(session::demand),
						false);
			}
			case OpCode.PONG -> {
				known.touched();
				callback.succeeded();
				session.demand();
			}
			// Jetty answers CLOSE when the callback is completed, and nothing follows it.
			default -> callback.succeeded();
		}
	}

	private boolean isOver(SockJsClient known) {
		return this.closing || known.isOver();
	}

	private static byte[] payload(Frame frame) {
		frame.demask();
		byte[] payload = new byte[frame.getPayloadLength()];
		frame.getPayload().get(payload);
		return payload;
	}

	/** Part of a message; an empty one means nothing. */
	private void receive(SockJsClient known, byte[] part, boolean last) {
		if (this.message.size() + part.length > this.sessions.longestMessage()) {
			known.refuse(CloseCode.TOO_BIG);
			return;
		}
		this.message.writeBytes(part);
		if (!last || this.message.size() == 0) {
			return;
		}
		byte[] whole = this.message.toByteArray();
		this.message.reset();
		try {
			this.sessions.messages().read(new ByteArrayInputStream(whole), known::receive);
		}
		catch (IOException _) {
			known.refuse(CloseCode.INVALID_PAYLOAD);
		}
	}

	@Override
	public void onError(Throwable cause, Callback callback) {
		callback.succeeded();
	}

	@Override
	public void onClosed(CloseStatus status, Callback callback) {
		this.sessions.remove(this);
		SockJsClient known = this.client;
		if (known != null) {
			known.closed((status.getCode() == CloseStatus.NORMAL) ? CloseCode.NORMAL : CloseCode.GOING_AWAY);
		}
		else {
			HandshakeGuard.leave(this.attributes);
		}
		callback.succeeded();
	}

	// The sink

	@Override
	public void write(List<Encoded> frames, Completion completion) {
		this.writing = true;
		send(Frames.messages(frames), new Callback() {
			@Override
			public void succeeded() {
				written();
				completion.written();
			}

			@Override
			public void failed(Throwable cause) {
				written();
				completion.failed(cause);
			}

			@Override
			public InvocationType getInvocationType() {
				return InvocationType.NON_BLOCKING;
			}
		});
	}

	private void written() {
		this.lastWritten = this.sessions.now();
		this.writing = false;
	}

	private void send(byte[] frame, Callback callback) {
		CoreSession session = this.coreSession;
		if (session != null) {
			session.sendFrame(text(frame), callback, false);
		}
	}

	private static Frame text(byte[] payload) {
		return new Frame(OpCode.TEXT, ByteBuffer.wrap(payload));
	}

	/**
	 * The code is in the frame. The WebSocket itself closes as an ordinary one does, with
	 * time for both sides: otherwise a TCP reset might overtake the frame.
	 */
	@Override
	public void close(CloseCode code, Duration retryAfter) {
		CoreSession session = this.coreSession;
		if (session != null) {
			this.lastWritten = this.sessions.now();
			this.closing = true;
			send(Goodbye.of(code, retryAfter).frame(), Callback.NOOP);
			session.close(CloseStatus.NORMAL, code.reason(retryAfter), this.told);
		}
	}

	@Override
	public void abort(CloseCode code) {
		CoreSession session = this.coreSession;
		if (session != null) {
			session.abort();
		}
	}

	// The clock

	@Override
	public boolean sweep(long now) {
		if (this.closing) {
			if (now - this.lastWritten > CLOSE_TIMEOUT.toNanos()) {
				abort(CloseCode.GOING_AWAY);
			}
		}
		else if (!this.writing && now - this.lastWritten >= this.sessions.heartBeatNanos()) {
			this.lastWritten = now;
			send(Frames.HEART_BEAT, Callback.NOOP);
		}
		return false;
	}

	@Override
	public void end(CloseCode code) {
		close(code, Duration.ZERO);
	}

}
