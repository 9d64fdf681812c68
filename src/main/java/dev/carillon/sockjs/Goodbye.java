package dev.carillon.sockjs;

import java.time.Duration;

import dev.carillon.delivery.CloseCode;

/**
 * What is said to whoever asks a session for frames that has none any more.
 *
 * @param code the number of the close frame
 * @param reason the reason in it
 */
record Goodbye(int code, String reason) {

	/** A second request for frames while the first one waits. */
	static final Goodbye ANOTHER_OPEN = new Goodbye(2010, "Another connection still open");

	/** A response could not be written to its end, so messages may be lost. */
	static final Goodbye INTERRUPTED = new Goodbye(1002, "Connection interrupted");

	static Goodbye of(CloseCode code) {
		return of(code, Duration.ZERO);
	}

	static Goodbye of(CloseCode code, Duration retryAfter) {
		return new Goodbye(code.number(), code.reason(retryAfter));
	}

	byte[] frame() {
		return Frames.close(this.code, this.reason);
	}

}
