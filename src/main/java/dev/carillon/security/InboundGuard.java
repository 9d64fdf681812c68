package dev.carillon.security;

import java.security.Principal;

import dev.carillon.topic.Destination;
import dev.carillon.topic.DestinationPattern;
import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.MessageHeaderAccessor;

/**
 * Stands before the inbound channel: gives a CONNECT its identity, and lets only those
 * SUBSCRIBE and SEND frames pass that the rules allow.
 */
public final class InboundGuard implements ChannelInterceptor {

	private final Logins logins;

	private final DestinationRules rules;

	public InboundGuard(Logins logins, DestinationRules rules) {
		this.logins = logins;
		this.rules = rules;
	}

	@Override
	public Message<?> preSend(Message<?> message, MessageChannel channel) {
		SimpMessageType type = SimpMessageHeaderAccessor.getMessageType(message.getHeaders());
		if (type == SimpMessageType.CONNECT) {
			identify(message);
		}
		else if (type == SimpMessageType.SUBSCRIBE || type == SimpMessageType.MESSAGE) {
			judge(message, type);
		}
		return message;
	}

	private void identify(Message<?> message) {
		StompHeaderAccessor accessor = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
		if (accessor == null || accessor.getUser() != null) {
			return;
		}
		String login = accessor.getLogin();
		accessor.setUser((login == null || login.isEmpty()) ? new Guest(String.valueOf(accessor.getSessionId()))
				: this.logins.authenticate(login, (accessor.getPasscode() != null) ? accessor.getPasscode() : ""));
	}

	private void judge(Message<?> message, SimpMessageType type) {
		Principal user = SimpMessageHeaderAccessor.getUser(message.getHeaders());
		String destination = SimpMessageHeaderAccessor.getDestination(message.getHeaders());
		if (user == null || destination == null) {
			throw new Refusal(Refusal.Code.ACCESS_DENIED, "Only a connected session may subscribe and send");
		}
		check(user, type, destination);
	}

	/**
	 * Judges a SUBSCRIBE or SEND before it goes through the channel, for frames that wait
	 * in a transaction.
	 */
	public void check(Principal user, SimpMessageType type, @Nullable String destination) {
		String target = String.valueOf(destination);
		if (type == SimpMessageType.SUBSCRIBE && DestinationPattern.hasWildcard(target)) {
			this.rules.checkPattern(user, DestinationPattern.of(target));
		}
		else {
			this.rules.check(user, (type == SimpMessageType.SUBSCRIBE) ? DestinationRules.Action.SUBSCRIBE
					: DestinationRules.Action.SEND, UserDestinations.resolve(target, user));
		}
	}

}
