package dev.carillon.stomp;

import java.security.Principal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import dev.carillon.delivery.CloseCode;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryListener;
import dev.carillon.delivery.Session;
import dev.carillon.security.Admissions;
import dev.carillon.security.HandshakeGuard;
import dev.carillon.security.InboundGuard;
import dev.carillon.security.LimitsProperties;
import dev.carillon.security.Refusals;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.Topic;
import dev.carillon.topic.Trace;
import dev.carillon.topic.Tracing;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.SimpAttributesContextHolder;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.simp.SimpAttributes;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.messaging.AbstractSubProtocolEvent;
import org.springframework.web.socket.messaging.SessionConnectEvent;
import org.springframework.web.socket.messaging.SessionConnectedEvent;
import org.springframework.web.socket.messaging.SessionDisconnectEvent;
import org.springframework.web.socket.messaging.SessionSubscribeEvent;
import org.springframework.web.socket.messaging.SessionUnsubscribeEvent;

/**
 * Where transports hand in their clients, and where frames enter Spring's inbound
 * channel.
 * <p>
 * The channel has no executor: a frame passes interceptors, handler methods and the
 * broker on the thread that received it, so frames of a session stay in order and a
 * failure comes back to the frame that caused it. Any thread.
 */
final class StompGateway implements DeliveryListener {

	private static final byte[] NO_BODY = {};

	private final Delivery delivery;

	private final MessageChannel inbound;

	private final InboundGuard guard;

	private final SessionTimes times;

	private final InboundFrames frames;

	private final Refusals refusals;

	private final Tracing tracing;

	private final LimitsProperties limits;

	private final StompProperties properties;

	private final ApplicationEventPublisher events;

	private final FrameDecoder.Limits frameLimits;

	private final Map<String, StompConnection> connections = new ConcurrentHashMap<>();

	/** How many requests came without a session. */
	private final AtomicLong requests = new AtomicLong();

	StompGateway(Delivery delivery, MessageChannel inbound, InboundGuard guard, SessionTimes times,
			InboundFrames frames, Refusals refusals, Tracing tracing, LimitsProperties limits,
			StompProperties properties, ApplicationEventPublisher events) {
		this.delivery = delivery;
		this.inbound = inbound;
		this.guard = guard;
		this.times = times;
		this.frames = frames;
		this.refusals = refusals;
		this.tracing = tracing;
		this.limits = limits;
		this.properties = properties;
		this.events = events;
		this.frameLimits = new FrameDecoder.Limits(limits.frameBytes(), limits.headerBytes(), limits.headerCount());
	}

	Delivery delivery() {
		return this.delivery;
	}

	InboundGuard guard() {
		return this.guard;
	}

	SessionTimes times() {
		return this.times;
	}

	InboundFrames frames() {
		return this.frames;
	}

	Refusals refusals() {
		return this.refusals;
	}

	LimitsProperties limits() {
		return this.limits;
	}

	StompProperties properties() {
		return this.properties;
	}

	FrameDecoder.Limits frameLimits() {
		return this.frameLimits;
	}

	/**
	 * A client has opened a transport.
	 * @param user who the handshake says it is, or null if CONNECT will tell
	 */
	StompConnection open(Connector connector, Map<String, Object> attributes, @Nullable Principal user) {
		StompConnection connection = new StompConnection(this, connector, attributes, user);
		this.connections.put(connection.id(), connection);
		Duration timeout = this.limits.connectTimeout();
		if (timeout.isPositive()) {
			connection.session().expire(timeout.toNanos(), CloseCode.CONNECT_TIMEOUT, connection::isLate);
		}
		return connection;
	}

	@Nullable StompConnection find(@Nullable String id) {
		return (id != null) ? this.connections.get(id) : null;
	}

	Collection<StompConnection> all() {
		return this.connections.values();
	}

	/**
	 * Sends CONNECT through the channel, whose interceptors say who the client is.
	 */
	Principal connect(StompConnection connection, StompFrame frame) {
		Principal[] identified = { connection.user() };
		StompHeaderAccessor accessor = accessor(connection, frame);
		accessor.setUserChangeCallback((user) -> identified[0] = user);
		Message<byte[]> message = send(accessor, frame, new Exchange());
		publish(new SessionConnectEvent(this, message, identified[0]));
		Principal user = identified[0];
		if (user == null) {
			throw new Refusal(Refusal.Code.LOGIN_FAILED, "Nobody could be identified");
		}
		if (connection.attributes().get(HandshakeGuard.ADMISSION) instanceof Admissions.Admission admission) {
			admission.identify(user.getName());
		}
		return user;
	}

	/** The client has been answered with CONNECTED. */
	void connected(StompConnection connection) {
		StompHeaderAccessor accessor = StompHeaderAccessor.create(StompCommand.CONNECTED);
		accessor.setSessionId(connection.id());
		accessor.setSessionAttributes(connection.attributes());
		accessor.setUser(connection.user());
		publish(new SessionConnectedEvent(this, MessageBuilder.createMessage(NO_BODY, accessor.getMessageHeaders()),
				connection.user()));
	}

	/** Sends a frame through the channel. */
	void dispatch(StompConnection connection, StompFrame frame, Exchange exchange) {
		StompHeaderAccessor accessor = accessor(connection, frame);
		if (frame.command() == StompFrame.Command.SEND) {
			traced(accessor, frame, exchange);
			return;
		}
		Message<byte[]> message = send(accessor, frame, exchange);
		if (frame.command() == StompFrame.Command.SUBSCRIBE) {
			publish(new SessionSubscribeEvent(this, message, connection.user()));
		}
		else if (frame.command() == StompFrame.Command.UNSUBSCRIBE) {
			publish(new SessionUnsubscribeEvent(this, message, connection.user()));
		}
	}

	/**
	 * Sends a frame through the channel that comes from somebody without a session; it
	 * has to be a SEND to, or a SUBSCRIBE of, what handler methods receive. What has the
	 * scope of the session lives until the exchange is done.
	 */
	void dispatch(Principal user, StompFrame frame, Exchange exchange) {
		String id = "request-" + this.requests.incrementAndGet();
		Map<String, Object> attributes = new ConcurrentHashMap<>();
		StompHeaderAccessor accessor = accessor(frame);
		accessor.setSessionId(id);
		accessor.setSessionAttributes(attributes);
		accessor.setUser(user);
		try {
			traced(accessor, frame, exchange);
		}
		finally {
			exchange.done().whenComplete((_, _) -> new SimpAttributes(id, attributes).sessionCompleted());
		}
	}

	private void traced(StompHeaderAccessor accessor, StompFrame frame, Exchange exchange) {
		Trace trace = (frame.command() == StompFrame.Command.SEND)
				? this.tracing.begin(frame.require("destination"), frame::header) : null;
		if (trace != null) {
			ScopedValue.where(Trace.CURRENT, trace).run(() -> follow(accessor, frame, exchange, trace));
		}
		else {
			send(accessor, frame, exchange);
		}
	}

	private void follow(StompHeaderAccessor accessor, StompFrame frame, Exchange exchange, Trace trace) {
		try {
			send(accessor, frame, exchange);
		}
		catch (RuntimeException ex) {
			trace.published(ex);
			throw ex;
		}
		exchange.done().whenComplete((_, failure) -> trace.published(failure));
	}

	private Message<byte[]> send(StompHeaderAccessor accessor, StompFrame frame, Exchange exchange) {
		accessor.setHeader(Exchange.HEADER, exchange);
		Message<byte[]> message = MessageBuilder.createMessage(frame.body(), accessor.getMessageHeaders());
		ScopedValue.where(Exchange.CURRENT, exchange).run(() -> {
			SimpAttributesContextHolder.setAttributesFromMessage(message);
			try {
				this.inbound.send(message);
			}
			finally {
				SimpAttributesContextHolder.resetAttributes();
			}
		});
		return message;
	}

	private static StompHeaderAccessor accessor(StompConnection connection, StompFrame frame) {
		StompHeaderAccessor accessor = accessor(frame);
		accessor.setSessionId(connection.id());
		accessor.setSessionAttributes(connection.attributes());
		accessor.setUser(connection.user());
		return accessor;
	}

	private static StompHeaderAccessor accessor(StompFrame frame) {
		MultiValueMap<String, String> nativeHeaders = new LinkedMultiValueMap<>(frame.headers().size());
		frame.headers().forEach(nativeHeaders::add);
		StompHeaderAccessor accessor = StompHeaderAccessor.create(StompCommand.valueOf(frame.command().name()),
				nativeHeaders);
		accessor.setLeaveMutable(true);
		return accessor;
	}

	/** A session is over: told once by its loop, however it ended. */
	@Override
	public void closed(Session session, CloseCode code) {
		if (session.owner() instanceof StompConnection connection
				&& this.connections.remove(connection.id(), connection)) {
			connection.closed(code);
			HandshakeGuard.leave(connection.attributes());
			Thread.startVirtualThread(() -> announceEnd(connection, code));
		}
	}

	/** The rules have changed: told by the session's loop. */
	@Override
	public void withdrawn(Session session, String subscription, Topic topic) {
		if (session.owner() instanceof StompConnection connection) {
			connection.withdrawn(subscription, topic);
		}
	}

	private void announceEnd(StompConnection connection, CloseCode code) {
		StompHeaderAccessor accessor = StompHeaderAccessor.create(StompCommand.DISCONNECT);
		accessor.setSessionId(connection.id());
		accessor.setSessionAttributes(connection.attributes());
		accessor.setUser(connection.user());
		Message<byte[]> message = MessageBuilder.createMessage(NO_BODY, accessor.getMessageHeaders());
		try {
			publish(new SessionDisconnectEvent(this, message, connection.id(),
					new CloseStatus(code.number(), code.reason()), connection.user()));
		}
		finally {
			SimpAttributes attributes = SimpAttributes.fromMessage(message);
			attributes.sessionCompleted();
		}
	}

	/** Tells application code, which may use what has the scope of the session. */
	private void publish(AbstractSubProtocolEvent event) {
		SimpAttributesContextHolder.setAttributesFromMessage(event.getMessage());
		try {
			this.events.publishEvent(event);
		}
		finally {
			SimpAttributesContextHolder.resetAttributes();
		}
	}

	/** The connections whose users are known and confirmed, for the user registry. */
	List<StompConnection> connected() {
		return this.connections.values().stream().filter(StompConnection::isConnected).toList();
	}

}
