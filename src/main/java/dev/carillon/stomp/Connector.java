package dev.carillon.stomp;

import dev.carillon.delivery.Sink;

/**
 * A sink that a STOMP connection writes through, which can change how frames travel when
 * the client says so in CONNECT.
 */
interface Connector extends Sink {

	/** How frames that are not asked to share messages travel. */
	Framing framing();

	/**
	 * From now on frames are {@link Framing#BARE} and those of a flush share a message.
	 */
	void batch();

	/** The name of the transport, for operators. */
	String transport();

}
