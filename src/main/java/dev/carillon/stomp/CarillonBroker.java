package dev.carillon.stomp;

import java.security.Principal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

import dev.carillon.delivery.AckMode;
import dev.carillon.delivery.Settlement;
import dev.carillon.delivery.SubscribeRequest;
import dev.carillon.security.DestinationRules;
import dev.carillon.security.UserDestinations;
import dev.carillon.topic.Destination;
import dev.carillon.topic.DestinationPattern;
import dev.carillon.topic.Idempotency;
import dev.carillon.topic.Position;
import dev.carillon.topic.Publication;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.Topics;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.SubscribableChannel;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.broker.AbstractBrokerMessageHandler;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.messaging.support.NativeMessageHeaderAccessor;

/**
 * The broker: what clients send to topics, and what application code sends through
 * Spring's template, goes to the logs of topics; subscriptions become cursors.
 * <p>
 * Destinations below {@code /app/} belong to handler methods and are left alone.
 */
final class CarillonBroker extends AbstractBrokerMessageHandler {

	/** The prefix of what handler methods receive. */
	static final String APPLICATION = "/app/";

	/** Headers of a SEND that are between client and server and concern no subscriber. */
	private static final Set<String> PRIVATE = Set.of("destination", "receipt", "transaction", "content-length",
			"message-id", "subscription", "ack", "published-at", "missed", "redelivered", "stale", "login", "passcode",
			"authorization", "selector", "id");

	private final StompGateway gateway;

	private final Topics topics;

	private final DestinationRules rules;

	private final Idempotency idempotency;

	private final AtomicLong answers = new AtomicLong();

	CarillonBroker(SubscribableChannel inbound, MessageChannel outbound, SubscribableChannel brokerChannel,
			StompGateway gateway, Topics topics, DestinationRules rules, Idempotency idempotency) {
		super(inbound, outbound, brokerChannel);
		this.gateway = gateway;
		this.topics = topics;
		this.rules = rules;
		this.idempotency = idempotency;
	}

	@Override
	protected void startInternal() {
		publishBrokerAvailableEvent();
	}

	@Override
	protected void stopInternal() {
		publishBrokerUnavailableEvent();
	}

	@Override
	protected void handleMessageInternal(Message<?> message) {
		SimpMessageType type = SimpMessageHeaderAccessor.getMessageType(message.getHeaders());
		String destination = SimpMessageHeaderAccessor.getDestination(message.getHeaders());
		if (type == null || (destination != null && destination.startsWith(APPLICATION))) {
			rememberApplicationSubscription(message, type, destination);
			return;
		}
		switch (type) {
			case MESSAGE -> publish(message, String.valueOf(destination));
			case SUBSCRIBE -> subscribe(message, String.valueOf(destination));
			case UNSUBSCRIBE -> unsubscribe(message);
			case OTHER -> settle(message);
			default -> {
				// CONNECT, DISCONNECT and heart-beats are the gateway's
			}
		}
	}

	// SEND and templates

	private void publish(Message<?> message, String target) {
		Principal user = SimpMessageHeaderAccessor.getUser(message.getHeaders());
		if (!(message.getPayload() instanceof byte[] body)) {
			throw new IllegalArgumentException("The payload of a message to " + target + " must be bytes");
		}
		Map<String, String> headers = headers(message);
		Destination destination = (user != null) ? UserDestinations.resolve(target, user)
				: UserDestinations.ofTemplate(target);
		Exchange exchange = Exchange.of(message);
		StompConnection only = onlySession(message, destination);
		if (only != null) {
			answer(only, destination, headers, body);
			return;
		}
		CompletionStage<Position> published = publish(destination, new Publication(headers, body), user);
		if (exchange != null) {
			exchange.await(published);
		}
		else {
			throwIfFailed(published.toCompletableFuture());
		}
	}

	private CompletionStage<Position> publish(Destination destination, Publication publication,
			@Nullable Principal user) {
		String key = publication.headers().get("message-key");
		if (key == null || user == null) {
			return this.topics.publish(destination, publication);
		}
		return this.idempotency.once(this.topics.policies().require(destination), user.getName(), key,
				() -> this.topics.publish(destination, publication));
	}

	/**
	 * Application code outside of any frame learns at once of what has failed at once.
	 */
	private static void throwIfFailed(CompletableFuture<Position> published) {
		if (published.isCompletedExceptionally()) {
			throw Refusal.of(published.exceptionNow());
		}
	}

	/**
	 * The one session that application code means, if it names one: the answer of a
	 * handler method with {@code @SendToUser(broadcast = false)}.
	 */
	private @Nullable StompConnection onlySession(Message<?> message, Destination destination) {
		boolean fromClient = message.getHeaders().get(Exchange.HEADER) != null;
		return (fromClient || !destination.toString().startsWith("/user/")) ? null
				: this.gateway.find(SimpMessageHeaderAccessor.getSessionId(message.getHeaders()));
	}

	private void answer(StompConnection connection, Destination destination, Map<String, String> headers, byte[] body) {
		connection.eachSubscriptionOf(destination.toString(),
				(id, calledBy) -> connection.send(calledBy, id, nextAnswerId(), headers, body));
	}

	private String nextAnswerId() {
		return "answer-" + this.answers.incrementAndGet();
	}

	/** Answers of {@code @SubscribeMapping} methods, from the outbound channel. */
	void sendToClient(Message<?> message) {
		StompConnection connection = this.gateway.find(SimpMessageHeaderAccessor.getSessionId(message.getHeaders()));
		String subscription = SimpMessageHeaderAccessor.getSubscriptionId(message.getHeaders());
		if (connection != null && subscription != null && message.getPayload() instanceof byte[] body) {
			connection.send(String.valueOf(SimpMessageHeaderAccessor.getDestination(message.getHeaders())),
					subscription, nextAnswerId(), headers(message), body);
		}
	}

	private static Map<String, String> headers(Message<?> message) {
		Map<String, String> headers = new HashMap<>();
		if (message.getHeaders().get(NativeMessageHeaderAccessor.NATIVE_HEADERS) instanceof Map<?, ?> nativeHeaders) {
			nativeHeaders.forEach((name, values) -> {
				if (name instanceof String text && !PRIVATE.contains(text) && values instanceof List<?> list
						&& !list.isEmpty()) {
					headers.put(text, String.valueOf(list.getFirst()));
				}
			});
		}
		Object contentType = message.getHeaders().get(MessageHeaders.CONTENT_TYPE);
		if (contentType != null) {
			headers.put("content-type", contentType.toString());
		}
		return headers;
	}

	// SUBSCRIBE and UNSUBSCRIBE

	private void subscribe(Message<?> message, String target) {
		StompConnection connection = connection(message);
		StompHeaderAccessor frame = frame(message);
		SubscribeRequest request = request(connection, frame, target);
		StompConnection.Subscribed subscribed = connection.subscribe(request.id(), targetOf(request), target);
		Exchange exchange = Exchange.of(message);
		CompletableFuture<Void> placed = new CompletableFuture<>();
		if (exchange == null) {
			place(connection, request, subscribed, new Exchange(), placed);
			return;
		}
		exchange.onFailure(() -> connection.forget(request.id(), subscribed));
		exchange.await(placed);
		// The RECEIPT waits for this by then, and so leaves before the first message.
		exchange.atLast(() -> place(connection, request, subscribed, exchange, placed));
	}

	private static void place(StompConnection connection, SubscribeRequest request,
			StompConnection.Subscribed subscribed, Exchange exchange, CompletableFuture<Void> placed) {
		connection.session().subscribe(request, (placement, refusal) -> {
			if (refusal != null || placement == null) {
				placed.completeExceptionally((refusal != null) ? refusal
						: new Refusal(Refusal.Code.INTERNAL, "The subscription could not be placed"));
				return;
			}
			exchange.receiptHeader("position",
					String.join(",", placement.positions().stream().map(Position::toString).toList()));
			if (placement.recovered() != null) {
				exchange.receiptHeader("recovered", placement.recovered().toString());
			}
			if (!connection.isSubscribed(request.id(), subscribed)) {
				// The client has ended it while the log was getting ready.
				connection.session().unsubscribe(request.id(), (_) -> {
				});
			}
			placed.complete(null);
		});
	}

	private static String targetOf(SubscribeRequest request) {
		return switch (request.target()) {
			case SubscribeRequest.One(Destination destination, var _) -> destination.toString();
			case SubscribeRequest.Many(DestinationPattern pattern, var _) -> pattern.toString();
		};
	}

	private SubscribeRequest request(StompConnection connection, StompHeaderAccessor frame, String target) {
		String id = subscriptionId(connection, frame, target);
		SubscribeRequest.Target wanted;
		String called = "";
		if (DestinationPattern.hasWildcard(target)) {
			wanted = new SubscribeRequest.Many(DestinationPattern.of(target),
					(topic) -> this.rules.mayReach(connection.connectedUser(), topic.policy(), topic.destination()));
		}
		else {
			Destination destination = UserDestinations.resolve(target, connection.connectedUser());
			wanted = new SubscribeRequest.One(destination,
					(topic) -> this.rules.mayFollow(connection.connectedUser(), topic));
			called = destination.toString().equals(target) ? "" : target;
		}
		AckMode ackMode = ackMode(frame.getFirstNativeHeader("ack"));
		boolean anonymous = frame.getFirstNativeHeader("id") == null;
		StompMessageEncoder encoder = new StompMessageEncoder(connection.version(), connection.framing(),
				anonymous ? "" : id, ackMode != AckMode.AUTO, called);
		return new SubscribeRequest(id, wanted, encoder, ackMode,
				number(frame, "prefetch-count", 1, 10_000, this.gateway.properties().prefetch()),
				isLatestOnly(frame.getFirstNativeHeader("mode")), replay(frame), positions(frame));
	}

	/** The id, which only STOMP 1.0 allows to leave out; the destination serves then. */
	private static String subscriptionId(StompConnection connection, StompHeaderAccessor frame, String target) {
		String id = frame.getFirstNativeHeader("id");
		if (id == null && connection.version() == StompVersion.V1_0) {
			return target;
		}
		if (id == null || id.isEmpty()) {
			throw new Refusal(Refusal.Code.BAD_FRAME, "SUBSCRIBE and UNSUBSCRIBE need the header id");
		}
		return id;
	}

	private static AckMode ackMode(@Nullable String text) {
		return switch (text) {
			case null -> AckMode.AUTO;
			case "auto" -> AckMode.AUTO;
			case "client" -> AckMode.CLIENT;
			case "client-individual" -> AckMode.CLIENT_INDIVIDUAL;
			default -> throw new Refusal(Refusal.Code.BAD_VALUE, "ack must be auto, client or client-individual");
		};
	}

	private static boolean isLatestOnly(@Nullable String mode) {
		if (mode == null || mode.equals("all")) {
			return false;
		}
		if (mode.equals("latest")) {
			return true;
		}
		throw new Refusal(Refusal.Code.BAD_VALUE, "mode must be latest or all");
	}

	private static @Nullable Integer replay(StompHeaderAccessor frame) {
		return (frame.getFirstNativeHeader("replay") != null) ? number(frame, "replay", 0, 1_000_000, 0) : null;
	}

	private static int number(StompHeaderAccessor frame, String name, int least, int most, int otherwise) {
		String text = frame.getFirstNativeHeader(name);
		if (text == null) {
			return otherwise;
		}
		try {
			int number = Integer.parseInt(text.strip());
			if (number >= least && number <= most) {
				return number;
			}
		}
		catch (NumberFormatException _) {
			// refused below
		}
		throw new Refusal(Refusal.Code.BAD_VALUE, name + " must be a number from " + least + " to " + most);
	}

	private static @Nullable List<Position> positions(StompHeaderAccessor frame) {
		String text = frame.getFirstNativeHeader("resume-from");
		if (text == null) {
			return null;
		}
		List<Position> positions = new ArrayList<>();
		for (String part : text.split(",")) {
			positions.add(Position.parse(part.strip()));
		}
		return positions;
	}

	private void unsubscribe(Message<?> message) {
		StompConnection connection = connection(message);
		StompHeaderAccessor frame = frame(message);
		String id = subscriptionId(connection, frame, String.valueOf(frame.getDestination()));
		Exchange exchange = Exchange.of(message);
		CompletableFuture<Void> done = new CompletableFuture<>();
		if (exchange != null) {
			exchange.await(done);
		}
		boolean known = connection.unsubscribe(id);
		connection.session().unsubscribe(id, (ended) -> {
			if (ended || known) {
				done.complete(null);
			}
			else {
				done.completeExceptionally(new Refusal(Refusal.Code.BAD_VALUE, "There is no subscription " + id));
			}
		});
	}

	/**
	 * A subscription of a handler method's destination: it is answered once and follows
	 * no log, but its id counts, unless somebody without a session only asks.
	 */
	private void rememberApplicationSubscription(Message<?> message, @Nullable SimpMessageType type,
			@Nullable String destination) {
		if (type == SimpMessageType.SUBSCRIBE && destination != null && !Exchange.isAlone(message)) {
			StompConnection connection = connection(message);
			String id = subscriptionId(connection, frame(message), destination);
			StompConnection.Subscribed subscribed = connection.subscribe(id, destination, destination);
			Exchange exchange = Exchange.of(message);
			if (exchange != null) {
				exchange.onFailure(() -> connection.forget(id, subscribed));
			}
		}
	}

	// ACK and NACK

	private void settle(Message<?> message) {
		StompHeaderAccessor frame = frame(message);
		Settlement settlement = switch (frame.getCommand()) {
			case ACK -> Settlement.ACK;
			case NACK -> Settlement.NACK;
			case null, default -> null;
		};
		if (settlement == null) {
			return;
		}
		StompConnection connection = connection(message);
		AckId ack = ackId(connection, frame);
		Exchange exchange = Exchange.of(message);
		CompletableFuture<Void> done = new CompletableFuture<>();
		if (exchange != null) {
			exchange.await(done);
		}
		connection.session()
			.settle(ack.subscription().isEmpty() ? null : ack.subscription(), ack.position(), settlement, (found) -> {
				if (found || connection.hasLost(ack.subscription())) {
					done.complete(null);
				}
				else {
					done.completeExceptionally(new Refusal(Refusal.Code.BAD_VALUE,
							"No message " + ack.position() + " waits for an " + frame.getCommand()));
				}
			});
	}

	/** Each version names the message in its own way (STOMP 1.0, 1.1 and 1.2, ACK). */
	private static AckId ackId(StompConnection connection, StompHeaderAccessor frame) {
		String id = frame.getFirstNativeHeader("id");
		if (connection.version() == StompVersion.V1_2 && id != null) {
			return AckId.parse(id);
		}
		String messageId = frame.getFirstNativeHeader("message-id");
		if (messageId == null) {
			throw new Refusal(Refusal.Code.BAD_FRAME, "An " + frame.getCommand() + " frame needs the header "
					+ ((connection.version() == StompVersion.V1_2) ? "id" : "message-id"));
		}
		String subscription = frame.getFirstNativeHeader("subscription");
		return new AckId(Position.parse(messageId), (subscription != null) ? subscription : "");
	}

	private StompConnection connection(Message<?> message) {
		StompConnection connection = this.gateway.find(SimpMessageHeaderAccessor.getSessionId(message.getHeaders()));
		if (connection == null) {
			throw new Refusal(Refusal.Code.UNAVAILABLE, "The session is over");
		}
		return connection;
	}

	private static StompHeaderAccessor frame(Message<?> message) {
		StompHeaderAccessor accessor = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
		return (accessor != null) ? accessor : StompHeaderAccessor.wrap(message);
	}

}
