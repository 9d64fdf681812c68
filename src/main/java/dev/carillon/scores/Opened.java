package dev.carillon.scores;

import java.time.Instant;

import dev.carillon.topic.Destination;

/**
 * The beginning of a timeline: a match was created.
 *
 * @param id names the match in destinations and addresses
 * @param fixture who plays, by which rules
 * @param by who created it
 * @param at when
 */
record Opened(String id, Fixture fixture, Author by, Instant at) {

	/**
	 * The topic of the match.
	 */
	Destination destination() {
		return Destination.of("/topic/scores." + this.fixture.sport().text() + "." + this.id);
	}

}
