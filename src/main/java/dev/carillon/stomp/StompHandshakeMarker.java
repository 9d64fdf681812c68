package dev.carillon.stomp;

import java.util.List;

import org.springframework.web.socket.SubProtocolCapable;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

/**
 * Tells the handshake which sub-protocols the endpoint speaks. It never sees a message:
 * the upgrade puts {@link JettyEndpoint} in its place.
 */
final class StompHandshakeMarker extends AbstractWebSocketHandler implements SubProtocolCapable {

	@Override
	public List<String> getSubProtocols() {
		return SpringEndpoint.PROTOCOLS;
	}

}
