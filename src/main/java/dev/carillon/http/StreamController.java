package dev.carillon.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.delivery.AckMode;
import dev.carillon.delivery.CloseCode;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.Encoded;
import dev.carillon.delivery.MessageEncoder;
import dev.carillon.delivery.Origin;
import dev.carillon.delivery.Placement;
import dev.carillon.delivery.Session;
import dev.carillon.delivery.Sink;
import dev.carillon.delivery.SubscribeRequest;
import dev.carillon.security.Admissions;
import dev.carillon.security.DestinationRules;
import dev.carillon.security.LimitsProperties;
import dev.carillon.security.SecurityProperties;
import dev.carillon.security.SignIn;
import dev.carillon.security.Tokens;
import dev.carillon.security.UserDestinations;
import dev.carillon.topic.Destination;
import dev.carillon.topic.DestinationPattern;
import dev.carillon.topic.Position;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.Topics;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.propertyeditors.CustomCollectionEditor;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Event streams: {@code GET /api/stream?destination=…}, one or several destinations or
 * patterns.
 * <p>
 * A stream is a session like any other, with a sink that writes server-sent events. The
 * id of an event is its position, so a browser that comes back resumes by itself with
 * {@code Last-Event-ID}; with several topics it lists the position of each. With
 * {@code wait} it is a long poll of all of them: see {@link Turn}.
 */
@RestController
final class StreamController {

	private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);

	private final Delivery delivery;

	private final Topics topics;

	private final DestinationRules rules;

	private final Admissions admissions;

	private final LimitsProperties limits;

	private final SecurityProperties security;

	private final HttpProperties properties;

	private final StreamEnds ends;

	private final JsonMapper json;

	private final Executor executor;

	StreamController(Delivery delivery, Topics topics, DestinationRules rules, Admissions admissions,
			LimitsProperties limits, SecurityProperties security, HttpProperties properties, StreamEnds ends,
			JsonMapper json, Executor httpWriter) {
		this.delivery = delivery;
		this.topics = topics;
		this.rules = rules;
		this.admissions = admissions;
		this.limits = limits;
		this.security = security;
		this.properties = properties;
		this.ends = ends;
		this.json = json;
		this.executor = httpWriter;
	}

	/** A destination may have a comma, so one value is one destination. */
	@InitBinder
	void takeAsGiven(WebDataBinder binder) {
		binder.registerCustomEditor(List.class, new CustomCollectionEditor(List.class));
	}

	@GetMapping("/api/stream")
	void stream(@RequestParam List<String> destination, @RequestParam(required = false) @Nullable Integer replay,
			@RequestParam(name = "after", required = false) @Nullable String after,
			@RequestParam(required = false) @Nullable String wait,
			@RequestHeader(value = "Last-Event-ID", required = false) @Nullable String lastEventId, Authentication user,
			HttpServletRequest request, HttpServletResponse response) throws IOException {
		if (replay != null && replay < 0) {
			throw new Refusal(Refusal.Code.BAD_VALUE, "replay must be at least 0");
		}
		List<SubscribeRequest.Target> targets = targets(destination, user);
		List<Position> from = positions((lastEventId != null) ? lastEventId : after);
		Duration patience = (wait != null) ? this.properties.patience(wait) : null;
		if (request.getMethod().equals(HttpMethod.HEAD.name())) {
			setHeaders(response);
			return;
		}
		Admissions.Admission admission = this.admissions.admit(request.getRemoteAddr());
		try {
			admission.identify(user.getName());
			begin(request, response, new Wish(destination, targets, from, replay, patience), user, admission);
		}
		catch (IOException | RuntimeException ex) {
			admission.leave();
			throw ex;
		}
	}

	private List<SubscribeRequest.Target> targets(List<String> destinations, Authentication user) {
		if (LimitsProperties.isReached(this.limits.subscriptionsPerSession(), destinations.size() - 1)) {
			throw new Refusal(Refusal.Code.LIMIT_REACHED,
					"This stream has " + destinations.size()
							+ " destinations; carillon.limits.subscriptions-per-session allows "
							+ this.limits.subscriptionsPerSession());
		}
		List<SubscribeRequest.Target> targets = new ArrayList<>();
		for (String text : destinations) {
			if (DestinationPattern.hasWildcard(text)) {
				DestinationPattern pattern = DestinationPattern.of(text);
				this.rules.checkPattern(user, pattern);
				targets.add(new SubscribeRequest.Many(pattern,
						(topic) -> this.rules.mayReach(user, topic.policy(), topic.destination())));
			}
			else {
				Destination one = UserDestinations.resolve(text, user);
				if (one.isQueue()) {
					throw new Refusal(Refusal.Code.BAD_VALUE, "A stream cannot consume from the work queue " + one);
				}
				this.rules.check(user, DestinationRules.Action.SUBSCRIBE, one);
				targets.add(new SubscribeRequest.One(one, (topic) -> this.rules.mayFollow(user, topic)));
			}
		}
		return targets;
	}

	private static @Nullable List<Position> positions(@Nullable String text) {
		if (text == null || text.isEmpty()) {
			return null;
		}
		List<Position> positions = new ArrayList<>();
		for (String part : text.split(",")) {
			positions.add(Position.parse(part.strip()));
		}
		return positions;
	}

	private static void setHeaders(HttpServletResponse response) {
		response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		// Tells nginx and others that speak its language not to hold the stream back.
		response.setHeader("X-Accel-Buffering", "no");
	}

	/**
	 * What a client asks for.
	 *
	 * @param destinations the destinations as they were given
	 * @param targets what they mean
	 * @param from the positions to go on after, or null to begin anew
	 * @param replay how many messages to begin with, or null for the policy's default
	 * @param patience how long to wait for messages before the stream ends, or null if it
	 * does not end by itself
	 */
	private record Wish(List<String> destinations, List<SubscribeRequest.Target> targets, @Nullable List<Position> from,
			@Nullable Integer replay, @Nullable Duration patience) {
	}

	private void begin(HttpServletRequest request, HttpServletResponse response, Wish wish, Authentication user,
			Admissions.Admission admission) throws IOException {
		setHeaders(response);
		response.getOutputStream()
			.write(("retry: " + this.properties.retry().toMillis() + "\n\n").getBytes(StandardCharsets.UTF_8));
		response.flushBuffer();
		AsyncContext exchange = request.startAsync(request, response);
		exchange.setTimeout(0);
		EventSink events = new EventSink(exchange, response.getOutputStream(), this.executor);
		Turn turn = (wish.patience() != null) ? new Turn(events, wish.patience()) : null;
		Sink sink = (turn != null) ? turn : events;
		Session session = this.delivery.open(sink, admission, new Origin("sse", admission.address()));
		Runnable deaf = SignIn.whenOver(user, () -> session.close(CloseCode.SIGNED_OUT));
		exchange.addListener(new Ended(session, deaf));
		session.setUser(user.getName());
		session.heartBeat(new Encoded(COMMENT, false), this.properties.heartBeat().toMillis(), 0);
		Tokens.expiry(user).ifPresent((end) -> {
			Duration left = Duration.between(this.topics.clock().instant(), end).plus(this.security.tokenLeeway());
			session.expire(Math.max(0, left.toNanos()), CloseCode.EXPIRED, () -> {
			});
		});
		subscribe(session, wish, turn);
	}

	private void subscribe(Session session, Wish wish, @Nullable Turn turn) {
		List<SubscribeRequest.Target> targets = wish.targets();
		boolean several = targets.size() > 1 || targets.getFirst() instanceof SubscribeRequest.Many;
		StreamEncoder ids = new StreamEncoder(this.json);
		MessageEncoder encoder = several ? ids : new EventEncoder(this.json);
		if (turn != null) {
			turn.begin(session, targets.size());
			encoder = turn.noting(encoder);
		}
		for (int i = 0; i < targets.size(); i++) {
			String destination = wish.destinations().get(i);
			session.subscribe(new SubscribeRequest(Integer.toString(i), targets.get(i), encoder, AckMode.AUTO, 1, false,
					wish.replay(), wish.from()), (placement, refusal) -> {
						placed(session, ids, destination, placement, refusal);
						if (turn != null) {
							turn.placed();
						}
					});
		}
	}

	/**
	 * Says where the stream stands and whether something was lost, so that a browser that
	 * is cut before the first message comes back to there.
	 */
	private void placed(Session session, StreamEncoder ids, String destination, @Nullable Placement placement,
			@Nullable Refusal refusal) {
		if (placement == null) {
			this.ends.refuse(session,
					(refusal != null) ? refusal : new Refusal(Refusal.Code.INTERNAL, "The stream could not be placed"));
			return;
		}
		String id = ids.placed(placement.positions());
		if (ids.size() > this.properties.streamTopics()) {
			this.ends.refuse(session, new Refusal(Refusal.Code.LIMIT_REACHED, "The stream follows " + ids.size()
					+ " topics; carillon.http.stream-topics allows " + this.properties.streamTopics()));
			return;
		}
		String data = this.json.writeValueAsString(Placed.of(destination, placement));
		session.send(new Encoded(
				("id: " + id + "\nevent: placed\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8), false));
	}

	/**
	 * Where the stream stands in one of its destinations.
	 *
	 * @param destination the destination as it was given
	 * @param position what comes first is the message after it; for a pattern a list with
	 * commas
	 * @param recovered whether nothing is lost since the positions it was to go on after,
	 * or null if there were none
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Placed(String destination, String position, @Nullable Boolean recovered) {

		static Placed of(String destination, Placement placement) {
			return new Placed(destination,
					String.join(",", placement.positions().stream().map(Position::toString).toList()),
					placement.recovered());
		}

	}

	/**
	 * Tells the session when the container says that the client is gone.
	 *
	 * @param session which session
	 * @param deaf what to run so that it hears of its user's signing out no more
	 */
	private record Ended(Session session, Runnable deaf) implements AsyncListener {

		@Override
		public void onComplete(AsyncEvent event) {
			this.deaf.run();
			this.session.transportClosed(CloseCode.GOING_AWAY);
		}

		@Override
		public void onTimeout(AsyncEvent event) {
			this.session.transportClosed(CloseCode.GOING_AWAY);
		}

		@Override
		public void onError(AsyncEvent event) {
			this.session.transportClosed(CloseCode.GOING_AWAY);
		}

		@Override
		public void onStartAsync(AsyncEvent event) {
			// goes on
		}

	}

}
