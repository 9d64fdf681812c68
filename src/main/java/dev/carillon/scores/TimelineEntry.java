package dev.carillon.scores;

import java.time.Instant;

/**
 * An event in the timeline of a match, as everybody sees it.
 *
 * @param number names the event when it is to be withdrawn
 * @param at when it was reported
 * @param period the period it happened in
 * @param clock what the clock showed, in seconds
 * @param score the score after it
 * @param withdrawn whether it was withdrawn and does not count
 * @param event what happened
 */
record TimelineEntry(int number, Instant at, Period period, int clock, Tally score, boolean withdrawn,
		MatchEvent event) {

	static TimelineEntry of(Step.Reported step, Match after) {
		return new TimelineEntry(step.number(), step.at(), after.period(), after.clock().lastEvent(), after.score(),
				false, step.report().event());
	}

	TimelineEntry withdraw() {
		return new TimelineEntry(this.number, this.at, this.period, this.clock, this.score, true, this.event);
	}

}
