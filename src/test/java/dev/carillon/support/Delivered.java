package dev.carillon.support;

import dev.carillon.topic.Position;

/**
 * A message as it left in a sink.
 *
 * @param subscription the id of the subscription
 * @param destination the topic
 * @param position its position
 * @param missed the range that was skipped before it, or an empty text
 * @param redelivered whether it was delivered before
 * @param body the body
 */
public record Delivered(String subscription, String destination, Position position, String missed, boolean redelivered,
		String body) {

	static Delivered parse(String line) {
		String[] part = line.split("\\|", 7);
		return new Delivered(part[1], part[2], Position.parse(part[3]), part[4], Boolean.parseBoolean(part[5]),
				part[6]);
	}

	public long offset() {
		return this.position.offset();
	}

	/** The offset that must have been delivered before, going by what was missed. */
	public long previous() {
		return this.missed.isEmpty() ? offset() - 1 : Long.parseLong(this.missed.split("-")[0]) - 1;
	}

	/** The last offset that was missed, or the previous one. */
	public long missedTo() {
		return this.missed.isEmpty() ? offset() - 1 : Long.parseLong(this.missed.split("-")[1]);
	}

}
