package dev.carillon.stocks;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.carillon.topic.Refusal;

/**
 * How much time one candle holds.
 */
enum Interval {

	/** A minute of the clock. */
	MINUTE("1m"),
	/** A trading day. */
	DAY("1d");

	private final String text;

	Interval(String text) {
		this.text = text;
	}

	/**
	 * Reads {@code 1m} or {@code 1d}.
	 * @throws Refusal if the text is neither
	 */
	static Interval of(String text) {
		for (Interval interval : values()) {
			if (interval.text.equals(text)) {
				return interval;
			}
		}
		throw new Refusal(Refusal.Code.BAD_VALUE, "interval must be 1m or 1d");
	}

	@JsonValue
	String text() {
		return this.text;
	}

}
