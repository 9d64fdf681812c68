package dev.carillon.scores;

import org.jspecify.annotations.Nullable;

/**
 * The games of a set.
 *
 * @param games how many each side has won
 * @param tieBreak the points of the tie-break that decided it, if one did
 */
record TennisSetScore(Tally games, @Nullable Tally tieBreak) {

	private static final int GAMES = 6;

	static final TennisSetScore EMPTY = new TennisSetScore(Tally.ZERO, null);

	TennisSetScore plus(Side side, TennisGame game) {
		return new TennisSetScore(this.games.plus(side, 1), game.tieBreak() ? game.points() : null);
	}

	boolean needsTieBreak() {
		return this.games.home() == GAMES && this.games.away() == GAMES;
	}

	/**
	 * Who has won it: six games and two more than the other, or the tie-break.
	 */
	@Nullable Side winner() {
		Side leader = this.games.leader();
		boolean won = leader != null && this.games.of(leader) >= GAMES
				&& (this.games.lead(leader) >= 2 || this.tieBreak != null);
		return won ? leader : null;
	}

}
