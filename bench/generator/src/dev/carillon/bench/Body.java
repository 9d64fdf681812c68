package dev.carillon.bench;

import java.nio.ByteBuffer;

/**
 * A message body of fixed length that begins with the moment it was sent.
 *
 * <p>The moment is {@link System#nanoTime()} in 16 hexadecimal digits. It can only be compared within one process, which
 * is the case here: the generator both publishes and receives.
 */
record Body(int length) {

    private static final int DIGITS = 16;

    /** The shortest there can be. */
    static final int SHORTEST = DIGITS;

    String stamped(long nanoTime) {
        String digits = Long.toHexString(nanoTime);
        return "0".repeat(DIGITS - digits.length()) + digits + "x".repeat(this.length - DIGITS);
    }

    /** Reads the moment of a body that ends before {@code end}. */
    long sentAt(ByteBuffer in, int end) {
        long nanoTime = 0;
        int start = end - this.length;
        for (int i = start; i < start + DIGITS; i++) {
            int digit = in.get(i);
            nanoTime = nanoTime << 4 | (digit <= '9' ? digit - '0' : digit - 'a' + 10);
        }
        return nanoTime;
    }

}
