package dev.carillon.stomp;

import dev.carillon.delivery.Sink;

/**
 * The transport of a STOMP connection: where its frames leave, and how they travel, which
 * the client may change in CONNECT.
 */
interface Connector {

	/** Where the frames leave. */
	Sink sink();

	/** How frames that are not asked to share messages travel. */
	Framing framing();

	/**
	 * From now on frames are {@link Framing#BARE} and those of a flush share a message.
	 */
	void batch();

	/** The name of the transport, for operators. */
	String transport();

}
