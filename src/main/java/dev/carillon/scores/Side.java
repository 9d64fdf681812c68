package dev.carillon.scores;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One of the two teams of a match, or of the two players in tennis.
 */
enum Side {

	@JsonProperty("home")
	HOME,

	@JsonProperty("away")
	AWAY;

	Side other() {
		return (this == HOME) ? AWAY : HOME;
	}

	/**
	 * The side in the words of a refusal.
	 */
	@Override
	public String toString() {
		return (this == HOME) ? "home" : "away";
	}

}
