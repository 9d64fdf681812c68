package dev.carillon.scores;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The sports that have rules here. The text is a segment of the destination.
 */
enum Sport {

	@JsonProperty("soccer")
	SOCCER("soccer"),

	@JsonProperty("basketball")
	BASKETBALL("basketball"),

	@JsonProperty("tennis")
	TENNIS("tennis");

	private final String text;

	Sport(String text) {
		this.text = text;
	}

	String text() {
		return this.text;
	}

}
