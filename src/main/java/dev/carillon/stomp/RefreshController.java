package dev.carillon.stomp;

import java.nio.charset.StandardCharsets;

import dev.carillon.security.Tokens;
import dev.carillon.topic.Refusal;

import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;

/**
 * Takes a fresh token on a live connection: SEND to {@code /app/session.refresh} with the
 * token as body, or in an Authorization header.
 */
@Controller
final class RefreshController {

	private final StompGateway gateway;

	private final Tokens tokens;

	RefreshController(StompGateway gateway, Tokens tokens) {
		this.gateway = gateway;
		this.tokens = tokens;
	}

	@MessageMapping("session.refresh")
	void refresh(Message<byte[]> message, SimpMessageHeaderAccessor headers) {
		if (Exchange.isAlone(message)) {
			throw new Refusal(Refusal.Code.BAD_VALUE,
					"destination must not be /app/session.refresh here: a request has no session whose token could be refreshed");
		}
		StompConnection connection = this.gateway.find(headers.getSessionId());
		if (connection == null) {
			throw new Refusal(Refusal.Code.UNAVAILABLE, "The session is over");
		}
		String authorization = headers.getFirstNativeHeader("Authorization");
		Authentication fresh = (authorization != null) ? this.tokens.authenticate(authorization)
				: this.tokens.verify(new String(message.getPayload(), StandardCharsets.UTF_8).strip());
		if (!fresh.getName().equals(connection.connectedUser().getName())) {
			throw new Refusal(Refusal.Code.LOGIN_FAILED, "The fresh token belongs to another user");
		}
		connection.refreshed(fresh);
	}

}
