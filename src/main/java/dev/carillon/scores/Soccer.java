package dev.carillon.scores;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.carillon.scores.Period.Half;
import org.jspecify.annotations.Nullable;

/**
 * A match of soccer.
 * <p>
 * Players are known by their names alone: there is no squad list, so what is checked is
 * that nobody acts who was sent off or substituted.
 *
 * @param fixture who plays, by which rules
 * @param status where the match is
 * @param period the current half, or the last one
 * @param clock the clock
 * @param addedMinutes the announced added time of this half, if any
 * @param score the goals, without those of a shoot-out
 * @param winner who has won
 * @param goals all goals
 * @param bookings all cards
 * @param substitutions all substitutions
 * @param shootOut the kicks from the penalty mark, once they have begun
 */
record Soccer(Fixture.OfSoccer fixture, Status status, Half period, MatchClock clock, @Nullable Integer addedMinutes,
		Tally score, @Nullable Side winner, List<Scored> goals, List<Booking> bookings, List<Change> substitutions,
		@Nullable ShootOut shootOut) implements Match {

	private static final int EXTRA_MINUTES = 15;

	/** How long a half may run over, in seconds. */
	private static final int OVERRUN = 30 * 60;

	/**
	 * A goal and when it fell.
	 *
	 * @param team the side it counts for
	 * @param player who scored, if known
	 * @param how how it came about
	 * @param period the half
	 * @param clock the clock in seconds
	 */
	record Scored(Side team, @Nullable String player, SoccerEvent.How how, Half period, int clock) {
	}

	/** What a card means. */
	enum Sanction {

		@JsonProperty("yellow")
		YELLOW,

		@JsonProperty("second-yellow")
		SECOND_YELLOW,

		@JsonProperty("red")
		RED

	}

	/**
	 * A card and when it was shown.
	 *
	 * @param team the side of the player
	 * @param player the player
	 * @param sanction all but {@code yellow} send off
	 * @param period the half
	 * @param clock the clock in seconds
	 */
	record Booking(Side team, String player, Sanction sanction, Half period, int clock) {

		boolean of(Side side, String name) {
			return this.team == side && this.player.equals(name);
		}

	}

	/**
	 * A substitution and when it was made.
	 *
	 * @param team the side
	 * @param off who left
	 * @param on who came
	 * @param period the half
	 * @param clock the clock in seconds
	 */
	record Change(Side team, String off, String on, Half period, int clock) {
	}

	static Soccer of(Fixture.OfSoccer fixture) {
		return new Soccer(fixture, Status.SCHEDULED, Half.PRE, MatchClock.waiting(fixture.rate()), null, Tally.ZERO,
				null, List.of(), List.of(), List.of(), null);
	}

	@Override
	public Soccer after(Report report, Instant at) {
		SoccerEvent event = expect(SoccerEvent.class, report.event());
		return switch (event) {
			case MatchEvent.PeriodStart _ -> start(report, at);
			case MatchEvent.PeriodEnd _ -> begun().noted(report, at).end();
			case MatchEvent.Abandoned _ -> noted(report, at).abandon();
			case SoccerEvent.Goal goal -> begun().noted(report, at).goal(goal);
			case SoccerEvent.Card card -> begun().noted(report, at).card(card);
			case SoccerEvent.Substitution substitution -> begun().noted(report, at).substitute(substitution);
			case SoccerEvent.AddedTime added -> begun().noted(report, at).announce(added);
			case SoccerEvent.ShootOutKick kick -> begun().noted(report, at).kick(kick);
		};
	}

	private Soccer begun() {
		if (this.status == Status.SCHEDULED) {
			requireLive();
		}
		return this;
	}

	private Soccer noted(Report report, Instant at) {
		return with(this.status, this.clock.note(at, report.clock()));
	}

	private Soccer abandon() {
		return with(Status.ABANDONED, this.clock.stop());
	}

	private Soccer start(Report report, Instant at) {
		if (this.status == Status.LIVE) {
			throw Match.impossible("The period " + this.period.text() + " has not ended");
		}
		Half next = next();
		if (next == Half.SHOOT_OUT) {
			return new Soccer(this.fixture, Status.LIVE, next, this.clock, null, this.score, null, this.goals,
					this.bookings, this.substitutions, ShootOut.EMPTY);
		}
		int regular = this.fixture.halfMinutes() * 60;
		int start = switch (next) {
			case FIRST -> 0;
			case SECOND -> regular;
			case EXTRA_FIRST -> 2 * regular;
			default -> 2 * regular + EXTRA_MINUTES * 60;
		};
		int end = start + (next.isExtraTime() ? EXTRA_MINUTES * 60 : regular);
		MatchClock begun = this.clock.begin(at, start, end, end + OVERRUN).note(at, report.clock());
		return new Soccer(this.fixture, Status.LIVE, next, begun, null, this.score, null, this.goals, this.bookings,
				this.substitutions, null);
	}

	private Half next() {
		return switch (this.period) {
			case PRE -> Half.FIRST;
			case FIRST -> Half.SECOND;
			case SECOND -> this.fixture.extraTime() ? Half.EXTRA_FIRST : Half.SHOOT_OUT;
			case EXTRA_FIRST -> Half.EXTRA_SECOND;
			case EXTRA_SECOND, SHOOT_OUT -> Half.SHOOT_OUT;
		};
	}

	private Soccer end() {
		requireLive();
		if (this.period == Half.SHOOT_OUT) {
			throw Match.impossible("A shoot-out ends when it is decided");
		}
		boolean goesOn = switch (this.period) {
			case SECOND -> this.score.leader() == null && (this.fixture.extraTime() || this.fixture.shootOut());
			case EXTRA_SECOND -> this.score.leader() == null && this.fixture.shootOut();
			default -> true;
		};
		return goesOn ? with(Status.BREAK, this.clock.stop()) : finish(this.clock.stop(), this.score.leader());
	}

	private Soccer finish(MatchClock clock, @Nullable Side winner) {
		return new Soccer(this.fixture, Status.FINISHED, this.period, clock, this.addedMinutes, this.score, winner,
				this.goals, this.bookings, this.substitutions, this.shootOut);
	}

	private Soccer goal(SoccerEvent.Goal goal) {
		requirePlay("a goal");
		requireOnPitch(goal.scoringSide(), goal.player());
		Scored scored = new Scored(goal.team(), goal.player(), goal.how(), this.period, this.clock.lastEvent());
		return new Soccer(this.fixture, this.status, this.period, this.clock, this.addedMinutes,
				this.score.plus(goal.team(), 1), null, plus(this.goals, scored), this.bookings, this.substitutions,
				null);
	}

	/** A player on the bench can be shown a card, and so can anybody during a break. */
	private Soccer card(SoccerEvent.Card card) {
		requireNotSentOff(card.team(), card.player());
		boolean second = this.bookings.stream().anyMatch((booking) -> booking.of(card.team(), card.player()));
		Sanction sanction = (card.color() == SoccerEvent.Color.RED) ? Sanction.RED
				: second ? Sanction.SECOND_YELLOW : Sanction.YELLOW;
		Booking booking = new Booking(card.team(), card.player(), sanction, this.period, this.clock.lastEvent());
		return new Soccer(this.fixture, this.status, this.period, this.clock, this.addedMinutes, this.score, null,
				this.goals, plus(this.bookings, booking), this.substitutions, this.shootOut);
	}

	private Soccer substitute(SoccerEvent.Substitution substitution) {
		Side side = substitution.team();
		if (this.period == Half.SHOOT_OUT) {
			throw Match.impossible("There are no substitutions in a shoot-out");
		}
		if (substitution.off().equals(substitution.on())) {
			throw Fields.bad("off and on must differ");
		}
		boolean extra = this.period.isExtraTime() || (this.period == Half.SECOND && this.status == Status.BREAK);
		int limit = this.fixture.substitutions() + (extra ? 1 : 0);
		if (changes(side).count() >= limit) {
			throw Match.impossible("substitutions: " + side + " has made all " + limit);
		}
		requireOnPitch(side, substitution.off());
		requireOnPitch(side, substitution.on());
		if (changes(side).anyMatch((change) -> change.on().equals(substitution.on()))) {
			throw Match.impossible("on: " + substitution.on() + " is playing already");
		}
		Change change = new Change(side, substitution.off(), substitution.on(), this.period, this.clock.lastEvent());
		return new Soccer(this.fixture, this.status, this.period, this.clock, this.addedMinutes, this.score, null,
				this.goals, this.bookings, plus(this.substitutions, change), null);
	}

	private Soccer announce(SoccerEvent.AddedTime added) {
		requirePlay("added time");
		return new Soccer(this.fixture, this.status, this.period, this.clock, added.minutes(), this.score, null,
				this.goals, this.bookings, this.substitutions, null);
	}

	private Soccer kick(SoccerEvent.ShootOutKick kick) {
		if (this.shootOut == null) {
			throw Match.impossible("The shoot-out has not begun");
		}
		requireOnPitch(kick.team(), kick.player());
		ShootOut kicked = this.shootOut.plus(kick);
		Side decided = kicked.winner();
		return new Soccer(this.fixture, (decided != null) ? Status.FINISHED : this.status, this.period, this.clock,
				null, this.score, decided, this.goals, this.bookings, this.substitutions, kicked);
	}

	private void requirePlay(String what) {
		requireLive();
		if (this.period == Half.SHOOT_OUT) {
			throw Match.impossible("There is no such thing as " + what + " in a shoot-out");
		}
	}

	private void requireNotSentOff(Side side, String player) {
		if (isSentOff(side, player)) {
			throw Match.impossible("player: " + player + " (" + side + ") has been sent off");
		}
	}

	private void requireOnPitch(Side side, @Nullable String player) {
		if (player == null) {
			return;
		}
		requireNotSentOff(side, player);
		if (changes(side).anyMatch((change) -> change.off().equals(player))) {
			throw Match.impossible("player: " + player + " (" + side + ") has been substituted");
		}
	}

	boolean isSentOff(Side side, String player) {
		return this.bookings.stream()
			.anyMatch((booking) -> booking.of(side, player) && booking.sanction() != Sanction.YELLOW);
	}

	private Stream<Change> changes(Side side) {
		return this.substitutions.stream().filter((change) -> change.team() == side);
	}

	private Soccer with(Status status, MatchClock clock) {
		return new Soccer(this.fixture, status, this.period, clock, this.addedMinutes, this.score, this.winner,
				this.goals, this.bookings, this.substitutions, this.shootOut);
	}

	private static <T> List<T> plus(List<T> list, T element) {
		return Stream.concat(list.stream(), Stream.of(element)).toList();
	}

}
