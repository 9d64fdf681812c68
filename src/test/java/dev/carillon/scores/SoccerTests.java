package dev.carillon.scores;

import dev.carillon.scores.Period.Half;
import dev.carillon.topic.Refusal;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The rules of {@link Soccer}.
 */
class SoccerTests {

	private final Played league = Played.match(Played.soccer());

	private final Played cup = Played.match(Played.cup());

	@Test
	void afterWhenKickedOffThenFirstHalfIsLive() {
		Soccer match = this.league.start().asSoccer();
		assertThat(match.status()).isEqualTo(Status.LIVE);
		assertThat(match.period()).isEqualTo(Half.FIRST);
		assertThat(match.clock().running()).isTrue();
		assertThat(match.clock().periodStartedAt()).isEqualTo(this.league.now());
	}

	@Test
	void afterWhenGoalsThenScoreAndScorersAreKept() {
		Soccer match = this.league.start()
			.at(300, goal(Side.HOME, "Ada"))
			.at(900, new SoccerEvent.Goal(Side.AWAY, "Bob", SoccerEvent.How.OWN_GOAL))
			.asSoccer();
		assertThat(match.score()).isEqualTo(new Tally(1, 1));
		assertThat(match.goals()).containsExactly(
				new Soccer.Scored(Side.HOME, "Ada", SoccerEvent.How.OPEN_PLAY, Half.FIRST, 300),
				new Soccer.Scored(Side.AWAY, "Bob", SoccerEvent.How.OWN_GOAL, Half.FIRST, 900));
	}

	@Test
	void afterWhenGoalBeforeKickOffThenRefused() {
		assertImpossible(() -> this.league.then(goal(Side.HOME, null))).hasMessageContaining("has not begun");
	}

	@Test
	void afterWhenGoalAtHalfTimeThenRefused() {
		this.league.start().end();
		assertImpossible(() -> this.league.then(goal(Side.HOME, null))).hasMessageContaining("next one has not begun");
	}

	@Test
	void afterWhenGoalAfterFullTimeThenRefused() {
		this.league.start().end().start().end();
		assertThat(this.league.asSoccer().status()).isEqualTo(Status.FINISHED);
		assertImpossible(() -> this.league.then(goal(Side.HOME, null))).hasMessageContaining("finished");
	}

	@Test
	void afterWhenLeagueMatchIsDrawnThenFinishedWithoutWinner() {
		Soccer match = this.league.start().end().start().end().asSoccer();
		assertThat(match.winner()).isNull();
	}

	@Test
	void afterWhenOneSideLeadsThenItWins() {
		Soccer match = this.cup.start().then(goal(Side.AWAY, null)).end().start().end().asSoccer();
		assertThat(match.status()).isEqualTo(Status.FINISHED);
		assertThat(match.winner()).isEqualTo(Side.AWAY);
	}

	@Test
	void afterWhenSecondYellowThenSentOff() {
		Soccer match = this.league.start().then(yellow("Ada"), yellow("Bob"), yellow("Ada")).asSoccer();
		assertThat(match.bookings()).extracting(Soccer.Booking::sanction)
			.containsExactly(Soccer.Sanction.YELLOW, Soccer.Sanction.YELLOW, Soccer.Sanction.SECOND_YELLOW);
		assertImpossible(() -> this.league.then(goal(Side.HOME, "Ada"))).hasMessageContaining("sent off");
		assertImpossible(() -> this.league.then(yellow("Ada"))).hasMessageContaining("sent off");
		assertImpossible(() -> this.league.then(new SoccerEvent.Substitution(Side.HOME, "Ada", "Cleo")))
			.hasMessageContaining("sent off");
	}

	@Test
	void afterWhenSentOffThenNamesakeOfOtherSidePlaysOn() {
		this.league.start().then(new SoccerEvent.Card(Side.HOME, "Ada", SoccerEvent.Color.RED));
		assertThat(this.league.then(goal(Side.AWAY, "Ada")).asSoccer().score()).isEqualTo(new Tally(0, 1));
	}

	@Test
	void afterWhenOwnGoalThenScorerOfOtherSideMustBeOnPitch() {
		this.league.start().then(new SoccerEvent.Card(Side.HOME, "Ada", SoccerEvent.Color.RED));
		assertImpossible(() -> this.league.then(new SoccerEvent.Goal(Side.AWAY, "Ada", SoccerEvent.How.OWN_GOAL)))
			.hasMessageContaining("(home) has been sent off");
	}

	@Test
	void afterWhenSubstitutedThenPlayerIsOut() {
		this.league.start().then(change("Ada", "Bob"));
		assertImpossible(() -> this.league.then(goal(Side.HOME, "Ada"))).hasMessageContaining("substituted");
		assertImpossible(() -> this.league.then(change("Cleo", "Ada"))).hasMessageContaining("substituted");
		assertImpossible(() -> this.league.then(change("Cleo", "Bob"))).hasMessageContaining("playing already");
		assertThat(this.league.then(goal(Side.HOME, "Bob")).asSoccer().score().home()).isOne();
	}

	@Test
	void afterWhenSubstitutionsAreUsedUpThenOneMoreOnlyInExtraTime() {
		this.cup.start();
		for (int i = 0; i < 5; i++) {
			this.cup.then(change("Out" + i, "In" + i));
		}
		assertImpossible(() -> this.cup.then(change("Out5", "In5"))).hasMessageContaining("all 5");
		this.cup.end().start().end().start().then(change("Out5", "In5"));
		assertImpossible(() -> this.cup.then(change("Out6", "In6"))).hasMessageContaining("all 6");
	}

	@Test
	void afterWhenClockRunsBackwardsThenRefused() {
		this.league.start().at(600, goal(Side.HOME, null));
		assertImpossible(() -> this.league.at(599, goal(Side.HOME, null))).hasMessageContaining("backwards");
		assertThat(this.league.asSoccer().score()).isEqualTo(new Tally(1, 0));
	}

	@Test
	void afterWhenSecondHalfBeginsThenClockBeginsAt45() {
		MatchClock clock = this.league.start().at(2830, new MatchEvent.PeriodEnd()).start().asSoccer().clock();
		assertThat(clock.seconds()).isEqualTo(2700);
		assertThat(clock.end()).isEqualTo(5400);
	}

	@Test
	void afterWhenAddedTimeIsAnnouncedThenStateShowsItUntilNextHalf() {
		this.league.start().then(new SoccerEvent.AddedTime(3));
		assertThat(this.league.asSoccer().addedMinutes()).isEqualTo(3);
		assertThat(this.league.end().start().asSoccer().addedMinutes()).isNull();
	}

	@Test
	void afterWhenPeriodStartsTwiceThenRefused() {
		this.league.start();
		assertImpossible(this.league::start).hasMessageContaining("first-half has not ended");
	}

	@Test
	void afterWhenPeriodEndsTwiceThenRefused() {
		this.league.start().end();
		assertImpossible(this.league::end);
	}

	@Test
	void afterWhenCupMatchIsDrawnThenExtraTimeThenShootOut() {
		this.cup.start().end().start().end();
		assertThat(this.cup.asSoccer().status()).isEqualTo(Status.BREAK);
		assertThat(this.cup.start().asSoccer().period()).isEqualTo(Half.EXTRA_FIRST);
		assertThat(this.cup.asSoccer().clock().seconds()).isEqualTo(5400);
		this.cup.end().start().end().start();
		assertThat(this.cup.asSoccer().period()).isEqualTo(Half.SHOOT_OUT);
		assertImpossible(() -> this.cup.then(goal(Side.HOME, null))).hasMessageContaining("shoot-out");
		assertImpossible(this.cup::end).hasMessageContaining("decided");
	}

	@Test
	void afterWhenShootOutCannotBeCaughtThenFinished() {
		shootOut();
		this.cup.then(kick(Side.HOME, true), kick(Side.AWAY, false), kick(Side.HOME, true), kick(Side.AWAY, false),
				kick(Side.HOME, true));
		assertThat(this.cup.asSoccer().status()).isEqualTo(Status.LIVE);
		Soccer match = this.cup.then(kick(Side.AWAY, false)).asSoccer();
		assertThat(match.status()).isEqualTo(Status.FINISHED);
		assertThat(match.winner()).isEqualTo(Side.HOME);
		assertThat(match.score()).isEqualTo(Tally.ZERO);
	}

	@Test
	void afterWhenShootOutIsLevelAfterFiveThenGoesOnUntilTheyDiffer() {
		shootOut();
		for (int i = 0; i < 6; i++) {
			this.cup.then(kick(Side.AWAY, true), kick(Side.HOME, true));
		}
		assertThat(this.cup.asSoccer().status()).isEqualTo(Status.LIVE);
		this.cup.then(kick(Side.AWAY, true));
		assertThat(this.cup.asSoccer().status()).isEqualTo(Status.LIVE);
		assertThat(this.cup.then(kick(Side.HOME, false)).asSoccer().winner()).isEqualTo(Side.AWAY);
	}

	@Test
	void afterWhenKickOutOfTurnThenRefused() {
		shootOut();
		this.cup.then(kick(Side.HOME, true));
		assertImpossible(() -> this.cup.then(kick(Side.HOME, true))).hasMessageContaining("turn of away");
	}

	@Test
	void afterWhenAbandonedThenOverWithoutWinner() {
		Soccer match = this.league.start().then(goal(Side.HOME, null), new MatchEvent.Abandoned("fog")).asSoccer();
		assertThat(match.status()).isEqualTo(Status.ABANDONED);
		assertThat(match.winner()).isNull();
		assertThat(match.clock().running()).isFalse();
	}

	@Test
	void afterWhenEventOfOtherSportThenRefused() {
		this.league.start();
		assertThatThrownBy(() -> this.league.then(new BasketballEvent.Basket(Side.HOME, null, 3)))
			.isInstanceOf(Refusal.class)
			.hasMessageContaining("not an event of soccer");
	}

	private void shootOut() {
		this.cup.start().end().start().end().start().end().start().end().start();
	}

	private static SoccerEvent goal(Side team, String player) {
		return new SoccerEvent.Goal(team, player, null);
	}

	private static SoccerEvent yellow(String player) {
		return new SoccerEvent.Card(Side.HOME, player, SoccerEvent.Color.YELLOW);
	}

	private static SoccerEvent change(String off, String on) {
		return new SoccerEvent.Substitution(Side.HOME, off, on);
	}

	private static SoccerEvent kick(Side team, boolean scored) {
		return new SoccerEvent.ShootOutKick(team, null, scored);
	}

	private static AbstractThrowableAssert<?, ?> assertImpossible(ThrowingCallable call) {
		return assertThatThrownBy(call).isInstanceOfSatisfying(Refusal.class,
				(refusal) -> assertThat(refusal.code()).isEqualTo(Refusal.Code.CONFLICT));
	}

}
