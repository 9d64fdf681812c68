package dev.carillon.topic;

import org.jspecify.annotations.Nullable;

/**
 * How fast a log grows: over the last 30 to 60 seconds, or since it was first looked at.
 * <p>
 * One thread marks, any thread asks.
 */
final class Pace {

	/** How far marks are apart, in milliseconds. */
	static final long STEP = 30_000;

	/** The shortest time that a rate is made of, in milliseconds. */
	private static final long SHORTEST = 1_000;

	private record Mark(long time, long head) {
	}

	private record Marks(Mark older, Mark newer) {
	}

	private volatile @Nullable Marks marks;

	/** Notes where the head is; to be called more often than marks are apart. */
	void mark(long now, long head) {
		Marks known = this.marks;
		Mark fresh = new Mark(now, head);
		if (known == null) {
			this.marks = new Marks(fresh, fresh);
		}
		else if (now - known.newer().time() >= STEP) {
			this.marks = new Marks(known.newer(), fresh);
		}
	}

	/** Entries per second. */
	double perSecond(long now, long head) {
		Marks known = this.marks;
		return (known == null) ? 0
				: (head - known.older().head()) * 1000.0 / Math.max(SHORTEST, now - known.older().time());
	}

}
