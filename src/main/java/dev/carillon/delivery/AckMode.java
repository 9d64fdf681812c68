package dev.carillon.delivery;

/**
 * How the messages of a subscription are acknowledged (STOMP 1.2, SUBSCRIBE ack header).
 */
public enum AckMode {

	/** Sent is acknowledged. */
	AUTO,
	/** An ACK covers its message and all before it. */
	CLIENT,
	/** An ACK covers its message. */
	CLIENT_INDIVIDUAL

}
