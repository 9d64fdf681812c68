package dev.carillon.http;

import java.time.Duration;
import java.time.Instant;

import dev.carillon.security.DestinationRules;
import dev.carillon.security.Tokens;
import dev.carillon.security.UserDestinations;
import dev.carillon.topic.Destination;
import dev.carillon.topic.Position;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.Topic;
import dev.carillon.topic.Topics;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.http.CacheControl;
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
 * other transport. Without it a poll begins where a new subscription would.
 */
@RestController
final class MessagesController {

	private final Topics topics;

	private final DestinationRules rules;

	private final LongPolls longPolls;

	private final HttpProperties properties;

	MessagesController(Topics topics, DestinationRules rules, LongPolls longPolls, HttpProperties properties) {
		this.topics = topics;
		this.rules = rules;
		this.longPolls = longPolls;
		this.properties = properties;
	}

	@GetMapping("/api/messages")
	DeferredResult<ResponseEntity<MessagePage>> poll(@RequestParam String destination,
			@RequestParam(required = false) @Nullable String after,
			@RequestParam(required = false) @Nullable Integer replay, @RequestParam(defaultValue = "100") int limit,
			@RequestParam(defaultValue = "0") String wait,
			@RequestHeader(value = "If-None-Match", required = false) @Nullable String known, Authentication user) {
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
		Reader reader = Reader.of(topic, position, replay, limit);
		DeferredResult<ResponseEntity<MessagePage>> answer = new DeferredResult<>(Math.max(1, patience.toMillis()));
		if (patience.isZero() || reader.hasNews() || (position != null && !reader.start().recovered())) {
			answer.setResult(response(reader, known));
			return answer;
		}
		waitFor(reader, known, answer);
		return answer;
	}

	private void waitFor(Reader reader, @Nullable String known, DeferredResult<ResponseEntity<MessagePage>> answer) {
		Runnable news = () -> answer.setResult(response(reader, known));
		answer.onTimeout(news);
		answer.onCompletion(() -> this.longPolls.forget(reader.topic(), news));
		// The news may have come between the look and the wait, so look again.
		if (!this.longPolls.await(reader.topic(), news) || reader.hasNews()) {
			news.run();
		}
	}

	private Duration patience(String wait, Authentication user) {
		Duration asked;
		try {
			asked = DurationStyle.detectAndParse(wait, java.time.temporal.ChronoUnit.SECONDS);
		}
		catch (IllegalArgumentException ex) {
			throw new Refusal(Refusal.Code.BAD_VALUE, "wait must be a duration such as 25s");
		}
		if (asked.isNegative() || asked.compareTo(this.properties.maxWait()) > 0) {
			throw new Refusal(Refusal.Code.BAD_VALUE,
					"wait must be 0 to " + this.properties.maxWait().toSeconds() + "s");
		}
		Instant end = Tokens.expiry(user).orElse(Instant.MAX);
		Instant now = this.topics.clock().instant();
		return end.isBefore(now.plus(asked))
				? Duration.between(now, end).isNegative() ? Duration.ZERO : Duration.between(now, end) : asked;
	}

	/**
	 * Nothing may keep an answer for somebody else, but a client that asks again in vain
	 * needs no body: the tag is the position it has.
	 */
	private static ResponseEntity<MessagePage> response(Reader reader, @Nullable String known) {
		MessagePage page = reader.read();
		String tag = "\"" + page.next() + "\"";
		CacheControl control = CacheControl.noCache().cachePrivate();
		if (page.messages().isEmpty() && tag.equals(known)) {
			return ResponseEntity.status(304).eTag(tag).cacheControl(control).build();
		}
		return ResponseEntity.ok().eTag(tag).cacheControl(control).body(page);
	}

}
