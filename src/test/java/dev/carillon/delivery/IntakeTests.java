package dev.carillon.delivery;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

/**
 * Tests for {@link Intake}.
 */
class IntakeTests {

	private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

	private final AtomicInteger demanded = new AtomicInteger();

	private final CompletableFuture<Void> told = new CompletableFuture<>();

	private final Intake intake = new Intake(this.demanded::incrementAndGet, this.told);

	@Test
	void handledWhenNothingWasRefusedThenReadsOnAtOnce() {
		this.intake.handled(0);
		this.intake.handled(0);
		assertThat(this.demanded).hasValue(2);
	}

	@Test
	void handledWhenRefusedThenReadsOnLaterAndThenAtOnceAgain() {
		this.intake.handled(1);
		await().atMost(LONG_ENOUGH).untilAtomic(this.demanded, is(1));
		this.intake.handled(1);
		assertThat(this.demanded).hasValue(2);
	}

	@Test
	void ignoredWhenTheClientIsNotToldThenWaits() {
		this.intake.ignored(10);
		assertThat(this.demanded).hasValue(0);
		this.told.complete(null);
		assertThat(this.demanded).hasValue(1);
		this.intake.ignored(10);
		assertThat(this.demanded).hasValue(2);
	}

	@Test
	void ignoredWhenTheCloseCannotLeaveThenReadsTheEndOfTheConnection() {
		this.intake.ignored(10);
		this.told.completeExceptionally(new IllegalStateException("gone"));
		assertThat(this.demanded).hasValue(1);
	}

	@Test
	void ignoredWhenMoreThanAClientCanHaveSentThenReadsNoMore() {
		this.told.complete(null);
		this.intake.ignored(200 * 1024);
		this.intake.ignored(100 * 1024);
		this.intake.ignored(1);
		assertThat(this.demanded).hasValue(1);
	}

	@Test
	void ignoredWhenManySmallFramesThenReadsNoMore() {
		this.told.complete(null);
		for (int i = 0; i < 100_000; i++) {
			this.intake.ignored(1);
		}
		assertThat(this.demanded).hasValueBetween(1, 10_000);
	}

}
