package dev.carillon.stocks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What happened to an alert, as its user is told.
 *
 * @param event what happened
 * @param alert the alert
 * @param quote the quote that crossed it, if that is what happened
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AlertEvent(Kind event, Alert alert, @Nullable Quote quote) {

	/**
	 * What may happen to an alert.
	 */
	enum Kind {

		/** It is waiting now. */
		ADDED("added"),
		/** Its user took it back. */
		REMOVED("removed"),
		/** Its price was crossed; it waits no longer. */
		CROSSED("crossed");

		private final String text;

		Kind(String text) {
			this.text = text;
		}

		@JsonValue
		String text() {
			return this.text;
		}

	}

}
