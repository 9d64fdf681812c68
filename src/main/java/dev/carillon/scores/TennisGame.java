package dev.carillon.scores;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The game of tennis that is being played, a tie-break included.
 *
 * @param points how many points each side has won in it
 * @param tieBreakTo 0 in a normal game, else to how many points the tie-break goes
 */
record TennisGame(Tally points, int tieBreakTo) {

	private static final String[] CALLS = { "0", "15", "30", "40" };

	static final TennisGame NORMAL = new TennisGame(Tally.ZERO, 0);

	/** Whether it is a tie-break. */
	@JsonProperty
	boolean tieBreak() {
		return this.tieBreakTo > 0;
	}

	/** The points of the home side as they are called: 0, 15, 30, 40, A. */
	@JsonProperty
	String home() {
		return call(Side.HOME);
	}

	/** The points of the away side as they are called. */
	@JsonProperty
	String away() {
		return call(Side.AWAY);
	}

	private String call(Side side) {
		int own = this.points.of(side);
		if (tieBreak()) {
			return Integer.toString(own);
		}
		boolean deuce = own >= 3 && this.points.of(side.other()) >= 3;
		return (deuce && this.points.lead(side) > 0) ? "A" : CALLS[Math.min(own, 3)];
	}

	TennisGame plus(Side side) {
		return new TennisGame(this.points.plus(side, 1), this.tieBreakTo);
	}

	/**
	 * Who has won it, if it is decided: four points, or those of the tie-break, and two
	 * more than the other.
	 */
	@Nullable Side winner() {
		Side leader = this.points.leader();
		int needed = tieBreak() ? this.tieBreakTo : 4;
		return (leader != null && this.points.of(leader) >= needed && this.points.lead(leader) >= 2) ? leader : null;
	}

}
