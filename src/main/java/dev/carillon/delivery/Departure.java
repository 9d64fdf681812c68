package dev.carillon.delivery;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * How one loop sends its sessions away before the process ends: a few at each sweep, so
 * that they come back to other instances, or to this one, spread over time.
 * <p>
 * Small instances are faster than the period: at least {@value #LEAST} sessions go at
 * each sweep.
 */
final class Departure {

	/** How many sessions go at each sweep at least. */
	static final int LEAST = 10;

	private final long deadline;

	private final long spreadMillis;

	private final Duration away;

	private final RandomGenerator random;

	private final CompletableFuture<Void> done = new CompletableFuture<>();

	/**
	 * Begins.
	 * @param deadline when the last one is sent away, in nanoseconds of the loop's clock
	 * @param spread the longest time that a client is asked to stay away
	 * @param away if not 0, how long after the last one was sent away the spread begins
	 */
	Departure(long deadline, Duration spread, Duration away, RandomGenerator random) {
		this.deadline = deadline;
		this.spreadMillis = spread.toMillis();
		this.away = away;
		this.random = random;
	}

	/** Completes when no session is left. */
	CompletableFuture<Void> done() {
		return this.done;
	}

	/** Sends those away whose turn it is; on the loop. */
	void sweep(Collection<Session> sessions, long now, long period) {
		if (sessions.isEmpty()) {
			this.done.complete(null);
			return;
		}
		long waiting = sessions.stream().filter((session) -> !session.isSentAway()).count();
		long left = Math.max(0, this.deadline - now);
		// A few are gone before the deadline.
		long rest = Math.min(left, Math.ceilDiv(waiting, LEAST) * period);
		long share = (left <= period) ? waiting : Math.max(LEAST, Math.ceilDiv(waiting * period, left));
		sessions.stream()
			.filter((session) -> !session.isSentAway())
			.limit(share)
			.toList()
			.forEach((session) -> session.sendAway(hint(rest)));
	}

	/** How long a client is asked to stay away. */
	private Duration hint(long rest) {
		Duration own = Duration.ofMillis((this.spreadMillis > 0) ? this.random.nextLong(1, this.spreadMillis + 1) : 0);
		return this.away.isZero() ? own : own.plus(this.away).plusNanos(rest);
	}

}
