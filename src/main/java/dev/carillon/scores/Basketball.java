package dev.carillon.scores;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.carillon.scores.Period.Quarter;
import org.jspecify.annotations.Nullable;

/**
 * A match of basketball: four quarters, then overtimes until it is decided.
 * <p>
 * Fouls and time-outs follow the Official Basketball Rules of FIBA: fouls of a team count
 * per quarter and go on through overtime (article 41); two time-outs in the first half,
 * three in the second, one in each overtime (article 18); two technical fouls or one
 * disqualifying foul put a player out (article 36).
 *
 * @param fixture who plays, by which rules
 * @param status where the match is
 * @param period the current quarter or overtime, or the last one
 * @param clock the clock
 * @param score the points
 * @param winner who has won
 * @param periods the points of each period
 * @param teamFouls the fouls of each team that count in this period
 * @param timeouts how many time-outs each team has left
 * @param fouls the fouls of each player who has any
 */
record Basketball(Fixture.OfBasketball fixture, Status status, Quarter period, MatchClock clock, Tally score,
		@Nullable Side winner, List<Tally> periods, Tally teamFouls, Tally timeouts,
		List<Fouls> fouls) implements Match {

	/** From which foul of a team in a period on the others shoot free throws. */
	private static final int BONUS = 5;

	private static final int TECHNICAL_LIMIT = 2;

	/**
	 * The fouls of a player.
	 *
	 * @param team the side of the player
	 * @param player the player
	 * @param count all fouls
	 * @param technical how many of them were technical
	 * @param out whether the player may not play any more
	 */
	record Fouls(Side team, String player, int count, int technical, boolean out) {
	}

	static Basketball of(Fixture.OfBasketball fixture) {
		return new Basketball(fixture, Status.SCHEDULED, new Quarter(0), MatchClock.waiting(fixture.rate()), Tally.ZERO,
				null, List.of(), Tally.ZERO, Tally.ZERO, List.of());
	}

	/**
	 * Whether fouls of the home team give the others free throws.
	 */
	@JsonProperty
	boolean homeInPenalty() {
		return this.teamFouls.home() >= BONUS;
	}

	/**
	 * Whether fouls of the away team give the others free throws.
	 */
	@JsonProperty
	boolean awayInPenalty() {
		return this.teamFouls.away() >= BONUS;
	}

	@Override
	public Basketball after(Report report, Instant at) {
		BasketballEvent event = expect(BasketballEvent.class, report.event());
		return switch (event) {
			case MatchEvent.PeriodStart _ -> start(report, at);
			case MatchEvent.PeriodEnd _ -> playing(report, at).end();
			case MatchEvent.Abandoned _ -> noted(report, at).abandon();
			case BasketballEvent.Basket basket -> playing(report, at).basket(basket);
			case BasketballEvent.Foul foul -> playing(report, at).foul(foul);
			case BasketballEvent.Timeout timeout -> playing(report, at).timeout(timeout);
			case BasketballEvent.ClockStop _ -> playing(report, at).stopClock();
			case BasketballEvent.ClockStart _ -> playing(report, at).startClock(at);
		};
	}

	private Basketball playing(Report report, Instant at) {
		requireLive();
		return noted(report, at);
	}

	private Basketball noted(Report report, Instant at) {
		return with(this.status, this.clock.note(at, report.clock()));
	}

	private Basketball abandon() {
		return with(Status.ABANDONED, this.clock.stop());
	}

	private Basketball start(Report report, Instant at) {
		if (this.status == Status.LIVE) {
			throw Match.impossible("The period " + this.period.text() + " has not ended");
		}
		Quarter next = new Quarter(this.period.number() + 1);
		int minutes = next.isOvertime() ? this.fixture.overtimeMinutes() : this.fixture.quarterMinutes();
		List<Tally> extended = new ArrayList<>(this.periods);
		extended.add(Tally.ZERO);
		Tally left = switch (next.number()) {
			case 1 -> new Tally(2, 2);
			case 2, 4 -> this.timeouts;
			case 3 -> new Tally(3, 3);
			default -> new Tally(1, 1);
		};
		MatchClock begun = this.clock.begin(at, 0, minutes * 60, minutes * 60).note(at, report.clock());
		return new Basketball(this.fixture, Status.LIVE, next, begun, this.score, null, List.copyOf(extended),
				next.isOvertime() ? this.teamFouls : Tally.ZERO, left, this.fouls);
	}

	private Basketball end() {
		MatchClock full = new MatchClock(false, this.clock.end(), null, this.clock.periodStartedAt(),
				this.clock.start(), this.clock.end(), this.clock.limit(), this.clock.rate(), this.clock.end());
		boolean last = this.period.number() >= Quarter.REGULAR && this.score.leader() != null;
		return new Basketball(this.fixture, last ? Status.FINISHED : Status.BREAK, this.period, full, this.score,
				last ? this.score.leader() : null, this.periods, this.teamFouls, this.timeouts, this.fouls);
	}

	private Basketball basket(BasketballEvent.Basket basket) {
		requireIn(basket.team(), basket.player());
		List<Tally> changed = new ArrayList<>(this.periods);
		changed.set(changed.size() - 1, changed.getLast().plus(basket.team(), basket.points()));
		return new Basketball(this.fixture, this.status, this.period, this.clock,
				this.score.plus(basket.team(), basket.points()), null, List.copyOf(changed), this.teamFouls,
				this.timeouts, this.fouls);
	}

	private Basketball foul(BasketballEvent.Foul foul) {
		requireIn(foul.team(), foul.player());
		Fouls known = find(foul.team(), foul.player()).orElse(new Fouls(foul.team(), foul.player(), 0, 0, false));
		int count = known.count() + 1;
		int technical = known.technical() + ((foul.severity() == BasketballEvent.Severity.TECHNICAL) ? 1 : 0);
		boolean out = count >= this.fixture.foulLimit() || technical >= TECHNICAL_LIMIT
				|| foul.severity() == BasketballEvent.Severity.DISQUALIFYING;
		List<Fouls> changed = new ArrayList<>(this.fouls);
		changed.remove(known);
		changed.add(new Fouls(foul.team(), foul.player(), count, technical, out));
		return new Basketball(this.fixture, this.status, this.period, this.clock, this.score, null, this.periods,
				this.teamFouls.plus(foul.team(), 1), this.timeouts, List.copyOf(changed));
	}

	private Basketball timeout(BasketballEvent.Timeout timeout) {
		if (this.timeouts.of(timeout.team()) == 0) {
			throw Match.impossible("team: " + timeout.team() + " has no time-out left");
		}
		return new Basketball(this.fixture, this.status, this.period, this.clock.stop(), this.score, null, this.periods,
				this.teamFouls, this.timeouts.plus(timeout.team(), -1), this.fouls);
	}

	private Basketball stopClock() {
		if (!this.clock.running()) {
			throw Match.impossible("The clock is stopped already");
		}
		return with(this.status, this.clock.stop());
	}

	private Basketball startClock(Instant at) {
		if (this.clock.running()) {
			throw Match.impossible("The clock is running already");
		}
		return with(this.status, this.clock.resume(at));
	}

	private void requireIn(Side side, @Nullable String player) {
		if (player != null && find(side, player).filter(Fouls::out).isPresent()) {
			throw Match.impossible("player: " + player + " (" + side + ") is out of the match");
		}
	}

	Optional<Fouls> find(Side side, String player) {
		return this.fouls.stream().filter((fouls) -> fouls.team() == side && fouls.player().equals(player)).findFirst();
	}

	private Basketball with(Status status, MatchClock clock) {
		return new Basketball(this.fixture, status, this.period, clock, this.score, this.winner, this.periods,
				this.teamFouls, this.timeouts, this.fouls);
	}

}
