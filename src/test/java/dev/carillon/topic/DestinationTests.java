package dev.carillon.topic;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DestinationTests {

	@Test
	void ofWhenDotsAndSlashesThenSegments() {
		assertThat(Destination.of("/topic/scores.soccer.42").segments()).containsExactly("topic", "scores", "soccer",
				"42");
	}

	@Test
	void ofWhenDotBeforeTheLastSlashThenItIsPartOfItsSegment() {
		assertThat(Destination.of("/user/ann.lee/queue/chat.direct").segments()).containsExactly("user", "ann.lee",
				"queue", "chat", "direct");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "topic", "topic/x", "/topic/", "//x", "/topic//x", "/topic/x.", "/topic/.x",
			"/topic/a..b", "/../x", "/topic/..", "/topic/a b", "/topic/a\u00a0b", "/topic/a\u2028b", "/topic/a\tb",
			"/topic/a\u0000b", "/topic/a\u007fb", "/topic/*", "/topic/{x}", "/topic/a\\b", "/topic/a#b", "/topic/a?b",
			"/topic/a\"b", "/topic/\ud800", "/topic/\udc00x" })
	void ofWhenNotADestinationThenRefusal(String text) {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> Destination.of(text))
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(Refusal.Code.BAD_VALUE))
			.satisfies((refusal) -> assertThat(refusal.reason()).startsWith("The destination ")
				.doesNotContain("\t", "\u0000", "\ud800 ", "\udc00"));
	}

	@Test
	void ofWhenAtTheLimitThenAcceptedAndAboveItRefused() {
		String longest = "/topic/" + "x".repeat(Destination.MAX_LENGTH - 7);
		assertThat(Destination.of(longest)).hasToString(longest);
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> Destination.of(longest + "x"))
			.withMessageContaining("longer than 255 characters")
			.satisfies((refusal) -> assertThat(refusal.reason()).hasSizeLessThan(120));
	}

	@Test
	void ofWhenLettersOfAnyScriptThenAccepted() {
		assertThat(Destination.of("/topic/chat.\u65e5\u672c\ud83d\ude00"))
			.hasToString("/topic/chat.\u65e5\u672c\ud83d\ude00");
	}

	@Test
	void forUserWhenPlainNameThenAsItIs() {
		assertThat(Destination.forUser("ann.lee@example.com", "/queue/alerts"))
			.hasToString("/user/ann.lee@example.com/queue/alerts");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a/b", "a%b", "a b", "a\u00a0b", "a\u2028b", "*", "{x}", "a\\b", "a#b", "a?b", "a\"b", ".",
			"..", "a\u0000b", "\ud800", "a\n" })
	void forUserWhenNameHasSpecialCharactersThenOneEncodedSegment(String name) {
		Destination destination = Destination.forUser(name, "/queue/alerts");
		assertThat(destination.segments()).hasSize(4).startsWith("user").endsWith("queue", "alerts");
		assertThat(destination.segments().get(1)).contains("%");
	}

	@Test
	void forUserWhenNamesDifferThenDestinationsDiffer() {
		assertThat(Destination.forUser("a%0020b", "/queue/x")).isNotEqualTo(Destination.forUser("a b", "/queue/x"));
		assertThat(Destination.forUser("..", "/queue/x")).isNotEqualTo(Destination.forUser(".", "/queue/x"));
	}

	@Test
	void forUserWhenNameIsEmptyThenRefusal() {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> Destination.forUser("", "/queue/x"));
	}

	@Test
	void isQueueWhenBelowQueueThenTrueOnlyThere() {
		assertThat(Destination.of("/queue/jobs").isQueue()).isTrue();
		assertThat(Destination.of("/topic/queue").isQueue()).isFalse();
		assertThat(Destination.of("/user/ann/queue/alerts").isQueue()).isFalse();
	}

	@Test
	void equalsWhenSameTextThenEqual() {
		assertThat(Destination.of("/topic/a")).isEqualTo(Destination.of("/topic/a"))
			.hasSameHashCodeAs(Destination.of("/topic/a"))
			.isNotEqualTo(Destination.of("/topic/b"))
			.isNotEqualTo("/topic/a");
	}

}
