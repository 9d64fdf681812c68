package dev.carillon.security;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import dev.carillon.topic.Refusal;
import org.junit.jupiter.api.Test;

import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TicketsTests {

	private static final String ORIGIN = "https://app.example.org";

	private final AtomicLong nanos = new AtomicLong();

	private final Tickets tickets = new Tickets(Duration.ofSeconds(30), 0, this.nanos::get);

	private final Authentication alice = new TestingAuthenticationToken("alice", "", "ROLE_USER");

	private void assertRefused(String ticket, String origin) {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.tickets.redeem(ticket, origin))
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(Refusal.Code.LOGIN_FAILED))
			.satisfies((refusal) -> assertThat(refusal.getMessage()).doesNotContain(ticket));
	}

	@Test
	void redeemWhenGoodThenUserOnce() {
		String ticket = this.tickets.issue(this.alice, ORIGIN);
		assertThat(this.tickets.redeem(ticket, ORIGIN)).isSameAs(this.alice);
		assertRefused(ticket, ORIGIN);
	}

	@Test
	void redeemWhenLifeIsOverThenRefused() {
		String ticket = this.tickets.issue(this.alice, null);
		this.nanos.addAndGet(Duration.ofSeconds(29).toNanos());
		String other = this.tickets.issue(this.alice, null);
		this.nanos.addAndGet(Duration.ofSeconds(2).toNanos());
		assertRefused(ticket, null);
		assertThat(this.tickets.redeem(other, null)).isSameAs(this.alice);
	}

	@Test
	void redeemWhenOriginDiffersThenRefusedAndUsedUp() {
		String ticket = this.tickets.issue(this.alice, ORIGIN);
		assertRefused(ticket, "https://evil.example");
		assertRefused(ticket, ORIGIN);
		assertRefused(this.tickets.issue(this.alice, ORIGIN), null);
	}

	@Test
	void redeemWhenManyTryAtOnceThenOneSucceeds() throws Exception {
		int contenders = 16;
		try (ExecutorService executor = Executors.newFixedThreadPool(contenders)) {
			for (int round = 0; round < 200; round++) {
				String ticket = this.tickets.issue(this.alice, null);
				CountDownLatch start = new CountDownLatch(1);
				Callable<Boolean> attempt = () -> {
					start.await();
					try {
						this.tickets.redeem(ticket, null);
						return true;
					}
					catch (Refusal _) {
						return false;
					}
				};
				List<Future<Boolean>> attempts = IntStream.range(0, contenders)
					.mapToObj((_) -> executor.submit(attempt))
					.toList();
				start.countDown();
				int redeemed = 0;
				for (Future<Boolean> one : attempts) {
					redeemed += one.get() ? 1 : 0;
				}
				assertThat(redeemed).isEqualTo(1);
			}
		}
	}

	@Test
	void issueWhenUserHasAsManyAsAllowedThenRefusedUntilOneIsUsedOrEnds() {
		Tickets few = new Tickets(Duration.ofSeconds(30), 2, this.nanos::get);
		String first = few.issue(this.alice, null);
		few.issue(this.alice, null);
		assertFull(few);
		few.issue(new TestingAuthenticationToken("bob", ""), null);
		few.redeem(first, null);
		this.nanos.addAndGet(Duration.ofSeconds(20).toNanos());
		few.issue(this.alice, null);
		assertFull(few);
		// The second one ends.
		this.nanos.addAndGet(Duration.ofSeconds(11).toNanos());
		few.issue(this.alice, null);
		assertFull(few);
	}

	private void assertFull(Tickets few) {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> few.issue(this.alice, null))
			.withMessageContaining("carillon.limits.tickets-per-user allows 2")
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(Refusal.Code.LIMIT_REACHED));
	}

	@Test
	void redeemWhenUserHasSignedOutThenRefusedAndNotCounted() {
		Tickets one = new Tickets(Duration.ofSeconds(30), 1, this.nanos::get);
		SignIn signIn = new SignIn();
		TestingAuthenticationToken user = new TestingAuthenticationToken("alice", "");
		user.setDetails(signIn);
		String ticket = one.issue(user, null);
		signIn.end();
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> one.redeem(ticket, null))
			.withMessageContaining("signed out");
		assertThat(one.redeem(one.issue(this.alice, null), null)).isSameAs(this.alice);
	}

	@Test
	void issueWhenCalledOftenThenNoTwoAreEqual() {
		assertThat(IntStream.range(0, 1000).mapToObj((_) -> this.tickets.issue(this.alice, null)).toList())
			.doesNotHaveDuplicates()
			.allMatch((ticket) -> ticket.matches("[A-Za-z0-9_-]{43}"));
	}

}
