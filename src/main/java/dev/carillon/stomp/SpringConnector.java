package dev.carillon.stomp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executor;

import dev.carillon.delivery.CloseCode;
import dev.carillon.delivery.Encoded;

import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * Writes to a session of Spring's, whose writes block: each flush on a virtual thread of
 * its own, one at a time. This is how SockJS sessions are served.
 */
final class SpringConnector implements Connector {

	private final WebSocketSession webSocketSession;

	private final Executor executor;

	SpringConnector(WebSocketSession webSocketSession, Executor executor) {
		this.webSocketSession = webSocketSession;
		this.executor = executor;
	}

	@Override
	public Framing framing() {
		return Framing.BARE;
	}

	@Override
	public void batch() {
		// frames of a flush share a message in any case
	}

	@Override
	public String transport() {
		return "sockjs";
	}

	@Override
	public void write(List<Encoded> frames, Completion completion) {
		this.executor.execute(() -> {
			try {
				for (Encoded frame : frames) {
					this.webSocketSession.sendMessage(
							(frame.binary() && !isTextOnly()) ? new BinaryMessage(ByteBuffer.wrap(frame.bytes()))
									: new TextMessage(new String(frame.bytes(), StandardCharsets.UTF_8)));
				}
				completion.written();
			}
			catch (IOException | RuntimeException ex) {
				completion.failed(ex);
			}
		});
	}

	private boolean isTextOnly() {
		return this.webSocketSession instanceof org.springframework.web.socket.sockjs.transport.SockJsSession;
	}

	@Override
	public void close(CloseCode code) {
		this.executor.execute(() -> closeQuietly(code));
	}

	@Override
	public void abort(CloseCode code) {
		this.executor.execute(() -> closeQuietly(code));
	}

	private void closeQuietly(CloseCode code) {
		try {
			this.webSocketSession.close(new CloseStatus(code.number(), code.reason()));
		}
		catch (IOException | RuntimeException _) {
			// the peer is gone already
		}
	}

}
