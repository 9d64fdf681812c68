package dev.carillon.http;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import dev.carillon.security.Admissions;
import dev.carillon.security.DestinationRules;
import dev.carillon.security.SecurityProperties;
import dev.carillon.security.Tokens;
import dev.carillon.security.UserDestinations;
import dev.carillon.topic.Destination;
import dev.carillon.topic.Position;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.Topic;
import dev.carillon.topic.Topics;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * Polling and long polling: {@code GET /api/messages}.
 * <p>
 * The position of the last message received goes into {@code after} and may come from any
 * other transport. Without it a poll begins where a new subscription would. A poll that
 * waits counts as a session of its user and address.
 */
@RestController
final class MessagesController {

	/** How long a log that is not ready may take, in milliseconds. */
	private static final long LOG_TIMEOUT = 10_000;

	private final Topics topics;

	private final DestinationRules rules;

	private final LongPolls longPolls;

	private final Admissions admissions;

	private final SecurityProperties security;

	private final HttpProperties properties;

	MessagesController(Topics topics, DestinationRules rules, LongPolls longPolls, Admissions admissions,
			SecurityProperties security, HttpProperties properties) {
		this.topics = topics;
		this.rules = rules;
		this.longPolls = longPolls;
		this.admissions = admissions;
		this.security = security;
		this.properties = properties;
	}

	@GetMapping("/api/messages")
	DeferredResult<ResponseEntity<MessagePage>> poll(@RequestParam String destination,
			@RequestParam(required = false) @Nullable String after,
			@RequestParam(required = false) @Nullable Integer replay, @RequestParam(defaultValue = "100") int limit,
			@RequestParam(defaultValue = "0") String wait,
			@RequestHeader(value = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known,
			Authentication user, HttpServletRequest request) {
		if (limit < 1 || limit > this.properties.maxLimit()) {
			throw new Refusal(Refusal.Code.BAD_VALUE, "limit must be 1 to " + this.properties.maxLimit());
		}
		if (replay != null && replay < 0) {
			throw new Refusal(Refusal.Code.BAD_VALUE, "replay must be at least 0");
		}
		Destination target = UserDestinations.resolve(destination, user);
		if (target.isQueue()) {
			throw new Refusal(Refusal.Code.BAD_VALUE, "A work queue has no messages to page through; subscribe to it");
		}
		this.rules.check(user, DestinationRules.Action.SUBSCRIBE, target);
		Position position = (after != null && !after.isEmpty()) ? Position.parse(after) : null;
		Duration patience = patience(wait, user);
		Topic topic = this.topics.open(target);
		topic.noteRead(this.topics.clock().millis());
		Poll poll = new Poll(user, known, request.getRemoteAddr(), new DeferredResult<>(
				topic.log().ready().toCompletableFuture().isDone() ? Math.max(1, patience.toMillis()) : LOG_TIMEOUT));
		topic.log().ready().whenComplete((_, failure) -> {
			if (failure != null) {
				poll.answer()
					.setErrorResult(new Refusal(Refusal.Code.UNAVAILABLE,
							"The log of " + topic + " cannot be read at the moment"));
			}
			else {
				begin(poll, Reader.of(topic, position, replay, limit), !patience.isZero());
			}
		});
		return poll.answer();
	}

	/**
	 * One request.
	 *
	 * @param user who asks
	 * @param known the tag of what the client has
	 * @param address where it comes from
	 * @param answer what it waits for
	 */
	private record Poll(Authentication user, @Nullable String known, String address,
			DeferredResult<ResponseEntity<MessagePage>> answer) {
	}

	private void begin(Poll poll, Reader reader, boolean patient) {
		boolean lost = reader.resumed() && !reader.start().recovered();
		if (!patient || lost || reader.hasNews()) {
			answer(poll, reader);
			return;
		}
		Admissions.Admission admission;
		try {
			admission = this.admissions.admit(poll.address());
		}
		catch (Refusal refusal) {
			poll.answer().setErrorResult(refusal);
			return;
		}
		Runnable news = () -> answer(poll, reader);
		poll.answer().onTimeout(news);
		poll.answer().onCompletion(() -> {
			this.longPolls.forget(reader.topic(), news);
			admission.leave();
		});
		try {
			admission.identify(poll.user().getName());
		}
		catch (Refusal refusal) {
			admission.leave();
			poll.answer().setErrorResult(refusal);
			return;
		}
		// The news may have come between the look and the wait, so look again.
		if (!this.longPolls.await(reader.topic(), news) || reader.hasNews()) {
			news.run();
		}
	}

	private Duration patience(String wait, Authentication user) {
		Duration asked;
		try {
			asked = DurationStyle.detectAndParse(wait, ChronoUnit.SECONDS);
		}
		catch (IllegalArgumentException ex) {
			throw new Refusal(Refusal.Code.BAD_VALUE, "wait must be a duration such as 25s");
		}
		if (asked.isNegative() || asked.compareTo(this.properties.maxWait()) > 0) {
			throw new Refusal(Refusal.Code.BAD_VALUE,
					"wait must be 0 to " + this.properties.maxWait().toSeconds() + "s");
		}
		Instant now = this.topics.clock().instant();
		Instant end = Tokens.expiry(user).orElse(Instant.MAX);
		if (!end.isBefore(now.plus(asked))) {
			return asked;
		}
		return end.isBefore(now) ? Duration.ZERO : Duration.between(now, end);
	}

	/**
	 * Reads first and looks at the clock then, so that nothing that came after the end of
	 * a token goes out.
	 */
	private void answer(Poll poll, Reader reader) {
		MessagePage page = reader.read();
		if (Tokens.isOver(poll.user(), this.topics.clock().instant(), this.security.tokenLeeway())) {
			poll.answer().setErrorResult(new Refusal(Refusal.Code.LOGIN_FAILED, "The bearer token has ended"));
		}
		else {
			poll.answer().setResult(response(page, poll.known()));
		}
	}

	/**
	 * Nobody may keep an answer for somebody else, but a client that asks again in vain
	 * needs no body. For one and the same question the tag names the answer: up to where
	 * it goes, how much it holds, and whether something is lost.
	 */
	private static ResponseEntity<MessagePage> response(MessagePage page, @Nullable String known) {
		String tag = "\"%s.%d%s\"".formatted(page.next(), page.messages().size(),
				Boolean.FALSE.equals(page.recovered()) ? ".lost" : "");
		CacheControl control = CacheControl.noCache().cachePrivate();
		if (tag.equals(known)) {
			return ResponseEntity.status(304).eTag(tag).cacheControl(control).build();
		}
		return ResponseEntity.ok().eTag(tag).cacheControl(control).body(page);
	}

}
