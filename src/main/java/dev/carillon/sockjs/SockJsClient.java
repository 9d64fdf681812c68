package dev.carillon.sockjs;

import dev.carillon.delivery.CloseCode;

/**
 * What becomes of one SockJS session, from the side of those who use it.
 */
public interface SockJsClient {

	/**
	 * A message of the client; one at a time, in their order. May block, which holds back
	 * the next one.
	 */
	void receive(byte[] message);

	/** What came cannot be a message; ends the session. */
	void refuse(CloseCode code);

	/** How often the client was refused so far and stayed; any thread. */
	int refusals();

	/** Whether nothing that comes is looked at any more; any thread. */
	boolean isOver();

	/** The client has shown that it is there; any thread. */
	void touched();

	/** The session is over; idempotent, any thread. */
	void closed(CloseCode code);

}
