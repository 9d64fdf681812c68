package dev.carillon.scores;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A part of a match, as its sport divides it.
 * <p>
 * Its text is part of the wire contract: {@code pre-match}; {@code first-half},
 * {@code second-half}, {@code extra-time-1}, {@code extra-time-2}, {@code shoot-out};
 * {@code q1} to {@code q4}, {@code ot1} and so on; {@code set-1} to {@code set-5}.
 */
sealed interface Period {

	/** The text before the first period. */
	String PRE_MATCH = "pre-match";

	@JsonValue
	String text();

	/** The periods of soccer. */
	enum Half implements Period {

		PRE(PRE_MATCH), FIRST("first-half"), SECOND("second-half"), EXTRA_FIRST("extra-time-1"),
		EXTRA_SECOND("extra-time-2"), SHOOT_OUT("shoot-out");

		private final String text;

		Half(String text) {
			this.text = text;
		}

		@Override
		public String text() {
			return this.text;
		}

		boolean isExtraTime() {
			return this == EXTRA_FIRST || this == EXTRA_SECOND;
		}

	}

	/**
	 * A period of basketball.
	 *
	 * @param number 0 before the match, 1 to 4 for quarters, above for overtimes
	 */
	record Quarter(int number) implements Period {

		/** How many quarters there are before overtime. */
		static final int REGULAR = 4;

		@Override
		public String text() {
			return (this.number == 0) ? PRE_MATCH : isOvertime() ? "ot" + (this.number - REGULAR) : "q" + this.number;
		}

		boolean isOvertime() {
			return this.number > REGULAR;
		}

	}

	/**
	 * A set of tennis.
	 *
	 * @param number 0 before the match, then counted from 1
	 */
	record TennisSet(int number) implements Period {

		@Override
		public String text() {
			return (this.number == 0) ? PRE_MATCH : "set-" + this.number;
		}

	}

}
