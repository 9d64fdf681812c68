package dev.carillon.topic;

import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * A log in a ring of memory, bounded by entries, bytes and age; the newest few are spared
 * by age.
 * <p>
 * Appends take turns by a lock that is held for a few instructions; reads take none. The
 * ring starts small and doubles up to the bound, so a topic with one entry stays small.
 */
final class MemoryLog implements TopicLog {

	private static final int FIRST_CAPACITY = 4;

	private final long epoch;

	/** Whether entries are kept until released, as in a work queue. */
	private final boolean retained;

	private final TopicPolicy.Log bounds;

	/** How many of the newest entries stay whatever their age. */
	private final int last;

	private final Clock clock;

	private final Runnable news;

	private final CompletionStage<?> ready = CompletableFuture.completedFuture(null);

	private volatile @Nullable Entry[] ring = new Entry[FIRST_CAPACITY];

	private volatile long head;

	private volatile long tail = 1;

	private volatile long bytes;

	MemoryLog(long epoch, boolean retained, TopicPolicy.Log bounds, int last, Clock clock, Runnable news) {
		this.epoch = epoch;
		this.retained = retained;
		this.bounds = bounds;
		this.last = last;
		this.clock = clock;
		this.news = news;
	}

	/** Takes over what was saved, within the bounds. */
	synchronized void continueFrom(SavedLog saved) {
		this.head = saved.head() - saved.entries().size();
		this.tail = this.head + 1;
		for (Entry entry : saved.entries()) {
			makeRoom(entry.offset(), entry.size());
			@Nullable Entry[] entries = this.ring;
			entries[slot(entry.offset(), entries)] = entry;
			this.bytes += entry.size();
			this.head = entry.offset();
		}
	}

	@Override
	public long epoch() {
		return this.epoch;
	}

	@Override
	public CompletionStage<?> ready() {
		return this.ready;
	}

	@Override
	public CompletionStage<Position> append(Publication publication) {
		long offset;
		synchronized (this) {
			long size = publication.size();
			if (this.retained && isFull(size)) {
				return CompletableFuture.failedFuture(new Refusal(Refusal.Code.QUEUE_FULL,
						"The queue is full: it holds " + (this.head - this.tail + 1) + " messages"));
			}
			offset = this.head + 1;
			makeRoom(offset, size);
			// A reader of an older, smaller ring finds no entry with the offset it asks
			// for.
			@Nullable Entry[] entries = this.ring;
			entries[slot(offset, entries)] = new Entry(offset, this.clock.millis(), publication);
			this.bytes += size;
			this.head = offset;
		}
		this.news.run();
		return CompletableFuture.completedFuture(new Position(this.epoch, offset));
	}

	private boolean isFull(long size) {
		long count = this.head - this.tail + 1;
		return count >= this.bounds.entries() || (count > 0 && this.bytes + size > this.bounds.bytes().toBytes());
	}

	private void makeRoom(long offset, long size) {
		while (offset - this.tail >= this.bounds.entries()
				|| (this.tail < offset && this.bytes + size > this.bounds.bytes().toBytes())) {
			dropOldest();
		}
		@Nullable Entry[] old = this.ring;
		if (offset - this.tail >= old.length) {
			@Nullable Entry[] larger = new Entry[old.length * 2];
			for (long o = this.tail; o < offset; o++) {
				larger[slot(o, larger)] = old[slot(o, old)];
			}
			this.ring = larger;
		}
	}

	private void dropOldest() {
		@Nullable Entry[] entries = this.ring;
		int slot = slot(this.tail, entries);
		Entry oldest = entries[slot];
		this.tail = this.tail + 1;
		entries[slot] = null;
		this.bytes -= (oldest != null) ? oldest.size() : 0;
	}

	private static int slot(long offset, @Nullable Entry[] entries) {
		return (int) offset & (entries.length - 1);
	}

	@Override
	public @Nullable Entry read(long offset) {
		if (offset > this.head || offset < this.tail) {
			return null;
		}
		@Nullable Entry[] entries = this.ring;
		Entry entry = entries[slot(offset, entries)];
		return (entry != null && entry.offset() == offset) ? entry : null;
	}

	@Override
	public synchronized void release(long offset) {
		while (this.tail <= offset && this.tail <= this.head) {
			dropOldest();
		}
		shrinkIfEmpty();
	}

	@Override
	public synchronized void expire(long now) {
		if (this.retained) {
			return;
		}
		long oldest = now - this.bounds.keep().toMillis();
		while (this.head - this.tail >= this.last) {
			Entry entry = this.ring[slot(this.tail, this.ring)];
			if (entry != null && entry.publishedAt() >= oldest) {
				break;
			}
			dropOldest();
		}
		shrinkIfEmpty();
	}

	private void shrinkIfEmpty() {
		if (this.tail > this.head && this.ring.length > FIRST_CAPACITY) {
			this.ring = new Entry[FIRST_CAPACITY];
		}
	}

	@Override
	public long head() {
		return this.head;
	}

	@Override
	public long tail() {
		return this.tail;
	}

	@Override
	public long bytes() {
		return this.bytes;
	}

	@Override
	public void close() {
		// nothing but memory
	}

}
