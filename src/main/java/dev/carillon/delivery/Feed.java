package dev.carillon.delivery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import dev.carillon.topic.Entry;
import dev.carillon.topic.Topic;
import dev.carillon.topic.Trace;
import org.jspecify.annotations.Nullable;

/**
 * One topic as one loop sees it: its cursors, how far they may go, and the runs of
 * entries that were encoded for the present round.
 */
final class Feed implements Runnable, Command {

	private static final int RUNS = 8;

	private final Topic topic;

	private final DeliveryLoop loop;

	private final FamilyStats stats;

	/** Set by a publisher who told the loop, cleared when the loop looks. */
	private final AtomicBoolean signalled = new AtomicBoolean();

	private final List<Cursor> cursors = new ArrayList<>(1);

	private final @Nullable Run[] runs = new Run[RUNS];

	private int nextRun;

	private boolean warm;

	private long head;

	/** How many reviews hold the head where it is. */
	private int holds;

	Feed(Topic topic, DeliveryLoop loop) {
		this.topic = topic;
		this.loop = loop;
		this.stats = loop.stats().of(topic.policy());
	}

	Topic topic() {
		return this.topic;
	}

	FamilyStats stats() {
		return this.stats;
	}

	/** How far cursors may go in this round. */
	long head() {
		return this.head;
	}

	/** News, on a publisher's thread. */
	@Override
	public void run() {
		if (!this.signalled.get() && this.signalled.compareAndSet(false, true)) {
			this.loop.post(this);
		}
	}

	void look() {
		this.signalled.set(false);
		if (this.holds > 0) {
			return;
		}
		this.head = this.topic.log().head();
		for (int i = this.cursors.size() - 1; i >= 0; i--) {
			// One that is too slow takes all cursors of its session with it.
			if (i < this.cursors.size()) {
				this.cursors.get(i).news();
			}
		}
	}

	/** Keeps the head where it is, or where it was, until {@link #release}. */
	void hold(long at) {
		this.head = Math.min(this.head, at);
		this.holds++;
	}

	void release() {
		this.holds--;
		look();
	}

	void forEach(Consumer<Cursor> action) {
		this.cursors.forEach(action);
	}

	void add(Cursor cursor) {
		if (this.holds == 0) {
			this.head = Math.max(this.head, this.topic.log().head());
		}
		cursor.setIndex(this.cursors.size());
		this.cursors.add(cursor);
		this.stats.subscriptions().add(1);
	}

	/**
	 * Removes a cursor.
	 * @return whether it was the last
	 */
	boolean remove(Cursor cursor) {
		this.stats.subscriptions().add(-1);
		Cursor last = this.cursors.removeLast();
		if (last != cursor) {
			this.cursors.set(cursor.index(), last);
			last.setIndex(cursor.index());
		}
		return this.cursors.isEmpty();
	}

	int size() {
		return this.cursors.size();
	}

	/** The offset of the cursor that is furthest behind. */
	long slowest() {
		return this.cursors.stream().mapToLong(Cursor::offset).min().orElse(this.head);
	}

	/**
	 * The entries from an offset up to the head or to about {@link Flush#SHARE} bytes;
	 * null if the first is not there any more.
	 */
	@Nullable Run run(MessageEncoder encoder, long from) {
		for (Run run : this.runs) {
			if (run != null && run.from() == from && run.encoder() == encoder) {
				return run;
			}
		}
		Run made = encode(encoder, from);
		if (made != null && encoder.isShared()) {
			this.runs[this.nextRun] = made;
			this.nextRun = (this.nextRun + 1) % RUNS;
			if (!this.warm) {
				this.warm = true;
				this.loop.addWarm(this);
			}
		}
		return made;
	}

	private @Nullable Run encode(MessageEncoder encoder, long from) {
		Entry first = this.topic.log().read(from);
		if (first == null) {
			return null;
		}
		Encoded encoded = encoded(encoder, first);
		List<Trace> traces = plus(List.of(), first.trace());
		if (from == this.head) {
			return new Run(encoder, from, from, first.publishedAt(), encoded, traces);
		}
		List<Encoded> parts = new ArrayList<>();
		long to = from;
		int size = 0;
		while (true) {
			parts.add(encoded);
			size += encoded.bytes().length;
			Entry next = (to < this.head && size < Flush.SHARE) ? this.topic.log().read(to + 1) : null;
			if (next == null) {
				return new Run(encoder, from, to, first.publishedAt(),
						(parts.size() == 1) ? encoded : Encoded.concat(parts, size), traces);
			}
			to++;
			encoded = encoded(encoder, next);
			traces = plus(traces, next.trace());
		}
	}

	private static List<Trace> plus(List<Trace> traces, @Nullable Trace trace) {
		if (trace == null || !trace.isAwaited()) {
			return traces;
		}
		List<Trace> extended = new ArrayList<>(traces);
		extended.add(trace);
		return extended;
	}

	/** An entry's encoding, made once for all who share it. */
	Encoded encoded(MessageEncoder encoder, Entry entry) {
		if (!encoder.isShared()) {
			return encoder.encode(this.topic, entry, Map.of());
		}
		return entry.encoded(encoder, (e) -> encoder.encode(this.topic, e, Map.of()));
	}

	/** Forgets the runs; most sessions have had them. */
	void cool() {
		this.warm = false;
		Arrays.fill(this.runs, null);
	}

}
