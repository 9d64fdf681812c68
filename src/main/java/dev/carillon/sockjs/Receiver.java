package dev.carillon.sockjs;

import java.io.IOException;

/**
 * A request of a client that waits for frames.
 * <p>
 * One thread at a time.
 */
interface Receiver {

	/** Which request it is. */
	Asked asked();

	/** Whether the response ends with a frame. */
	boolean endsWith(byte[] frame);

	/**
	 * Writes a frame, and ends the response if it is the last; may block.
	 */
	void send(byte[] frame) throws IOException;

	/** Ends the response, if it has not ended yet. */
	void finish();

}
