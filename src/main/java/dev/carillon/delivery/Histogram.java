package dev.carillon.delivery;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Numbers sorted into buckets whose upper bounds double from one to the next; the last
 * has none. One thread adds, any thread may read, perhaps a moment late.
 */
public final class Histogram {

	private static final VarHandle COUNTS = MethodHandles.arrayElementVarHandle(long[].class);

	private final int shift;

	private final long[] counts;

	private final Counter sum = new Counter();

	/**
	 * An empty histogram.
	 * @param shift the binary logarithm of the first bound
	 * @param bounds how many bounds there are
	 */
	Histogram(int shift, int bounds) {
		this.shift = shift;
		this.counts = new long[bounds + 1];
	}

	/** Adds a number, at least 0, several times. */
	void add(long value, long times) {
		int bucket = (value == 0) ? 0 : 64 - Long.numberOfLeadingZeros((value - 1) >>> this.shift);
		int at = Math.min(bucket, this.counts.length - 1);
		COUNTS.setOpaque(this.counts, at, this.counts[at] + times);
		this.sum.add(value * times);
	}

	/** How many buckets there are. */
	public int size() {
		return this.counts.length;
	}

	/** The largest number of a bucket; positive infinity for the last bucket. */
	public double bound(int bucket) {
		return (bucket == this.counts.length - 1) ? Double.POSITIVE_INFINITY : (double) (1L << (this.shift + bucket));
	}

	/** How many numbers are in a bucket. */
	public long count(int bucket) {
		return (long) COUNTS.getOpaque(this.counts, bucket);
	}

	/** What all numbers add up to. */
	public long sum() {
		return this.sum.get();
	}

}
