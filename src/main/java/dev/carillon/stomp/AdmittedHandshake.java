package dev.carillon.stomp;

import java.util.Map;

import dev.carillon.security.Admissions;
import dev.carillon.security.HandshakeGuard;

import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeHandler;

/**
 * A handshake that gives its admission back if no socket comes of it.
 */
final class AdmittedHandshake implements HandshakeHandler {

	private final HandshakeHandler handshake;

	AdmittedHandshake(HandshakeHandler handshake) {
		this.handshake = handshake;
	}

	@Override
	public boolean doHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			Map<String, Object> attributes) {
		boolean upgraded = false;
		try {
			upgraded = this.handshake.doHandshake(request, response, handler, attributes);
			return upgraded;
		}
		finally {
			if (!upgraded && attributes.get(HandshakeGuard.ADMISSION) instanceof Admissions.Admission admission) {
				admission.leave();
			}
		}
	}

}
