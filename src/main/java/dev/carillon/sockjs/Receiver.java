package dev.carillon.sockjs;

import java.io.IOException;

/**
 * A request of a client that waits for frames.
 * <p>
 * One thread at a time.
 */
interface Receiver {

	/**
	 * Writes a frame; may block.
	 * @return whether it takes another one; if not, its response has ended
	 */
	boolean send(byte[] frame) throws IOException;

	/** Ends the response, if it has not ended yet. */
	void finish();

}
