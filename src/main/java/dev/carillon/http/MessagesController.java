package dev.carillon.http;

import java.time.Duration;
import java.time.Instant;

import dev.carillon.security.Admissions;
import dev.carillon.security.DestinationRules;
import dev.carillon.security.SecurityProperties;
import dev.carillon.security.SignIn;
import dev.carillon.security.Tokens;
import dev.carillon.security.UserDestinations;
import dev.carillon.topic.Destination;
import dev.carillon.topic.Position;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.Topic;
import dev.carillon.topic.Topics;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

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

	/** A request that waits, equal to itself only. */
	private final class Patient implements LongPolls.Waiting {

		private final Poll poll;

		private final Reader reader;

		Patient(Poll poll, Reader reader) {
			this.poll = poll;
			this.reader = reader;
		}

		@Override
		public boolean isPermitted() {
			return MessagesController.this.rules.mayFollow(this.poll.user(), this.reader.topic());
		}

		@Override
		public void answer() {
			MessagesController.this.answer(this.poll, this.reader);
		}

	}

	private void begin(Poll poll, Reader reader, boolean patient) {
		boolean lost = reader.resumed() && !reader.start().recovered();
		if (!patient || lost || reader.hasNews()) {
			answer(poll, reader);
			return;
		}
		try {
			await(poll, reader, this.admissions.admit(poll.address()));
		}
		catch (Refusal refusal) {
			poll.answer().setErrorResult(refusal);
		}
	}

	private void await(Poll poll, Reader reader, Admissions.Admission admission) {
		Patient waiting = new Patient(poll, reader);
		Runnable deaf = SignIn.whenOver(poll.user(), () -> poll.answer().setErrorResult(signedOut()));
		Runnable end = () -> {
			this.longPolls.forget(reader.topic(), waiting);
			deaf.run();
			admission.leave();
		};
		poll.answer().onTimeout(waiting::answer);
		poll.answer().onCompletion(end);
		try {
			admission.identify(poll.user().getName());
		}
		catch (Refusal refusal) {
			end.run();
			throw refusal;
		}
		// What is waited for may have come between the look and the wait, so look again.
		if (!this.longPolls.await(reader.topic(), waiting) || reader.hasNews() || !waiting.isPermitted()) {
			waiting.answer();
		}
		if (poll.answer().isSetOrExpired()) {
			// Perhaps before anybody listened for its end.
			end.run();
		}
	}

	private static Refusal signedOut() {
		return new Refusal(Refusal.Code.LOGIN_FAILED, "This user has signed out");
	}

	private Duration patience(String wait, Authentication user) {
		Duration asked = this.properties.patience(wait);
		Instant now = this.topics.clock().instant();
		Instant end = Tokens.expiry(user).orElse(Instant.MAX);
		if (!end.isBefore(now.plus(asked))) {
			return asked;
		}
		return end.isBefore(now) ? Duration.ZERO : Duration.between(now, end);
	}

	/**
	 * Reads first and looks at the clock and the rules then, so that nothing goes out
	 * that came after the end of a token or of a right.
	 */
	private void answer(Poll poll, Reader reader) {
		MessagePage page = reader.read();
		if (Tokens.isOver(poll.user(), this.topics.clock().instant(), this.security.tokenLeeway())) {
			poll.answer().setErrorResult(new Refusal(Refusal.Code.LOGIN_FAILED, "The bearer token has ended"));
		}
		else if (SignIn.isOver(poll.user())) {
			poll.answer().setErrorResult(signedOut());
		}
		else if (!this.rules.mayFollow(poll.user(), reader.topic())) {
			poll.answer().setErrorResult(DestinationRules.withdrawn(poll.user().getName(), reader.topic()));
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
