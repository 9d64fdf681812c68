package dev.carillon.stomp;

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import dev.carillon.delivery.CloseCode;
import dev.carillon.security.SecurityProperties;
import dev.carillon.security.Tokens;
import dev.carillon.topic.Destination;

/**
 * Ends sessions with their tokens: a warning to {@code /user/queue/session} some time
 * before, then nothing more is delivered after the token's end plus the leeway.
 */
final class SessionTimes {

	/** Where the warning goes, as its user calls it. */
	static final String WARNING = "/user/queue/session";

	/** How soon to look again for somebody to warn. */
	private static final Duration RETRY = Duration.ofMillis(500);

	private final Clock clock;

	private final SecurityProperties properties;

	SessionTimes(Clock clock, SecurityProperties properties) {
		this.clock = clock;
		this.properties = properties;
	}

	/** Sets the end of a session by its user's token; without one it has none. */
	void begin(StompConnection connection, Principal user) {
		Instant end = Tokens.expiry(user).orElse(null);
		if (end == null) {
			connection.session().remind(Long.MAX_VALUE, () -> {
			});
			connection.session().expire(Long.MAX_VALUE, CloseCode.EXPIRED, () -> {
			});
			return;
		}
		Duration left = Duration.between(this.clock.instant(), end);
		Duration untilWarning = left.minus(this.properties.tokenWarning());
		connection.session()
			.remind(untilWarning.isNegative() ? 0 : untilWarning.toNanos(), () -> warn(connection, end));
		Duration untilEnd = left.plus(this.properties.tokenLeeway());
		connection.session().expire(Math.max(0, untilEnd.toNanos()), CloseCode.EXPIRED, () -> {
		});
	}

	/**
	 * Warns as soon as somebody listens: a short token is due before the first SUBSCRIBE.
	 */
	private void warn(StompConnection connection, Instant end) {
		if (!tell(connection, end)) {
			connection.session().remind(RETRY.toNanos(), () -> warn(connection, end));
		}
	}

	private boolean tell(StompConnection connection, Instant end) {
		boolean[] told = { false };
		long seconds = Math.max(0, Duration.between(this.clock.instant(), end).toSeconds());
		byte[] body = ("{\"type\":\"expires\",\"expiresIn\":" + seconds + "}").getBytes(StandardCharsets.UTF_8);
		String destination = Destination.forUser(connection.connectedUser().getName(), "/queue/session").toString();
		connection.eachSubscriptionOf(destination, (id, calledBy) -> {
			told[0] = true;
			connection.send(calledBy, id, "session-" + end.toEpochMilli(),
					Map.of("content-type", "application/json", "expires-in", Long.toString(seconds)), body);
		});
		return told[0];
	}

}
