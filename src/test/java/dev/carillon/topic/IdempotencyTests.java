package dev.carillon.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import dev.carillon.support.FakeClock;
import dev.carillon.support.Policies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class IdempotencyTests {

	private final FakeClock clock = new FakeClock();

	private final Idempotency idempotency = new Idempotency(this.clock);

	private final TopicPolicies policies = Policies.of("a.pattern=/topic/a", "a.log.keep=1m", "b.pattern=/topic/b");

	private final AtomicLong published = new AtomicLong();

	private CompletionStage<Position> publish() {
		return CompletableFuture.completedStage(new Position(1, this.published.incrementAndGet()));
	}

	private long send(String family, String user, String key) {
		TopicPolicy policy = this.policies.require(Destination.of("/topic/" + family));
		return this.idempotency.once(policy, user, key, this::publish).toCompletableFuture().join().offset();
	}

	@Test
	void onceWhenKeyIsRepeatedThenThePositionOfTheFirst() {
		assertThat(send("a", "ann", "k")).isEqualTo(1);
		assertThat(send("a", "ann", "k")).isEqualTo(1);
		assertThat(this.published).hasValue(1);
	}

	@Test
	void onceWhenUserFamilyOrKeyDiffersThenPublished() {
		assertThat(List.of(send("a", "ann", "k"), send("a", "bob", "k"), send("b", "ann", "k"), send("a", "ann", "l")))
			.containsExactly(1L, 2L, 3L, 4L);
	}

	@Test
	void onceWhenWindowIsOverThenPublishedAgain() {
		send("a", "ann", "k");
		this.clock.advance(Duration.ofSeconds(59));
		assertThat(send("a", "ann", "k")).isEqualTo(1);
		this.clock.advance(Duration.ofSeconds(2));
		assertThat(send("a", "ann", "k")).isEqualTo(2);
	}

	@Test
	void onceWhenFirstIsUnderWayThenTheSecondWaitsForIt() {
		CompletableFuture<Position> slow = new CompletableFuture<>();
		TopicPolicy policy = this.policies.require(Destination.of("/topic/a"));
		CompletionStage<Position> first = this.idempotency.once(policy, "ann", "k", () -> slow);
		CompletionStage<Position> second = this.idempotency.once(policy, "ann", "k", this::publish);
		assertThat(second.toCompletableFuture()).isNotDone();
		slow.complete(new Position(1, 9));
		assertThat(first.toCompletableFuture()).isCompletedWithValue(new Position(1, 9));
		assertThat(second.toCompletableFuture()).isCompletedWithValue(new Position(1, 9));
		assertThat(this.published).hasValue(0);
	}

	@Test
	void onceWhenFirstFailsThenTheNextIsTried() {
		TopicPolicy policy = this.policies.require(Destination.of("/topic/a"));
		Refusal refusal = new Refusal(Refusal.Code.QUEUE_FULL, "full");
		CompletionStage<Position> failed = this.idempotency.once(policy, "ann", "k",
				() -> CompletableFuture.failedStage(refusal));
		CompletionStage<Position> thrown = this.idempotency.once(policy, "ann", "k", () -> {
			throw new IllegalStateException("no");
		});
		assertThat(failed.toCompletableFuture()).isCompletedExceptionally();
		assertThat(thrown.toCompletableFuture()).isCompletedExceptionally();
		assertThat(send("a", "ann", "k")).isEqualTo(1);
	}

	@Test
	void rememberWhenKnownByAnotherThenThePositionOfTheFirstUntilTheWindowIsOver() {
		send("a", "ann", "k");
		this.clock.advance(Duration.ofSeconds(40));
		Idempotency later = new Idempotency(this.clock);
		later.remember(this.idempotency.known());
		TopicPolicy policy = this.policies.require(Destination.of("/topic/a"));
		assertThat(later.once(policy, "ann", "k", this::publish).toCompletableFuture())
			.isCompletedWithValue(new Position(1, 1));
		assertThat(later.once(policy, "bob", "k", this::publish).toCompletableFuture())
			.isCompletedWithValue(new Position(1, 2));
		this.clock.advance(Duration.ofSeconds(21));
		assertThat(later.once(policy, "ann", "k", this::publish).toCompletableFuture())
			.isCompletedWithValue(new Position(1, 3));
	}

	@Test
	void knownWhenNotPublishedThenNotAmongThem() {
		TopicPolicy policy = this.policies.require(Destination.of("/topic/a"));
		this.idempotency.once(policy, "ann", "under way", CompletableFuture::new);
		this.idempotency.once(policy, "ann", "failed",
				() -> CompletableFuture.failedStage(new Refusal(Refusal.Code.QUEUE_FULL, "full")));
		send("a", "ann", "done");
		assertThat(this.idempotency.known())
			.containsExactly(new SavedKey("a", "ann", "done", new Position(1, 1), Duration.ofMinutes(1)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " " })
	void onceWhenKeyIsBlankThenRefusal(String key) {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> send("a", "ann", key))
			.withMessageContaining("message-key");
	}

	@Test
	void onceWhenKeyIsTooLongThenRefusal() {
		send("a", "ann", "k".repeat(128));
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> send("a", "ann", "k".repeat(129)))
			.withMessageContaining("1 to 128 characters");
	}

	@Test
	void onceWhenManyRaceThenPublishedOnce() throws Exception {
		int threads = 8;
		for (int round = 1; round <= 50; round++) {
			String key = "k" + round;
			CountDownLatch start = new CountDownLatch(1);
			List<Future<Long>> offsets = new ArrayList<>();
			try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
				for (int i = 0; i < threads; i++) {
					offsets.add(executor.submit(() -> {
						start.await();
						return send("a", "ann", key);
					}));
				}
				start.countDown();
			}
			for (Future<Long> offset : offsets) {
				assertThat(offset.get()).isEqualTo(round);
			}
		}
	}

}
