package dev.carillon.scores;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * A match as it stands. Immutable; an event makes the next one.
 * <p>
 * Its JSON is the {@code state} of messages and documents, the names of its components
 * are part of the wire contract, and {@code kind} is the sport.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({ @Type(name = "soccer", value = Soccer.class), @Type(name = "basketball", value = Basketball.class),
		@Type(name = "tennis", value = Tennis.class) })
sealed interface Match permits Soccer, Basketball, Tennis {

	Fixture fixture();

	Status status();

	/** The current period, or the last one that was played. */
	Period period();

	MatchClock clock();

	/** Goals, points, or sets won. */
	Tally score();

	/** Who has won, if the match is finished and not a draw. */
	@Nullable Side winner();

	/**
	 * The match after an event.
	 * @param at when it was reported
	 * @throws Refusal if the event is impossible; the message says why
	 */
	Match after(Report report, Instant at);

	/**
	 * The match before its first event.
	 */
	static Match of(Fixture fixture) {
		return switch (fixture) {
			case Fixture.OfSoccer soccer -> Soccer.of(soccer);
			case Fixture.OfBasketball basketball -> Basketball.of(basketball);
			case Fixture.OfTennis tennis -> Tennis.of(tennis);
		};
	}

	/**
	 * The event as one of this sport.
	 * @throws Refusal if it belongs to another sport, or if the match is over
	 */
	default <E extends MatchEvent> E expect(Class<E> type, MatchEvent event) {
		if (!type.isInstance(event)) {
			throw Fields.bad("event.kind is not an event of " + fixture().sport().text());
		}
		if (status().isOver()) {
			throw impossible("The match is " + status().text() + "; nothing can happen any more");
		}
		return type.cast(event);
	}

	/**
	 * Refuses unless a period is being played.
	 */
	default void requireLive() {
		if (status() != Status.LIVE) {
			throw impossible((status() == Status.SCHEDULED) ? "The match has not begun"
					: "No period is being played; the next one has not begun");
		}
	}

	static Refusal impossible(String why) {
		return new Refusal(Refusal.Code.CONFLICT, why);
	}

}
