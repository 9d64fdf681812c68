package dev.carillon.scores;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Where a match is between its announcement and its end.
 */
enum Status {

	/** Announced and not begun. */
	@JsonProperty("scheduled")
	SCHEDULED("scheduled"),
	/** A period is being played. */
	@JsonProperty("live")
	LIVE("live"),
	/** Between two periods. */
	@JsonProperty("break")
	BREAK("break"),
	/** Played to its end. */
	@JsonProperty("finished")
	FINISHED("finished"),
	/** Ended before its end. */
	@JsonProperty("abandoned")
	ABANDONED("abandoned");

	private final String text;

	Status(String text) {
		this.text = text;
	}

	String text() {
		return this.text;
	}

	/**
	 * Whether nothing more can happen.
	 */
	boolean isOver() {
		return this == FINISHED || this == ABANDONED;
	}

}
