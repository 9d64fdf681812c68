package dev.carillon.stomp;

import java.util.Map;

import dev.carillon.security.HandshakeGuard;
import org.eclipse.jetty.ee11.servlet.ServletCoreRequest;
import org.eclipse.jetty.server.Request;

import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeHandler;

/**
 * A handshake that gives its admission back if no socket comes of it, whatever the
 * reason: it is no handshake, it fails, or the client is gone by then.
 */
final class AdmittedHandshake implements HandshakeHandler {

	private final HandshakeHandler handshake;

	AdmittedHandshake(HandshakeHandler handshake) {
		this.handshake = handshake;
	}

	@Override
	public boolean doHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			Map<String, Object> attributes) {
		leaveIfLost(((ServletServerHttpRequest) request), attributes);
		boolean upgraded = false;
		try {
			upgraded = this.handshake.doHandshake(request, response, handler, attributes);
			return upgraded;
		}
		finally {
			if (!upgraded) {
				HandshakeGuard.leave(attributes);
			}
		}
	}

	/** The client may go between the answer and the upgrade; then no socket is opened. */
	private static void leaveIfLost(ServletServerHttpRequest request, Map<String, Object> attributes) {
		Request.addCompletionListener(ServletCoreRequest.wrap(request.getServletRequest()), (failure) -> {
			if (failure != null) {
				HandshakeGuard.leave(attributes);
			}
		});
	}

}
