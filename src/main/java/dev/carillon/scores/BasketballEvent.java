package dev.carillon.scores;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a match of basketball.
 */
sealed interface BasketballEvent extends MatchEvent
		permits MatchEvent.PeriodStart, MatchEvent.PeriodEnd, MatchEvent.Abandoned, BasketballEvent.Basket,
		BasketballEvent.Foul, BasketballEvent.Timeout, BasketballEvent.ClockStop, BasketballEvent.ClockStart {

	/** How bad a foul is. */
	enum Severity {

		@JsonProperty("personal")
		PERSONAL,

		@JsonProperty("technical")
		TECHNICAL,

		@JsonProperty("disqualifying")
		DISQUALIFYING

	}

	/**
	 * A ball in the basket.
	 *
	 * @param team the side it counts for
	 * @param player who scored, if known
	 * @param points 1 for a free throw, 2 or 3
	 */
	record Basket(Side team, @Nullable String player, int points) implements BasketballEvent {

		public Basket {
			Fields.required("team", team);
			player = Fields.optionalName("player", player);
			Fields.range("points", points, 1, 3);
		}

	}

	/**
	 * A foul.
	 *
	 * @param team the side of the player
	 * @param player who is charged with it
	 * @param severity personal if absent
	 */
	record Foul(Side team, String player, Severity severity) implements BasketballEvent {

		public Foul(Side team, String player, @Nullable Severity severity) {
			this.team = Fields.required("team", team);
			this.player = Fields.name("player", player);
			this.severity = (severity != null) ? severity : Severity.PERSONAL;
		}

	}

	/**
	 * A side takes a time-out; the clock stops.
	 *
	 * @param team the side
	 */
	record Timeout(Side team) implements BasketballEvent {

		public Timeout {
			Fields.required("team", team);
		}

	}

	/** The clock is stopped. */
	record ClockStop() implements BasketballEvent {
	}

	/** The clock goes on. */
	record ClockStart() implements BasketballEvent {
	}

}
