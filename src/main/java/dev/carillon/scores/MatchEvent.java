package dev.carillon.scores;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a match. In JSON the field {@code kind} tells which.
 * <p>
 * An event says what a scorer saw; what follows from it (a second yellow card sends off,
 * a game wins the set) is for the rules of the sport.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({ @Type(name = "period-start", value = MatchEvent.PeriodStart.class),
		@Type(name = "period-end", value = MatchEvent.PeriodEnd.class),
		@Type(name = "abandoned", value = MatchEvent.Abandoned.class),
		@Type(name = "goal", value = SoccerEvent.Goal.class), @Type(name = "card", value = SoccerEvent.Card.class),
		@Type(name = "substitution", value = SoccerEvent.Substitution.class),
		@Type(name = "added-time", value = SoccerEvent.AddedTime.class),
		@Type(name = "shoot-out-kick", value = SoccerEvent.ShootOutKick.class),
		@Type(name = "basket", value = BasketballEvent.Basket.class),
		@Type(name = "foul", value = BasketballEvent.Foul.class),
		@Type(name = "timeout", value = BasketballEvent.Timeout.class),
		@Type(name = "clock-stop", value = BasketballEvent.ClockStop.class),
		@Type(name = "clock-start", value = BasketballEvent.ClockStart.class),
		@Type(name = "match-start", value = TennisEvent.MatchStart.class),
		@Type(name = "point", value = TennisEvent.Point.class),
		@Type(name = "retirement", value = TennisEvent.Retirement.class) })
sealed interface MatchEvent permits SoccerEvent, BasketballEvent, TennisEvent {

	/** The next period begins; which one follows from the match. */
	record PeriodStart() implements SoccerEvent, BasketballEvent {
	}

	/** The current period ends, and with the last one the match. */
	record PeriodEnd() implements SoccerEvent, BasketballEvent {
	}

	/**
	 * The match ends without a result.
	 *
	 * @param reason why, for people
	 */
	record Abandoned(@Nullable String reason) implements SoccerEvent, BasketballEvent, TennisEvent {

		public Abandoned {
			reason = Fields.optionalName("reason", reason);
		}

	}

}
