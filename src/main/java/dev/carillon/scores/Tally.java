package dev.carillon.scores;

import org.jspecify.annotations.Nullable;

/**
 * A number for each side: points, goals, games, fouls.
 *
 * @param home the number of the home side
 * @param away the number of the away side
 */
record Tally(int home, int away) {

	static final Tally ZERO = new Tally(0, 0);

	int of(Side side) {
		return (side == Side.HOME) ? this.home : this.away;
	}

	Tally plus(Side side, int number) {
		return (side == Side.HOME) ? new Tally(this.home + number, this.away)
				: new Tally(this.home, this.away + number);
	}

	int total() {
		return this.home + this.away;
	}

	/**
	 * How far a side is ahead; negative if it is behind.
	 */
	int lead(Side side) {
		return of(side) - of(side.other());
	}

	/**
	 * The side with the higher number, or null if they are level.
	 */
	@Nullable Side leader() {
		return (this.home == this.away) ? null : (this.home > this.away) ? Side.HOME : Side.AWAY;
	}

}
