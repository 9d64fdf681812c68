package dev.carillon.security;

import java.security.Principal;
import java.util.Map;

import dev.carillon.topic.DestinationPattern;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.TopicPolicy;
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
 * SUBSCRIBE and SEND frames pass that the rules and the send rates allow.
 */
public final class InboundGuard implements ChannelInterceptor {

	private final Logins logins;

	private final Tokens tokens;

	private final Tickets tickets;

	private final DestinationRules rules;

	private final LimitsProperties limits;

	public InboundGuard(Logins logins, Tokens tokens, Tickets tickets, DestinationRules rules,
			LimitsProperties limits) {
		this.logins = logins;
		this.tokens = tokens;
		this.tickets = tickets;
		this.rules = rules;
		this.limits = limits;
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

	/**
	 * What CONNECT says comes first, then what the handshake has proved; else it is a
	 * guest. A ticket is redeemed here by those who cannot put it into the handshake, as
	 * SockJS, which may need several.
	 */
	private void identify(Message<?> message) {
		StompHeaderAccessor accessor = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
		if (accessor == null) {
			return;
		}
		String authorization = accessor.getFirstNativeHeader("Authorization");
		if (authorization == null) {
			authorization = accessor.getFirstNativeHeader("authorization");
		}
		String ticket = accessor.getFirstNativeHeader("ticket");
		String login = accessor.getLogin();
		if (authorization != null) {
			accessor.setUser(this.tokens.authenticate(authorization));
		}
		else if (ticket != null) {
			Map<String, Object> attributes = accessor.getSessionAttributes();
			accessor.setUser(this.tickets.redeem(ticket,
					(attributes != null && attributes.get(HandshakeGuard.ORIGIN) instanceof String origin) ? origin
							: null));
		}
		else if (login != null && !login.isEmpty()) {
			accessor.setUser(this.logins.authenticate(login,
					(accessor.getPasscode() != null) ? accessor.getPasscode() : "", address(accessor)));
		}
		else if (accessor.getUser() == null) {
			accessor.setUser(new Guest(String.valueOf(accessor.getSessionId())));
		}
		else if (SignIn.isOver(accessor.getUser())) {
			throw new Refusal(Refusal.Code.LOGIN_FAILED, "The user of this ticket has signed out");
		}
	}

	private static String address(StompHeaderAccessor accessor) {
		Map<String, Object> attributes = accessor.getSessionAttributes();
		return (attributes != null
				&& attributes.get(HandshakeGuard.ADMISSION) instanceof Admissions.Admission admission)
						? admission.address() : "";
	}

	private void judge(Message<?> message, SimpMessageType type) {
		Principal user = SimpMessageHeaderAccessor.getUser(message.getHeaders());
		String destination = SimpMessageHeaderAccessor.getDestination(message.getHeaders());
		if (user == null || destination == null) {
			throw new Refusal(Refusal.Code.BAD_FRAME, "SUBSCRIBE and SEND need the header destination");
		}
		TopicPolicy policy = check(user, type, destination);
		if (type == SimpMessageType.MESSAGE && policy != null) {
			Map<String, Object> attributes = SimpMessageHeaderAccessor.getSessionAttributes(message.getHeaders());
			if (attributes != null && (this.limits.sendRate() > 0 || policy.sendRate() > 0)) {
				Quota quota = (Quota) attributes.computeIfAbsent(Quota.ATTRIBUTE,
						(_) -> new Quota("This session", this.limits.sendRate(), System::nanoTime));
				quota.take(policy);
			}
		}
	}

	/**
	 * Judges a SUBSCRIBE or SEND; also before it goes through the channel, for frames
	 * that wait in a transaction.
	 * @return the policy that allows it, or null for a pattern, which may reach several
	 */
	public @Nullable TopicPolicy check(Principal user, SimpMessageType type, String destination) {
		if (type == SimpMessageType.SUBSCRIBE && DestinationPattern.hasWildcard(destination)) {
			this.rules.checkPattern(user, DestinationPattern.of(destination));
			return null;
		}
		return this.rules.check(user,
				(type == SimpMessageType.SUBSCRIBE) ? DestinationRules.Action.SUBSCRIBE : DestinationRules.Action.SEND,
				UserDestinations.resolve(destination, user));
	}

}
