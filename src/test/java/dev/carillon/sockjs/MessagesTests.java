package dev.carillon.sockjs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MessagesTests {

	private final Messages messages = new Messages(10);

	private List<String> read(InputStream body) throws IOException {
		List<String> read = new ArrayList<>();
		this.messages.read(body, (message) -> read.add(new String(message, StandardCharsets.UTF_8)));
		return read;
	}

	private static InputStream body(String text) {
		return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void readWhenArrayThenEachStringIsAMessage() throws IOException {
		assertThat(read(body("[\"a\", \"\\u00fc\\n\", \"\"]"))).containsExactly("a", "ü\n", "");
		assertThat(read(body("[]"))).isEmpty();
	}

	@Test
	void readWhenSingleStringThenIsOneMessage() throws IOException {
		assertThat(read(body("\"a\""))).containsExactly("a");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  ", "{}", "12" })
	void readWhenNoArrayThenExpectsPayload(String text) {
		assertThatExceptionOfType(Messages.Malformed.class).isThrownBy(() -> read(body(text)))
			.withMessage("Payload expected.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[\"x", "[\"x\"", "[\"x\" \"y\"]", "[1]", "[[\"x\"]]", "[null]", "['x']", "nonsense" })
	void readWhenNotStringsThenIsBroken(String text) {
		assertThatExceptionOfType(Messages.Malformed.class).isThrownBy(() -> read(body(text)))
			.withMessage("Broken JSON encoding.");
	}

	@Test
	void readWhenMessageIsLongerThanAllowedThenIsTooLong() {
		assertThatExceptionOfType(Messages.TooLong.class)
			.isThrownBy(() -> read(body("[\"" + "x".repeat(100_000) + "\"]")));
	}

	@ParameterizedTest
	@CsvSource({ "d=%5B%22a+b%22%5D, a b", "d=%5B%22%C3%BC%26%3D%22%5D&x=y, ü&=" })
	void readWhenFormFieldThenUnescapes(String form, String message) throws IOException {
		assertThat(read(new FormField(body(form), "d"))).containsExactly(message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "d=", "", "d", "data=%5B%22a%22%5D", "x=y&d=%5B%22a%22%5D" })
	void readWhenFormHasNoSuchFieldFirstThenExpectsPayload(String form) {
		assertThatExceptionOfType(Messages.Malformed.class).isThrownBy(() -> read(new FormField(body(form), "d")))
			.withMessage("Payload expected.");
	}

	@Test
	void readWhenFormIsBrokenThenSaysSo() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(new FormField(body("d=%5B%2"), "d")));
	}

}
