package dev.carillon.stomp;

import dev.carillon.topic.Position;

/**
 * What the {@code ack} header of a MESSAGE names and the {@code id} header of an ACK
 * repeats (STOMP 1.2): a position and a subscription.
 *
 * @param position the message
 * @param subscription the id of the subscription
 */
record AckId(Position position, String subscription) {

	static String of(Position position, String subscription) {
		return position + "@" + subscription;
	}

	static AckId parse(String text) {
		int at = text.indexOf('@');
		return new AckId(Position.parse((at < 0) ? text : text.substring(0, at)),
				(at < 0) ? "" : text.substring(at + 1));
	}

}
