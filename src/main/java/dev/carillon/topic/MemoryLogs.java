package dev.carillon.topic;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Logs in the memory of this process. They are gone after a restart, and their epochs
 * with them, unless somebody saves them and gives them back by {@link #remember}.
 */
public final class MemoryLogs implements TopicLogs {

	private final Clock clock;

	/** The next epoch: the time of the start above 20 random bits, then counted up. */
	private final AtomicLong epochs;

	private final Map<Destination, SavedLog> remembered = new ConcurrentHashMap<>();

	public MemoryLogs(Clock clock, RandomGenerator random) {
		this.clock = clock;
		this.epochs = new AtomicLong((clock.millis() << 20) | random.nextInt(1 << 20));
	}

	/**
	 * Lets a topic go on with what it held in an earlier process, if it is opened later
	 * than this. Any thread.
	 */
	public void remember(Destination destination, SavedLog log) {
		this.epochs.accumulateAndGet(log.epoch(), Math::max);
		this.remembered.put(destination, log);
	}

	@Override
	public TopicLog create(Destination destination, TopicPolicy policy, Runnable news) {
		SavedLog before = this.remembered.remove(destination);
		long epoch = (before != null) ? before.epoch() : this.epochs.incrementAndGet();
		MemoryLog log = new MemoryLog(epoch, destination.isQueue(), policy.log(), policy.replay(), this.clock, news);
		if (before != null) {
			log.continueFrom(before);
		}
		return log;
	}

}
