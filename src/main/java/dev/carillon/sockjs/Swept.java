package dev.carillon.sockjs;

import dev.carillon.delivery.CloseCode;

/**
 * A session as {@link SockJsSessions} looks after it. Any thread; nothing blocks.
 */
interface Swept {

	/**
	 * Does what is due by the clock.
	 * @param now in nanoseconds
	 * @return whether nothing is left of the session
	 */
	boolean sweep(long now);

	/** Ends the session. */
	void end(CloseCode code);

}
