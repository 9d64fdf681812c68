package dev.carillon.scores;

import org.jspecify.annotations.Nullable;

/**
 * What a scorer reports: an event and, if the scorer has a clock of their own, its time.
 *
 * @param clock what the clock of the match showed, in seconds as {@link MatchClock}
 * counts them; what the clock shows now if absent
 * @param event what happened
 */
record Report(@Nullable Integer clock, MatchEvent event) {

	Report {
		if (clock != null) {
			Fields.range("clock", clock, 0, MatchClock.MAX_SECONDS);
		}
		Fields.required("event", event);
	}

	/**
	 * Something that happens now.
	 */
	static Report of(MatchEvent event) {
		return new Report(null, event);
	}

}
