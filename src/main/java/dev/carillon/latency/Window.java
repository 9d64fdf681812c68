package dev.carillon.latency;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;

/**
 * How many there were of late, and how many of them in time. It forgets in steps of a
 * tenth of its length. Any thread.
 */
final class Window {

	private static final int PARTS = 10;

	private final InstantSource clock;

	/** How long a part lasts, in milliseconds. */
	private final long part;

	private final long[] all = new long[PARTS];

	private final long[] inTime = new long[PARTS];

	/** The number of the newest part, counted from 1970. */
	private long newest;

	Window(Duration length, InstantSource clock) {
		this.clock = clock;
		this.part = length.toMillis() / PARTS;
	}

	/**
	 * What is in a window.
	 *
	 * @param all how many there were
	 * @param inTime how many of them in time
	 */
	record Count(long all, long inTime) {

		/** The part that was in time; 1 if there were none. */
		double share() {
			return (this.all > 0) ? (double) this.inTime / this.all : 1;
		}

	}

	synchronized void add(boolean isInTime) {
		turn();
		int at = (int) (this.newest % PARTS);
		this.all[at]++;
		if (isInTime) {
			this.inTime[at]++;
		}
	}

	synchronized Count count() {
		turn();
		return new Count(Arrays.stream(this.all).sum(), Arrays.stream(this.inTime).sum());
	}

	/** Forgets what is over; all of it if the clock was set back. */
	private void turn() {
		long now = this.clock.millis() / this.part;
		if (now < this.newest - 1) {
			this.newest = now - PARTS;
		}
		for (long next = Math.max(this.newest + 1, now - PARTS + 1); next <= now; next++) {
			this.all[(int) (next % PARTS)] = 0;
			this.inTime[(int) (next % PARTS)] = 0;
		}
		this.newest = Math.max(this.newest, now);
	}

}
