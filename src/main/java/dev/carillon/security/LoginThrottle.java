package dev.carillon.security;

import java.time.Duration;
import java.util.Locale;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Makes guessing of passwords slow: after some failures of one user from one address,
 * further attempts are refused without a look at the password, until a minute has passed
 * without one.
 * <p>
 * Others, and the same user from another address, are not held up. Any thread.
 */
final class LoginThrottle implements AuthenticationProvider {

	static final Duration PAUSE = Duration.ofMinutes(1);

	private static final int MAX_KEYS = 100_000;

	private record Key(String user, String address) {
	}

	/** Too many failures; not told whether the password is right. */
	static final class Throttled extends AuthenticationException {

		private Throttled(String message) {
			super(message);
		}

		Refusal refusal() {
			return new Refusal(Refusal.Code.RATE_LIMITED, String.valueOf(getMessage()));
		}

	}

	private final AuthenticationProvider passwords;

	private final int limit;

	private final Cache<Key, Integer> failures;

	LoginThrottle(AuthenticationProvider passwords, int limit, Ticker ticker) {
		this.passwords = passwords;
		this.limit = limit;
		this.failures = Caffeine.newBuilder().maximumSize(MAX_KEYS).expireAfterWrite(PAUSE).ticker(ticker).build();
	}

	@Override
	public @Nullable Authentication authenticate(Authentication attempt) {
		Key key = new Key(attempt.getName().toLowerCase(Locale.ROOT), address(attempt.getDetails()));
		Integer known = this.failures.getIfPresent(key);
		if (known != null && LimitsProperties.isReached(this.limit, known)) {
			throw new Throttled("Too many failed logins; carillon.limits.failed-logins allows " + this.limit
					+ " before a pause of " + PAUSE.toSeconds() + " s");
		}
		try {
			Authentication user = this.passwords.authenticate(attempt);
			this.failures.invalidate(key);
			return user;
		}
		catch (AuthenticationException ex) {
			this.failures.asMap().merge(key, 1, Integer::sum);
			throw ex;
		}
	}

	private static String address(@Nullable Object details) {
		return switch (details) {
			case WebAuthenticationDetails web -> Addresses.groupOf(web.getRemoteAddress());
			case String address -> address;
			case null, default -> "";
		};
	}

	@Override
	public boolean supports(Class<?> authentication) {
		return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
	}

}
