package dev.carillon.scores;

import dev.carillon.topic.Destination;

/**
 * The answer to a change that is stored and published; a repeated key gets it again.
 *
 * @param match the id of the match
 * @param destination the topic of the match
 * @param number the number of the change in the timeline of the match, 0 for its creation
 */
record Accepted(String match, String destination, int number) {

	static Accepted of(Opened opened, int number) {
		Destination destination = opened.destination();
		return new Accepted(opened.id(), destination.toString(), number);
	}

}
