package dev.carillon.scores;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A match in a list.
 *
 * @param match its id
 * @param sport its sport
 * @param destination its topic
 * @param home the home team
 * @param away the away team
 * @param startsAt when it should begin, if known
 * @param status where it is
 * @param period the current period
 * @param score goals, points or sets
 * @param winner who has won, if anybody
 * @param number the number of its last change
 * @param changedAt when it last changed
 */
record MatchSummary(String match, Sport sport, String destination, String home, String away, @Nullable Instant startsAt,
		Status status, Period period, Tally score, @Nullable Side winner, int number, Instant changedAt) {

	static MatchSummary of(Timeline timeline) {
		Match match = timeline.match();
		Fixture fixture = match.fixture();
		return new MatchSummary(timeline.opened().id(), fixture.sport(), timeline.opened().destination().toString(),
				fixture.home(), fixture.away(), fixture.startsAt(), match.status(), match.period(), match.score(),
				match.winner(), timeline.number(), timeline.changedAt());
	}

}
