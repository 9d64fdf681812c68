package dev.carillon.topic;

import java.util.concurrent.atomic.LongAdder;

/**
 * What has happened to the topics of one family since the start. Any thread.
 */
public final class Traffic {

	private final LongAdder published = new LongAdder();

	private final LongAdder evicted = new LongAdder();

	void notePublished() {
		this.published.increment();
	}

	void noteEvicted() {
		this.evicted.increment();
	}

	/** How many messages were appended by publishers of this process. */
	public long published() {
		return this.published.sum();
	}

	/** How many topics were let go because nobody used them. */
	public long evicted() {
		return this.evicted.sum();
	}

}
