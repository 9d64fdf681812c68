package dev.carillon.scores;

import java.time.Instant;
import java.util.List;

/**
 * A match with all its events.
 *
 * @param match its id
 * @param destination its topic
 * @param number the number of its last change
 * @param changedAt when it last changed
 * @param state the match as it stands
 * @param timeline all events, the oldest first, withdrawn ones marked
 */
record MatchView(String match, String destination, int number, Instant changedAt, Match state,
		List<TimelineEntry> timeline) {

	static MatchView of(Timeline timeline) {
		return new MatchView(timeline.opened().id(), timeline.opened().destination().toString(), timeline.number(),
				timeline.changedAt(), timeline.match(), timeline.entries());
	}

}
