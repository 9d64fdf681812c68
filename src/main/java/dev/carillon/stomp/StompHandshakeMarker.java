package dev.carillon.stomp;

import java.util.List;

import org.springframework.web.socket.SubProtocolCapable;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

/**
 * Tells the handshake which sub-protocols the endpoint speaks. It never sees a message:
 * the upgrade puts {@link JettyEndpoint} in its place.
 */
final class StompHandshakeMarker extends AbstractWebSocketHandler implements SubProtocolCapable {

	/**
	 * The sub-protocols of STOMP (STOMP 1.1 and 1.2 over WebSocket; the newest first).
	 */
	private static final List<String> PROTOCOLS = List.of("v12.stomp", "v11.stomp", "v10.stomp");

	@Override
	public List<String> getSubProtocols() {
		return PROTOCOLS;
	}

}
