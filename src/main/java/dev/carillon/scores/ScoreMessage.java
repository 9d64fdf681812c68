package dev.carillon.scores;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A message on the topic of a match: what changed, and the whole state, so that one
 * message is enough to draw the match.
 *
 * @param kind what changed
 * @param match the id of the match
 * @param number the number of the change; grows with each change of the match
 * @param at when it changed
 * @param event the event that was reported or withdrawn, absent when there is none
 * @param state the match after the change
 * @param recent the newest events, the newest first, withdrawn ones marked
 */
record ScoreMessage(Kind kind, String match, int number, Instant at, @Nullable TimelineEntry event, Match state,
		List<TimelineEntry> recent) {

	/** How many events a message repeats. */
	static final int RECENT = 10;

	/** What a message tells. */
	enum Kind {

		/** The match was created. */
		@JsonProperty("created")
		CREATED,
		/** An event was reported. */
		@JsonProperty("event")
		EVENT,
		/** An event was withdrawn. */
		@JsonProperty("withdrawal")
		WITHDRAWAL,
		/** Nothing changed; the state is told again, as after a restart. */
		@JsonProperty("state")
		STATE

	}

	/**
	 * Tells the last step of a timeline, or its creation if there is none.
	 */
	static ScoreMessage newest(Timeline timeline) {
		if (timeline.steps().isEmpty()) {
			return of(Kind.CREATED, timeline, null);
		}
		Step step = timeline.steps().getLast();
		return of((step instanceof Step.Reported) ? Kind.EVENT : Kind.WITHDRAWAL, timeline, timeline.about(step));
	}

	/**
	 * Tells the state of a timeline again.
	 */
	static ScoreMessage state(Timeline timeline) {
		return of(Kind.STATE, timeline, null);
	}

	private static ScoreMessage of(Kind kind, Timeline timeline, @Nullable TimelineEntry event) {
		return new ScoreMessage(kind, timeline.opened().id(), timeline.number(), timeline.changedAt(), event,
				timeline.match(), timeline.recent(RECENT));
	}

}
