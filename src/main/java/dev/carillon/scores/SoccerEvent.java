package dev.carillon.scores;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a match of soccer.
 */
sealed interface SoccerEvent extends MatchEvent
		permits MatchEvent.PeriodStart, MatchEvent.PeriodEnd, MatchEvent.Abandoned, SoccerEvent.Goal, SoccerEvent.Card,
		SoccerEvent.Substitution, SoccerEvent.AddedTime, SoccerEvent.ShootOutKick {

	/** How a goal came about. */
	enum How {

		@JsonProperty("open-play")
		OPEN_PLAY,

		@JsonProperty("penalty")
		PENALTY,

		@JsonProperty("own-goal")
		OWN_GOAL

	}

	/** The colour of a card. */
	enum Color {

		@JsonProperty("yellow")
		YELLOW,

		@JsonProperty("red")
		RED

	}

	/**
	 * A goal.
	 *
	 * @param team the side it counts for, also when it is an own goal
	 * @param player who scored, if known; of the other side when it is an own goal
	 * @param how open play if absent
	 */
	record Goal(Side team, @Nullable String player, How how) implements SoccerEvent {

		public Goal(Side team, @Nullable String player, @Nullable How how) {
			this.team = Fields.required("team", team);
			this.player = Fields.optionalName("player", player);
			this.how = (how != null) ? how : How.OPEN_PLAY;
		}

		/** The side of the player. */
		Side scoringSide() {
			return (this.how == How.OWN_GOAL) ? this.team.other() : this.team;
		}

	}

	/**
	 * A card.
	 *
	 * @param team the side of the player
	 * @param player who was shown it
	 * @param color yellow or red
	 */
	record Card(Side team, String player, Color color) implements SoccerEvent {

		public Card {
			Fields.required("team", team);
			player = Fields.name("player", player);
			Fields.required("color", color);
		}

	}

	/**
	 * One player takes the place of another.
	 *
	 * @param team their side
	 * @param off who leaves
	 * @param on who comes
	 */
	record Substitution(Side team, String off, String on) implements SoccerEvent {

		public Substitution {
			Fields.required("team", team);
			off = Fields.name("off", off);
			on = Fields.name("on", on);
		}

	}

	/**
	 * The referee announces the time that is added to the period.
	 *
	 * @param minutes how many, 0 to 30
	 */
	record AddedTime(int minutes) implements SoccerEvent {

		public AddedTime {
			Fields.range("minutes", minutes, 0, 30);
		}

	}

	/**
	 * A kick from the penalty mark after the match.
	 *
	 * @param team the side that takes it
	 * @param player who takes it, if known
	 * @param scored whether it went in
	 */
	record ShootOutKick(Side team, @Nullable String player, boolean scored) implements SoccerEvent {

		public ShootOutKick {
			Fields.required("team", team);
			player = Fields.optionalName("player", player);
		}

	}

}
