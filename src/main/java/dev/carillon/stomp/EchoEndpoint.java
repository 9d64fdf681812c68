package dev.carillon.stomp;

import java.io.IOException;

import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

/**
 * A bare WebSocket that greets and echoes, for checking a network path. Messages of up to
 * 128 KB.
 */
final class EchoEndpoint extends AbstractWebSocketHandler {

	private static final int LIMIT = 128 * 1024;

	@Override
	public void afterConnectionEstablished(WebSocketSession session) throws IOException {
		session.setTextMessageSizeLimit(LIMIT);
		session.setBinaryMessageSizeLimit(LIMIT);
		session.sendMessage(new TextMessage("Carillon echoes what you send"));
	}

	@Override
	protected void handleTextMessage(WebSocketSession session, TextMessage message) throws IOException {
		session.sendMessage(message);
	}

	@Override
	protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) throws IOException {
		session.sendMessage(message);
	}

	@Override
	public void handleTransportError(WebSocketSession session, Throwable failure) throws IOException {
		if (session.isOpen()) {
			session.close(CloseStatus.SERVER_ERROR);
		}
	}

}
