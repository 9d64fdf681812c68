package dev.carillon.stocks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BackoffTests {

	/** Always the largest number that is allowed; remembers nothing. */
	private final RandomGenerator largest = new RandomGenerator() {

		@Override
		public long nextLong() {
			throw new UnsupportedOperationException();
		}

		@Override
		public long nextLong(long bound) {
			return bound - 1;
		}

	};

	private static List<Long> waits(Backoff backoff, int count) {
		List<Long> waits = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			waits.add(backoff.next().toMillis());
		}
		return waits;
	}

	@Test
	void nextWhenFailuresGoOnThenBoundDoublesUpToTheMaximum() {
		Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(3), this.largest);
		assertThat(waits(backoff, 5)).containsExactly(500L, 1000L, 2000L, 3000L, 3000L);
		assertThat(waits(backoff, 100)).containsOnly(3000L);
		backoff.reset();
		assertThat(backoff.next()).hasMillis(500);
	}

	@Test
	void nextWhenRandomThenSpreadOverTheWholeRange() {
		Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(100), new SplittableRandom(4));
		List<Long> waits = waits(backoff, 2_000);
		assertThat(waits).allMatch((wait) -> wait >= 0 && wait <= 100).contains(0L, 100L);
	}

}
