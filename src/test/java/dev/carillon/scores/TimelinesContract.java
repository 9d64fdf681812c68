package dev.carillon.scores;

import java.time.Instant;
import java.util.List;

import dev.carillon.topic.Refusal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What each {@link Timelines} promises.
 */
abstract class TimelinesContract {

	private static final Instant AT = Instant.parse("2026-05-30T18:00:00.123Z");

	private static final Author SAM = new Author("sam", null);

	private static final String NAMES = "Łukasz \"the wall\" \uD83C\uDFC6";

	abstract Timelines timelines();

	@Test
	void allWhenStoredThenEqual() {
		Opened opened = opened("a", SAM);
		List<Step> steps = List.of(goal(1, SAM), new Step.Withdrawn(2, AT.plusMillis(1), new Author("kim", "k"), 1),
				goal(3, new Author("sam", "k")));
		assertThat(timelines().open(opened)).isTrue();
		steps.forEach((step) -> assertThat(timelines().append("a", step)).isTrue());
		assertThat(timelines().all()).containsExactly(new Timelines.Stored(opened, steps));
		assertThat(timelines().steps("a")).isEqualTo(steps);
	}

	@Test
	void allWhenThereAreSeveralThenOldestFirstEachWithItsSteps() {
		timelines().open(new Opened("new", Played.tennis(5), SAM, AT.plusSeconds(9)));
		timelines().open(new Opened("old", Played.basketball(), SAM, AT));
		timelines().append("new", goal(1, SAM));
		assertThat(timelines().all()).extracting((stored) -> stored.opened().id() + stored.steps().size())
			.containsExactly("old0", "new1");
	}

	@Test
	void openWhenIdIsTakenThenFalse() {
		timelines().open(opened("a", SAM));
		assertThat(timelines().open(opened("a", SAM))).isFalse();
		assertThat(timelines().open(opened("A", SAM))).isTrue();
	}

	@Test
	void openWhenKeyIsRepeatedByTheSameUserThenFalse() {
		timelines().open(opened("a", new Author("sam", "k")));
		assertThat(timelines().open(opened("b", new Author("sam", "k")))).isFalse();
		assertThat(timelines().open(opened("b", new Author("kim", "k")))).isTrue();
	}

	@Test
	void appendWhenNumberIsTakenThenFalse() {
		timelines().open(opened("a", SAM));
		timelines().append("a", goal(1, SAM));
		assertThat(timelines().append("a", goal(1, new Author("kim", null)))).isFalse();
		assertThat(timelines().steps("a")).containsExactly(goal(1, SAM));
	}

	@Test
	void appendWhenKeyIsRepeatedByTheSameUserThenFalse() {
		timelines().open(opened("a", SAM));
		timelines().open(opened("b", SAM));
		timelines().append("a", goal(1, new Author("sam", "k")));
		assertThat(timelines().append("a", goal(2, new Author("sam", "k")))).isFalse();
		assertThat(timelines().append("a", goal(2, new Author("kim", "k")))).isTrue();
		assertThat(timelines().append("b", goal(1, new Author("sam", "k")))).isTrue();
	}

	@Test
	void appendWhenMatchIsUnknownThenRefused() {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> timelines().append("nope", goal(1, SAM)))
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(Refusal.Code.NOT_FOUND));
		assertThat(timelines().steps("nope")).isEmpty();
	}

	@Test
	void removeWhenKnownThenGoneWithItsSteps() {
		timelines().open(opened("a", SAM));
		timelines().open(opened("b", SAM));
		timelines().append("a", goal(1, SAM));
		timelines().remove("a");
		timelines().remove("nope");
		assertThat(timelines().steps("a")).isEmpty();
		assertThat(timelines().all()).extracting((stored) -> stored.opened().id()).containsExactly("b");
	}

	@Test
	void appendWhenNamesAreLongThenStored() {
		String longest = "\uD83C\uDFC6".repeat(Fields.MAX_NAME);
		timelines().open(opened("a", new Author("u".repeat(255), "k".repeat(128))));
		Step step = new Step.Reported(1, AT, SAM,
				Report.of(new SoccerEvent.Substitution(Side.HOME, longest, "\"".repeat(Fields.MAX_NAME))));
		assertThat(timelines().append("a", step)).isTrue();
		assertThat(timelines().steps("a")).containsExactly(step);
	}

	private static Opened opened(String id, Author by) {
		return new Opened(id, Fixture.OfSoccer.of(NAMES, "Blues", AT, null, 40, true, null, 3), by, AT);
	}

	private static Step goal(int number, Author by) {
		return new Step.Reported(number, AT, by, new Report(300, new SoccerEvent.Goal(Side.AWAY, NAMES, null)));
	}

}
