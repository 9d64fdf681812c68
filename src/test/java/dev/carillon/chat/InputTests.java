package dev.carillon.chat;

import dev.carillon.topic.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InputTests {

	@Test
	void textWhenAsLongAsAllowedInCodePointsThenAccepts() {
		String text = "😀".repeat(Input.MAX_TEXT);
		assertThat(Input.text("text", text)).isEqualTo(text);
	}

	@Test
	void textWhenOneCodePointTooLongThenNamesFieldAndLimit() {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> Input.text("text", "a".repeat(Input.MAX_TEXT + 1)))
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(Refusal.Code.BAD_VALUE))
			.withMessage("text has 4001 characters; at most 4000 are allowed");
	}

	@Test
	void textWhenLinesAndTabsThenAccepts() {
		assertThat(Input.text("text", "a\r\n\tb\n")).isEqualTo("a\n\tb\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\u0000b", "a\rb", "a\u001bb", "a\u0085b", "a\ud800", "\udc00a" })
	void textWhenControlCharacterOrLoneSurrogateThenRefuses(String text) {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> Input.text("text", text))
			.withMessageStartingWith("text has a control character");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\n\t" })
	void textWhenNothingToSeeThenRefuses(String text) {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> Input.text("text", text))
			.withMessage("text must have 1 to 4000 characters");
	}

	@Test
	void textWhenMissingThenRefuses() {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> Input.text("text", null))
			.withMessageContaining("text");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "general", "team-7_b", "0123456789012345678901234567890123456789" })
	void roomWhenNameIsAllowedThenAccepts(String name) {
		assertThat(Input.room(name)).isEqualTo(name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "General", "a.b", "a b", "ä", "01234567890123456789012345678901234567890", "a\n" })
	void roomWhenNameIsNotAllowedThenRefuses(String name) {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> Input.room(name)).withMessageStartingWith("room");
	}

	@ParameterizedTest
	@ValueSource(strings = { "👍", "❤️", "👩‍👩‍👧‍👦", "🏳️‍🌈", "+1", "1️⃣" })
	void emojiWhenSymbolThenAccepts(String emoji) {
		assertThat(Input.emoji(emoji)).isEqualTo(emoji);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "lol", "👍 👍", "👍\n", "👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍" })
	void emojiWhenTextThenRefuses(String emoji) {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> Input.emoji(emoji)).withMessageStartingWith("emoji");
	}

	@Test
	void userWhenControlCharacterThenNamesField() {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> Input.user("to", "a\tb"))
			.withMessageStartingWith("to");
	}

	@Test
	void foldedWhenOnlyCaseAndCompositionDifferThenSame() {
		assertThat(Input.folded("CAFE\u0301")).isEqualTo(Input.folded("café"));
	}

}
