package dev.carillon.delivery;

/**
 * What a subscriber says of a message.
 */
public enum Settlement {

	/** Processed. */
	ACK,
	/** Not processed; a work queue gives it to another consumer. */
	NACK

}
