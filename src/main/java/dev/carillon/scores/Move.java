package dev.carillon.scores;

import org.jspecify.annotations.Nullable;

/**
 * What happens next in a simulated match.
 *
 * @param seconds after how many seconds of the match
 * @param clock what the clock of the match shows then; null if the rules decide
 * @param event what happens
 */
record Move(double seconds, @Nullable Integer clock, MatchEvent event) {

	Report report() {
		return new Report(this.clock, this.event);
	}

	/**
	 * Something that happens while the clock stands still.
	 */
	static Move after(double seconds, MatchEvent event) {
		return new Move(seconds, null, event);
	}

	/**
	 * Something that happens while the clock is running.
	 */
	static Move at(int clock, MatchClock now, MatchEvent event) {
		return new Move(Math.max(0, clock - now.lastEvent()), clock, event);
	}

}
