package dev.carillon.chat;

import dev.carillon.topic.Refusal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class SlowModeTests {

	private final SlowMode slowMode = new SlowMode(() -> 0);

	@Test
	void admitWhenTooEarlyThenSaysHowLongToWait() {
		this.slowMode.admit(post("general", "ann", 30), 1_000);
		this.slowMode.commit();
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.slowMode.admit(post("general", "ann", 30), 11_500))
			.withMessageContaining("30 s")
			.withMessageContaining("wait 20 s")
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(Refusal.Code.RATE_LIMITED));
	}

	@Test
	void admitWhenTwiceBeforeCommitThenRefusesTheSecond() {
		this.slowMode.admit(post("general", "ann", 30), 1_000);
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.slowMode.admit(post("general", "ann", 30), 1_000));
	}

	@Test
	void admitWhenWaitIsOverOrAnotherRoomOrUserThenAdmits() {
		this.slowMode.admit(post("general", "ann", 30), 1_000);
		this.slowMode.commit();
		assertThatNoException().isThrownBy(() -> {
			this.slowMode.admit(post("general", "ann", 30), 31_000);
			this.slowMode.admit(post("general", "bob", 30), 1_000);
			this.slowMode.admit(post("random", "ann", 30), 1_000);
		});
	}

	@Test
	void admitWhenRoomIsNotSlowThenAdmitsEverything() {
		assertThatNoException().isThrownBy(() -> {
			this.slowMode.admit(post("general", "ann", 0), 1_000);
			this.slowMode.admit(post("general", "ann", 0), 1_000);
		});
	}

	@Test
	void rollbackWhenMessageWasNotStoredThenItDoesNotCount() {
		this.slowMode.admit(post("general", "ann", 30), 1_000);
		this.slowMode.rollback();
		assertThatNoException().isThrownBy(() -> this.slowMode.admit(post("general", "ann", 30), 1_000));
	}

	private static Change.Post post(String room, String user, int seconds) {
		return new Change.Post(room, user, "hello", null, null, seconds);
	}

}
