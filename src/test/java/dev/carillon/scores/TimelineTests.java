package dev.carillon.scores;

import dev.carillon.topic.Refusal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Corrections: {@link Timeline} with events withdrawn.
 */
class TimelineTests {

	private static final SoccerEvent GOAL = new SoccerEvent.Goal(Side.HOME, "Ada", null);

	private static final SoccerEvent YELLOW = new SoccerEvent.Card(Side.HOME, "Ada", SoccerEvent.Color.YELLOW);

	private final Played played = Played.match(Played.soccer()).start();

	@Test
	void plusWhenEventIsWithdrawnThenStateIsAsIfItHadNotHappened() {
		Match before = this.played.then(GOAL).timeline().match();
		this.played.then(GOAL).withdraw(3);
		assertThat(this.played.timeline().match()).isEqualTo(before);
		assertThat(this.played.timeline().entries()).extracting(TimelineEntry::withdrawn)
			.containsExactly(false, false, true);
		assertThat(this.played.timeline().nextNumber()).isEqualTo(5);
	}

	@Test
	void plusWhenFirstYellowIsWithdrawnThenSecondOneIsTheFirst() {
		this.played.then(YELLOW, YELLOW).withdraw(2).then(GOAL);
		assertThat(this.played.asSoccer().bookings()).extracting(Soccer.Booking::sanction)
			.containsExactly(Soccer.Sanction.YELLOW);
		assertThat(this.played.asSoccer().score().home()).isOne();
	}

	@Test
	void plusWhenLaterEventNeedsTheEventThenWithdrawalIsRefused() {
		this.played.then(GOAL);
		Timeline before = this.played.timeline();
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.played.withdraw(1))
			.withMessageContaining("Event 1 cannot be withdrawn, because event 2 would be impossible without it")
			.withMessageContaining("has not begun");
		assertThat(this.played.timeline()).isSameAs(before);
	}

	@Test
	void plusWhenFinalWhistleIsWithdrawnThenPlayGoesOn() {
		this.played.end().start().end();
		assertThat(this.played.asSoccer().status()).isEqualTo(Status.FINISHED);
		this.played.withdraw(4).then(GOAL);
		assertThat(this.played.asSoccer().status()).isEqualTo(Status.LIVE);
		assertThat(this.played.asSoccer().score().home()).isOne();
	}

	@Test
	void plusWhenWithdrawnTwiceThenRefused() {
		this.played.then(GOAL).withdraw(2);
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.played.withdraw(2))
			.withMessageContaining("withdrawn already");
	}

	@Test
	void plusWhenNumberIsAWithdrawalOrUnknownThenRefused() {
		this.played.then(GOAL).withdraw(2);
		for (int number : new int[] { 0, 3, 99, -1 }) {
			assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.played.withdraw(number))
				.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(Refusal.Code.NOT_FOUND));
		}
	}

	@Test
	void recentWhenMoreThanAskedThenNewestFirst() {
		this.played.then(GOAL, GOAL, GOAL);
		assertThat(this.played.timeline().recent(2)).extracting(TimelineEntry::number).containsExactly(4, 3);
	}

}
