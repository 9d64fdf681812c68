package dev.carillon.stomp;

import java.security.Principal;
import java.util.List;
import java.util.concurrent.Executor;

import dev.carillon.delivery.CloseCode;
import dev.carillon.security.HandshakeGuard;

import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.SubProtocolCapable;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * A client as Spring delivers it: by SockJS, or by the WebSocket of another container.
 */
final class SpringEndpoint implements WebSocketHandler, SubProtocolCapable {

	/**
	 * The sub-protocols of STOMP (STOMP 1.1 and 1.2 over WebSocket; the newest first).
	 */
	static final List<String> PROTOCOLS = List.of("v12.stomp", "v11.stomp", "v10.stomp");

	private static final String CONNECTION = StompConnection.class.getName();

	private final StompGateway gateway;

	private final Executor executor;

	SpringEndpoint(StompGateway gateway, Executor executor) {
		this.gateway = gateway;
		this.executor = executor;
	}

	@Override
	public List<String> getSubProtocols() {
		return PROTOCOLS;
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) {
		int limit = (int) this.gateway.limits().frameSize().toBytes();
		session.setTextMessageSizeLimit(limit);
		session.setBinaryMessageSizeLimit(limit);
		Principal proved = (session.getAttributes().get(HandshakeGuard.USER) instanceof Principal user) ? user : null;
		session.getAttributes()
			.put(CONNECTION,
					this.gateway.open(new SpringConnector(session, this.executor), session.getAttributes(), proved));
	}

	@Override
	public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) {
		if (session.getAttributes().get(CONNECTION) instanceof StompConnection connection) {
			switch (message) {
				case TextMessage text -> connection.receive(text.asBytes());
				case BinaryMessage binary -> {
					byte[] bytes = new byte[binary.getPayload().remaining()];
					binary.getPayload().get(bytes);
					connection.receive(bytes);
				}
				default -> connection.session().touched();
			}
		}
	}

	@Override
	public void handleTransportError(WebSocketSession session, Throwable failure) {
		// the close that follows tells the connection
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
		if (session.getAttributes().get(CONNECTION) instanceof StompConnection connection) {
			connection
				.closed((status.getCode() == CloseCode.NORMAL.number()) ? CloseCode.NORMAL : CloseCode.GOING_AWAY);
		}
	}

	@Override
	public boolean supportsPartialMessages() {
		return false;
	}

}
