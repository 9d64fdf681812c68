package dev.carillon.topic;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Logs in the memory of this process. They are gone after a restart, and their epochs
 * with them.
 */
public final class MemoryLogs implements TopicLogs {

	private final Clock clock;

	/** The next epoch: the time of the start above 20 random bits, then counted up. */
	private final AtomicLong epochs;

	public MemoryLogs(Clock clock, RandomGenerator random) {
		this.clock = clock;
		this.epochs = new AtomicLong((clock.millis() << 20) | random.nextInt(1 << 20));
	}

	@Override
	public TopicLog create(Destination destination, TopicPolicy policy, Runnable news) {
		return new MemoryLog(this.epochs.incrementAndGet(), destination.isQueue(), policy.log(), policy.replay(),
				this.clock, news);
	}

}
