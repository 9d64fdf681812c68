package dev.carillon.stocks;

import java.util.function.Consumer;

/**
 * Trades that become due as a clock moves on. One thread.
 */
interface Tape extends AutoCloseable {

	/** What {@link #play} answers at the end of the tape. */
	long END = -1;

	/**
	 * Hands over the trades that are due.
	 * @param now the time, in milliseconds since 1970
	 * @param feed who takes them
	 * @return in how many milliseconds the next one is due, at least 0, or {@link #END}
	 * @throws java.io.UncheckedIOException if it cannot be read
	 */
	long play(long now, Consumer<Trade> feed);

	/**
	 * How many lines made no sense so far. Any thread.
	 */
	long garbled();

	@Override
	void close();

}
