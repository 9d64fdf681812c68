package dev.carillon.stocks;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: a random time up to a bound that doubles with
 * each failure. This is the "full jitter" of the AWS Architecture Blog, "Exponential
 * Backoff and Jitter" (2015). Not thread-safe.
 */
final class Backoff {

	/** Doubling more often overflows no bound that makes sense. */
	private static final int MAX_DOUBLINGS = 30;

	private final Duration first;

	private final Duration max;

	private final RandomGenerator random;

	private int failures;

	/**
	 * Starts with no failure behind it.
	 * @param first the bound of the first wait
	 * @param max the bound of any wait
	 */
	Backoff(Duration first, Duration max, RandomGenerator random) {
		this.first = first;
		this.max = max;
		this.random = random;
	}

	/** The wait after one more failure. */
	Duration next() {
		double bound = Math.min(this.max.toMillis(), this.first.toMillis() * (double) (1L << this.failures));
		this.failures = Math.min(this.failures + 1, MAX_DOUBLINGS);
		return Duration.ofMillis(this.random.nextLong((long) bound + 1));
	}

	/** Forgets the failures. */
	void reset() {
		this.failures = 0;
	}

}
