package dev.carillon.scores;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.carillon.scores.Period.TennisSet;
import org.jspecify.annotations.Nullable;

/**
 * A match of tennis: points, games, sets; a tie-break at six all (ITF Rules of Tennis, 5
 * to 7), also in the last set.
 *
 * @param fixture who plays, by which rules
 * @param status where the match is
 * @param period the current set, or the last one
 * @param clock the clock
 * @param score the sets won
 * @param winner who has won
 * @param sets the games of each set, the current one included
 * @param game the current game
 * @param firstServer who served first in the match
 * @param server who serves the next point
 */
record Tennis(Fixture.OfTennis fixture, Status status, TennisSet period, MatchClock clock, Tally score,
		@Nullable Side winner, List<TennisSetScore> sets, TennisGame game, @Nullable Side firstServer,
		@Nullable Side server) implements Match {

	private static final int TIE_BREAK = 7;

	static Tennis of(Fixture.OfTennis fixture) {
		return new Tennis(fixture, Status.SCHEDULED, new TennisSet(0), MatchClock.waiting(fixture.rate()), Tally.ZERO,
				null, List.of(), TennisGame.NORMAL, null, null);
	}

	@Override
	public Tennis after(Report report, Instant at) {
		TennisEvent event = expect(TennisEvent.class, report.event());
		return switch (event) {
			case TennisEvent.MatchStart(Side first) -> start(first, report, at);
			case TennisEvent.Point point -> point(point, report, at);
			case TennisEvent.Retirement(Side team) -> end(Status.FINISHED, report, at, team.other());
			case MatchEvent.Abandoned _ -> end(Status.ABANDONED, report, at, null);
		};
	}

	private Tennis start(Side first, Report report, Instant at) {
		if (this.status != Status.SCHEDULED) {
			throw Match.impossible("The match has begun already");
		}
		MatchClock started = this.clock.begin(at, 0, 0, MatchClock.MAX_SECONDS).note(at, report.clock());
		return new Tennis(this.fixture, Status.LIVE, new TennisSet(1), started, Tally.ZERO, null,
				List.of(TennisSetScore.EMPTY), TennisGame.NORMAL, first, first);
	}

	private Tennis end(Status status, Report report, Instant at, @Nullable Side winner) {
		MatchClock stopped = this.clock.note(at, report.clock()).stop();
		return new Tennis(this.fixture, status, this.period, stopped, this.score, winner, this.sets, this.game,
				this.firstServer, null);
	}

	private Tennis point(TennisEvent.Point point, Report report, Instant at) {
		requireLive();
		MatchClock clock = this.clock.note(at, report.clock());
		Side server = Fields.required("server", this.server);
		if ((point.how() == TennisEvent.How.ACE && point.team() != server)
				|| (point.how() == TennisEvent.How.DOUBLE_FAULT && point.team() == server)) {
			throw Match
				.impossible("how: " + server + " serves, so " + point.team() + " cannot win the point like that");
		}
		TennisGame played = this.game.plus(point.team());
		if (played.winner() == null) {
			return next(clock, this.score, this.sets, played);
		}
		List<TennisSetScore> changed = new ArrayList<>(this.sets);
		TennisSetScore set = changed.getLast().plus(point.team(), played);
		changed.set(changed.size() - 1, set);
		if (set.winner() == null) {
			return next(clock, this.score, changed, set.needsTieBreak() ? tieBreak() : TennisGame.NORMAL);
		}
		Tally won = this.score.plus(point.team(), 1);
		if (won.of(point.team()) == this.fixture.setsToWin()) {
			return new Tennis(this.fixture, Status.FINISHED, this.period, clock.stop(), won, point.team(),
					List.copyOf(changed), TennisGame.NORMAL, this.firstServer, null);
		}
		changed.add(TennisSetScore.EMPTY);
		return next(clock, won, changed, TennisGame.NORMAL);
	}

	private TennisGame tieBreak() {
		boolean last = this.period.number() == this.fixture.bestOf();
		return new TennisGame(Tally.ZERO, last ? this.fixture.finalTieBreak() : TIE_BREAK);
	}

	private Tennis next(MatchClock clock, Tally score, List<TennisSetScore> sets, TennisGame game) {
		Side first = Fields.required("server", this.firstServer);
		return new Tennis(this.fixture, Status.LIVE, new TennisSet(sets.size()), clock, score, null, List.copyOf(sets),
				game, first, server(first, sets, game));
	}

	/**
	 * Who serves: the sides take turns game by game, a tie-break counts as one; in it the
	 * first point is served by the one whose turn it is, then they change after every
	 * two.
	 */
	private static Side server(Side first, List<TennisSetScore> sets, TennisGame game) {
		int games = sets.stream().mapToInt((set) -> set.games().total()).sum();
		int turns = games + (game.tieBreak() ? (game.points().total() + 1) / 2 : 0);
		return (turns % 2 == 0) ? first : first.other();
	}

}
