package dev.carillon.bench;

/**
 * Counts of durations in buckets that grow with the value (log-linear).
 *
 * <p>Each power of two is split into 64 equal buckets, so a reported value is at most 1.6 % above the recorded one.
 * Values are nanoseconds; negative ones count as zero. One thread.
 */
final class Histogram {

    private static final int SPLIT_BITS = 6;

    private static final int SPLIT = 1 << SPLIT_BITS;

    private final long[] counts = new long[(Long.SIZE - SPLIT_BITS) * SPLIT];

    private long total;

    void record(long nanos) {
        this.counts[bucket(Math.max(0, nanos))]++;
        this.total++;
    }

    long total() {
        return this.total;
    }

    /** The value, in milliseconds, that the given share (0 to 1) of all recorded values does not exceed. */
    double millis(double share) {
        if (this.total == 0) {
            return Double.NaN;
        }
        long wanted = Math.max(1, (long) Math.ceil(share * this.total));
        int bucket = -1;
        for (long seen = 0; seen < wanted; seen += this.counts[bucket]) {
            bucket++;
        }
        return upperBound(bucket) / 1e6;
    }

    private static int bucket(long value) {
        if (value < SPLIT) {
            return (int) value;
        }
        int shift = Long.SIZE - 1 - SPLIT_BITS - Long.numberOfLeadingZeros(value);
        return (shift << SPLIT_BITS) + (int) (value >>> shift);
    }

    private static long upperBound(int bucket) {
        if (bucket < SPLIT) {
            return bucket;
        }
        int shift = (bucket >>> SPLIT_BITS) - 1;
        long lower = (long) ((bucket & (SPLIT - 1)) + SPLIT) << shift;
        return lower + (1L << shift) - 1;
    }

}
