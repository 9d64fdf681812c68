package dev.carillon.delivery;

import java.time.Duration;
import java.util.List;

/**
 * Where the frames of one session leave.
 * <p>
 * The loop that owns the session calls it, never two calls at a time, and writes again
 * only when the last write is complete. No method blocks.
 */
public interface Sink {

	/**
	 * Told when a write has ended; exactly one method, once, on any thread, perhaps
	 * before {@link Sink#write} returns.
	 */
	interface Completion {

		/** Everything was handed to the network. */
		void written();

		/** The connection is of no use any more. */
		void failed(Throwable cause);

	}

	/**
	 * Writes frames in their order.
	 */
	void write(List<Encoded> frames, Completion completion);

	/**
	 * Asks the client for a sign of life, which counts as something read when it comes.
	 * @return whether the transport has a way to ask
	 */
	default boolean probe() {
		return false;
	}

	/**
	 * How long a write may take before the session is over.
	 * @param ofNetwork how long the network may take, by configuration
	 */
	default Duration writeTimeout(Duration ofNetwork) {
		return ofNetwork;
	}

	/**
	 * Says goodbye and closes; no write follows.
	 * @param retryAfter how long the client is asked to stay away, zero for no hint; see
	 * {@link CloseCode#reason(Duration)}
	 */
	void close(CloseCode code, Duration retryAfter);

	/**
	 * Drops the connection, also in the middle of a write.
	 * @param code what to say if it can still be said
	 */
	void abort(CloseCode code);

}
