package dev.carillon.stomp;

import java.io.IOException;
import java.util.Map;

import dev.carillon.security.RequestHead;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * A bare WebSocket that greets and echoes, for checking a network path. Messages of up to
 * 128 KB. The text {@code handshake} is answered with the head of the handshake's
 * request, which no browser shows to its pages.
 */
final class EchoEndpoint extends AbstractWebSocketHandler implements HandshakeInterceptor {

	private static final int LIMIT = 128 * 1024;

	private static final String QUESTION = "handshake";

	private static final String HEAD = EchoEndpoint.class.getName() + ".head";

	private final JsonMapper json;

	EchoEndpoint(JsonMapper json) {
		this.json = json;
	}

	@Override
	public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			Map<String, Object> attributes) {
		if (request instanceof ServletServerHttpRequest servlet) {
			attributes.put(HEAD, RequestHead.of(servlet.getServletRequest()));
		}
		return true;
	}

	@Override
	public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			@Nullable Exception failure) {
		// Nothing was taken that would have to be given back.
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) throws IOException {
		session.setTextMessageSizeLimit(LIMIT);
		session.setBinaryMessageSizeLimit(LIMIT);
		session.sendMessage(new TextMessage("Carillon echoes what you send"));
	}

	@Override
	protected void handleTextMessage(WebSocketSession session, TextMessage message) throws IOException {
		boolean isAsked = message.getPayload().equals(QUESTION);
		session.sendMessage(isAsked && session.getAttributes().get(HEAD) instanceof RequestHead head
				? new TextMessage(this.json.writeValueAsString(head)) : message);
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
