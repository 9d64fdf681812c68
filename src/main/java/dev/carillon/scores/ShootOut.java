package dev.carillon.scores;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Kicks from the penalty mark: five a side in turn, fewer if it is decided, then one a
 * side until they differ (Laws of the Game, law 10.3).
 *
 * @param score the goals of each side
 * @param kicks all kicks so far
 */
record ShootOut(Tally score, List<SoccerEvent.ShootOutKick> kicks) {

	private static final int ROUNDS = 5;

	static final ShootOut EMPTY = new ShootOut(Tally.ZERO, List.of());

	ShootOut plus(SoccerEvent.ShootOutKick kick) {
		if (taken(kick.team()) > taken(kick.team().other())) {
			throw Match.impossible("It is the turn of " + kick.team().other() + " to kick");
		}
		List<SoccerEvent.ShootOutKick> extended = new ArrayList<>(this.kicks);
		extended.add(kick);
		return new ShootOut(this.score.plus(kick.team(), kick.scored() ? 1 : 0), List.copyOf(extended));
	}

	private int taken(Side side) {
		return (int) this.kicks.stream().filter((kick) -> kick.team() == side).count();
	}

	/**
	 * The side that cannot be caught any more, or null.
	 */
	@Nullable Side winner() {
		Side leader = this.score.leader();
		if (leader == null) {
			return null;
		}
		int rounds = Math.max(ROUNDS, Math.max(taken(Side.HOME), taken(Side.AWAY)));
		int left = rounds - taken(leader.other());
		return (this.score.lead(leader) > left) ? leader : null;
	}

}
