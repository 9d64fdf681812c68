package dev.carillon.security;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import dev.carillon.topic.Destination;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.TopicPolicies;
import dev.carillon.topic.TopicPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Sessions, send rates and failed logins, by a clock of the test.
 */
class LimitsTests {

	private final AtomicLong nanos = new AtomicLong();

	private final TopicPolicies policies = new Policies().family("open", "/topic/open", "anyone", "anyone")
		.family("slow", "/topic/slow", "anyone", "anyone", "send-rate=2")
		.build();

	private final TopicPolicy open = this.policies.require(Destination.of("/topic/open"));

	private final TopicPolicy slow = this.policies.require(Destination.of("/topic/slow"));

	private void pass(Duration time) {
		this.nanos.addAndGet(time.toNanos());
	}

	private static void assertRefused(Runnable action, Refusal.Code code, String limit) {
		assertThatExceptionOfType(Refusal.class).isThrownBy(action::run)
			.withMessageContaining(limit)
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(code));
	}

	@Test
	void takeWhenRateIsUsedUpThenRefusedUntilItFillsAgain() {
		Quota quota = new Quota("This session", 5, this.nanos::get);
		for (int i = 0; i < 5; i++) {
			quota.take(this.open);
		}
		assertRefused(() -> quota.take(this.open), Refusal.Code.RATE_LIMITED, "carillon.limits.send-rate");
		pass(Duration.ofMillis(200));
		quota.take(this.open);
		assertRefused(() -> quota.take(this.open), Refusal.Code.RATE_LIMITED, "carillon.limits.send-rate");
		// A long pause fills one second's worth and no more.
		pass(Duration.ofHours(1));
		for (int i = 0; i < 5; i++) {
			quota.take(this.open);
		}
		assertRefused(() -> quota.take(this.open), Refusal.Code.RATE_LIMITED, "carillon.limits.send-rate");
	}

	@Test
	void takeWhenFamilyHasItsOwnRateThenBothCount() {
		Quota quota = new Quota("This session", 0, this.nanos::get);
		quota.take(this.slow);
		quota.take(this.slow);
		assertRefused(() -> quota.take(this.slow), Refusal.Code.RATE_LIMITED, "send-rate of slow");
		quota.take(this.open);
	}

	@Test
	void takeWhenByHttpThenEachUserAndEachAddressForItself() {
		SendRates rates = new SendRates(Policies.limits("send-rate=1"), this.nanos::get);
		Authentication alice = new TestingAuthenticationToken("alice", "");
		Authentication guest = new Guest("http-192.0.2.1");
		rates.take(alice, this.open);
		rates.take(guest, this.open);
		rates.take(new Guest("http-192.0.2.2"), this.open);
		assertRefused(() -> rates.take(alice, this.open), Refusal.Code.RATE_LIMITED, "carillon.limits.send-rate");
		assertRefused(() -> rates.take(guest, this.open), Refusal.Code.RATE_LIMITED, "carillon.limits.send-rate");
		pass(Duration.ofSeconds(1));
		rates.take(alice, this.open);
		SendRates unlimited = new SendRates(Policies.limits("send-rate=0"), this.nanos::get);
		for (int i = 0; i < 1000; i++) {
			unlimited.take(alice, this.open);
		}
	}

	@Test
	void admitWhenLimitsAreReachedThenRefusedUntilSomebodyLeaves() {
		Admissions admissions = new Admissions(
				Policies.limits("sessions=3", "sessions-per-address=2", "sessions-per-user=1"));
		Admissions.Admission first = admissions.admit("192.0.2.1");
		first.identify("alice");
		Admissions.Admission second = admissions.admit("192.0.2.1");
		assertRefused(() -> second.identify("alice"), Refusal.Code.LIMIT_REACHED, "carillon.limits.sessions-per-user");
		assertRefused(() -> admissions.admit("192.0.2.1"), Refusal.Code.LIMIT_REACHED,
				"carillon.limits.sessions-per-address");
		admissions.admit("192.0.2.2");
		assertRefused(() -> admissions.admit("192.0.2.3"), Refusal.Code.LIMIT_REACHED, "carillon.limits.sessions ");
		first.leave();
		first.leave();
		assertThat(admissions.count()).isEqualTo(2);
		second.identify("alice");
		admissions.drain();
		assertRefused(() -> admissions.admit("192.0.2.4"), Refusal.Code.UNAVAILABLE, "about to stop");
	}

	@Test
	void admitWhenLimitsAreLiftedThenAnyNumber() {
		Admissions admissions = new Admissions(
				Policies.limits("sessions=0", "sessions-per-address=0", "sessions-per-user=0"));
		for (int i = 0; i < 30_000; i++) {
			admissions.admit("192.0.2.1").identify("alice");
		}
		assertThat(admissions.count()).isEqualTo(30_000);
	}

	@Test
	void admitWhenGuestsHaveNamesThenNotCountedAsUsers() {
		Admissions admissions = new Admissions(Policies.limits("sessions-per-user=1"));
		admissions.admit("192.0.2.1").identify("guest-1");
		assertThatCode(() -> admissions.admit("192.0.2.1").identify("guest-1")).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@CsvSource({ "192.0.2.1, 192.0.2.1", "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::", "[2001:db8:1:2::9], 2001:db8:1:2::",
			"::1, 0:0:0:0::", "::ffff:192.0.2.1, 192.0.2.1", "somewhere.example, somewhere.example" })
	void groupOfWhenIpv6ThenTheNetwork(String address, String group) {
		assertThat(Addresses.groupOf(address)).isEqualTo(group);
	}

	@ParameterizedTest
	@CsvSource({ "sessions", "sessions-per-user", "sessions-per-address", "subscriptions-per-session", "send-rate",
			"transaction-size", "transactions", "tickets-per-user", "failed-logins", "connect-timeout", "frame-size",
			"headers", "header-size" })
	void bindWhenValueIsImpossibleThenNamesTheKey(String key) {
		assertThatException().isThrownBy(() -> Policies.limits(key + "=-1"))
			.havingRootCause()
			.withMessageContaining("carillon.limits." + key);
	}

	// Failed logins

	private final AuthenticationProvider passwords = new AuthenticationProvider() {
		@Override
		public Authentication authenticate(Authentication attempt) {
			if ("right".equals(attempt.getCredentials())) {
				return new TestingAuthenticationToken(attempt.getName(), "");
			}
			throw new BadCredentialsException("wrong");
		}

		@Override
		public boolean supports(Class<?> type) {
			return true;
		}
	};

	private final LoginThrottle throttle = new LoginThrottle(this.passwords, 3, this.nanos::get);

	private Authentication login(String user, String password, String address) {
		UsernamePasswordAuthenticationToken attempt = UsernamePasswordAuthenticationToken.unauthenticated(user,
				password);
		attempt.setDetails(address);
		return this.throttle.authenticate(attempt);
	}

	private void fail(String user, String address, int times) {
		for (int i = 0; i < times; i++) {
			assertThatExceptionOfType(BadCredentialsException.class).isThrownBy(() -> login(user, "wrong", address));
		}
	}

	@Test
	void authenticateWhenItFailsTooOftenThenPausesForThisUserAndAddress() {
		fail("alice", "192.0.2.1", 3);
		assertThatExceptionOfType(LoginThrottle.Throttled.class).isThrownBy(() -> login("Alice", "right", "192.0.2.1"))
			.withMessageContaining("carillon.limits.failed-logins");
		assertThat(login("alice", "right", "192.0.2.2").getName()).isEqualTo("alice");
		assertThat(login("bob", "right", "192.0.2.1").getName()).isEqualTo("bob");
		pass(LoginThrottle.PAUSE.plusSeconds(1));
		assertThat(login("alice", "right", "192.0.2.1").getName()).isEqualTo("alice");
	}

	@Test
	void authenticateWhenItSucceedsThenFailuresAreForgotten() {
		fail("alice", "192.0.2.1", 2);
		login("alice", "right", "192.0.2.1");
		fail("alice", "192.0.2.1", 2);
		assertThat(login("alice", "right", "192.0.2.1").getName()).isEqualTo("alice");
	}

	// Users

	@ParameterizedTest
	@CsvSource({ "{noop}secret, false", "secret, false", "{plain}secret, false", "{SHA-256}abc, false",
			"{bcrypt}secret, false", "'', false",
			"{bcrypt}$2a$10$lC6FdI/4MMNvCCjZpXCVBuU/UvaEaFFYN/r5iWXMZ4vTeEYRK3k3y, true" })
	void bindWhenPasswordIsNotEncodedThenNamesTheKey(String password, boolean allowed) {
		Map<String, String> values = Map.of("carillon.security.users.ann.password", password);
		if (allowed) {
			assertThat(Policies.bind("carillon.security", SecurityProperties.class, values).users()).containsKey("ann");
		}
		else {
			assertThatException().isThrownBy(() -> Policies.bind("carillon.security", SecurityProperties.class, values))
				.havingRootCause()
				.withMessageContaining("carillon.security.users.ann.password must be an encoded password")
				.satisfies((failure) -> assertThat(
						password.isEmpty() || !String.valueOf(failure.getMessage()).contains(password))
					.isTrue());
		}
	}

	@ParameterizedTest
	@CsvSource({ "allowed-origins, *, allowed-origins must name origins", "ticket-life, 0s, ticket-life",
			"token-leeway, 61s, token-leeway must be 0 to 60s", "token-leeway, -1s, token-leeway",
			"token-warning, -1s, token-warning" })
	void bindWhenSecurityIsImpossibleThenNamesTheKey(String key, String value, String message) {
		assertThatException()
			.isThrownBy(() -> Policies.bind("carillon.security", SecurityProperties.class,
					Map.of("carillon.security." + key, value)))
			.havingRootCause()
			.withMessageContaining("carillon.security." + message);
	}

	@ParameterizedTest
	@CsvSource({ "alice, true", "Zoë Müller, true", "a@b.example, true", "guest-1, false", "'', false", "' ', false" })
	void isAllowedWhenNameCanBeSeenThenTrue(String name, boolean allowed) {
		assertThat(UserNames.isAllowed(name)).isEqualTo(allowed);
	}

	@Test
	void isAllowedWhenNameHasUnseenCharactersThenFalse() {
		for (String name : new String[] { "a\nb", "a\rb", "a\0b", "a\u001bb", "a\u200bb", "a\u202eb", "a\u2028b",
				"\ud800", "x".repeat(101) }) {
			assertThat(UserNames.isAllowed(name)).isFalse();
		}
	}

}
