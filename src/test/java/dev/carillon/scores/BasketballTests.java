package dev.carillon.scores;

import dev.carillon.topic.Refusal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The rules of {@link Basketball}.
 */
class BasketballTests {

	private final Played played = Played.match(Played.basketball());

	@Test
	void afterWhenBasketsThenPointsPerPeriodAddUp() {
		Basketball match = this.played.start()
			.then(basket(Side.HOME, 3), basket(Side.AWAY, 2))
			.end()
			.start()
			.then(basket(Side.HOME, 1))
			.asBasketball();
		assertThat(match.score()).isEqualTo(new Tally(4, 2));
		assertThat(match.periods()).containsExactly(new Tally(3, 2), new Tally(1, 0));
		assertThat(match.period().text()).isEqualTo("q2");
	}

	@Test
	void afterWhenNotLiveThenNothingHappens() {
		assertRefused(() -> this.played.then(basket(Side.HOME, 2)), "has not begun");
		this.played.start().end();
		assertRefused(() -> this.played.then(basket(Side.HOME, 2)), "next one has not begun");
	}

	@Test
	void basketWhenFourPointsThenRefused() {
		assertRefused(() -> basket(Side.HOME, 4), "points must be 1 to 3");
	}

	@Test
	void afterWhenFifthFoulThenOut() {
		this.played.start();
		for (int i = 0; i < 5; i++) {
			this.played.then(foul("Ada", BasketballEvent.Severity.PERSONAL));
		}
		assertThat(this.played.asBasketball().fouls())
			.containsExactly(new Basketball.Fouls(Side.HOME, "Ada", 5, 0, true));
		assertRefused(() -> this.played.then(new BasketballEvent.Basket(Side.HOME, "Ada", 2)), "out of the match");
		assertRefused(() -> this.played.then(foul("Ada", BasketballEvent.Severity.PERSONAL)), "out of the match");
		this.played.then(new BasketballEvent.Basket(Side.AWAY, "Ada", 2));
	}

	@Test
	void afterWhenSecondTechnicalOrDisqualifyingFoulThenOut() {
		this.played.start()
			.then(foul("Ada", BasketballEvent.Severity.TECHNICAL), foul("Ada", BasketballEvent.Severity.TECHNICAL),
					foul("Bob", BasketballEvent.Severity.DISQUALIFYING));
		assertThat(this.played.asBasketball().fouls()).allMatch(Basketball.Fouls::out);
	}

	@Test
	void afterWhenFifthTeamFoulThenInPenaltyUntilQuarterEnds() {
		this.played.start();
		for (int i = 0; i < 4; i++) {
			this.played.then(foul("P" + i, BasketballEvent.Severity.PERSONAL));
		}
		assertThat(this.played.asBasketball().homeInPenalty()).isFalse();
		this.played.then(foul("P4", BasketballEvent.Severity.PERSONAL));
		assertThat(this.played.asBasketball().homeInPenalty()).isTrue();
		assertThat(this.played.asBasketball().awayInPenalty()).isFalse();
		assertThat(this.played.end().start().asBasketball().teamFouls()).isEqualTo(Tally.ZERO);
	}

	@Test
	void afterWhenTimeoutThenClockStopsAndCountsDown() {
		this.played.start().at(100, new BasketballEvent.Timeout(Side.HOME));
		assertThat(this.played.asBasketball().clock().running()).isFalse();
		assertThat(this.played.asBasketball().clock().at(this.played.now().plusSeconds(60))).isEqualTo(100);
		this.played.then(new BasketballEvent.ClockStart(), new BasketballEvent.Timeout(Side.HOME));
		assertThat(this.played.asBasketball().timeouts()).isEqualTo(new Tally(0, 2));
		assertRefused(() -> this.played.then(new BasketballEvent.Timeout(Side.HOME)), "no time-out left");
		assertThat(this.played.end().start().end().start().asBasketball().timeouts()).isEqualTo(new Tally(3, 3));
	}

	@Test
	void afterWhenClockIsStoppedOrStartedTwiceThenRefused() {
		this.played.start();
		assertRefused(() -> this.played.then(new BasketballEvent.ClockStart()), "running already");
		this.played.then(new BasketballEvent.ClockStop());
		assertRefused(() -> this.played.then(new BasketballEvent.ClockStop()), "stopped already");
	}

	@Test
	void afterWhenClockAboveLengthOfQuarterThenRefused() {
		this.played.start();
		assertRefused(() -> this.played.at(601, basket(Side.HOME, 2)), "above 600");
	}

	@Test
	void afterWhenLevelAfterFourthQuarterThenOvertimesUntilDecided() {
		this.played.start().end().start().end().start().end().start().end();
		assertThat(this.played.asBasketball().status()).isEqualTo(Status.BREAK);
		this.played.start();
		assertThat(this.played.asBasketball().period().text()).isEqualTo("ot1");
		assertThat(this.played.asBasketball().clock().end()).isEqualTo(300);
		this.played.end().start().then(basket(Side.AWAY, 1)).end();
		assertThat(this.played.asBasketball().status()).isEqualTo(Status.FINISHED);
		assertThat(this.played.asBasketball().winner()).isEqualTo(Side.AWAY);
		assertThat(this.played.asBasketball().period().text()).isEqualTo("ot2");
		assertRefused(this.played::start, "finished");
	}

	private static BasketballEvent basket(Side team, int points) {
		return new BasketballEvent.Basket(team, null, points);
	}

	private static BasketballEvent foul(String player, BasketballEvent.Severity severity) {
		return new BasketballEvent.Foul(Side.HOME, player, severity);
	}

	private static void assertRefused(Runnable action, String why) {
		assertThatExceptionOfType(Refusal.class).isThrownBy(action::run).withMessageContaining(why);
	}

}
