package dev.carillon.scores;

import java.time.Instant;

import dev.carillon.topic.Refusal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * {@link MatchClock}.
 */
class MatchClockTests {

	private static final Instant NOW = Played.KICK_OFF;

	private final MatchClock running = MatchClock.waiting(1).begin(NOW, 0, 2700, 4500);

	@Test
	void atWhenRunningThenTicks() {
		assertThat(this.running.at(NOW.plusSeconds(90))).isEqualTo(90);
	}

	@Test
	void atWhenRateIsHigherThenTicksFaster() {
		assertThat(MatchClock.waiting(20).begin(NOW, 0, 2700, 4500).at(NOW.plusMillis(1500))).isEqualTo(30);
	}

	@Test
	void atWhenLimitIsReachedThenStays() {
		assertThat(this.running.at(NOW.plusSeconds(100_000))).isEqualTo(4500);
	}

	@Test
	void noteWhenGivenIsAheadThenMovesAhead() {
		MatchClock noted = this.running.note(NOW.plusSeconds(60), 100);
		assertThat(noted.lastEvent()).isEqualTo(100);
		assertThat(noted.at(NOW.plusSeconds(70))).isEqualTo(110);
	}

	@Test
	void noteWhenGivenIsBehindThenKeepsTicking() {
		MatchClock noted = this.running.note(NOW.plusSeconds(60), 50);
		assertThat(noted.lastEvent()).isEqualTo(50);
		assertThat(noted.at(NOW.plusSeconds(70))).isEqualTo(70);
	}

	@Test
	void noteWhenBeforeLastEventThenRefused() {
		MatchClock noted = this.running.note(NOW.plusSeconds(60), 50);
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> noted.note(NOW.plusSeconds(61), 49))
			.withMessageContaining("clock 49 is before 50");
	}

	@Test
	void stopWhenEventWasNotedThenShowsItsTime() {
		MatchClock stopped = this.running.note(NOW.plusSeconds(60), 50).stop();
		assertThat(stopped.running()).isFalse();
		assertThat(stopped.since()).isNull();
		assertThat(stopped.at(NOW.plusSeconds(1000))).isEqualTo(50);
		assertThat(stopped.resume(NOW.plusSeconds(1000)).at(NOW.plusSeconds(1010))).isEqualTo(60);
	}

}
