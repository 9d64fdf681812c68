package dev.carillon.scores;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a match of tennis.
 */
sealed interface TennisEvent extends MatchEvent
		permits MatchEvent.Abandoned, TennisEvent.MatchStart, TennisEvent.Point, TennisEvent.Retirement {

	/** How a point was won. */
	enum How {

		@JsonProperty("rally")
		RALLY,

		@JsonProperty("ace")
		ACE,

		@JsonProperty("double-fault")
		DOUBLE_FAULT

	}

	/**
	 * The match begins.
	 *
	 * @param server who serves first
	 */
	record MatchStart(Side server) implements TennisEvent {

		public MatchStart {
			Fields.required("server", server);
		}

	}

	/**
	 * A point.
	 *
	 * @param team the side that wins it
	 * @param how a rally if absent
	 */
	record Point(Side team, How how) implements TennisEvent {

		public Point(Side team, @Nullable How how) {
			this.team = Fields.required("team", team);
			this.how = (how != null) ? how : How.RALLY;
		}

	}

	/**
	 * A side gives up; the other one wins.
	 *
	 * @param team the side that gives up
	 */
	record Retirement(Side team) implements TennisEvent {

		public Retirement {
			Fields.required("team", team);
		}

	}

}
