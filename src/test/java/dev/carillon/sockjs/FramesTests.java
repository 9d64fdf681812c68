package dev.carillon.sockjs;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.carillon.delivery.Encoded;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class FramesTests {

	private static String messages(String... texts) {
		List<Encoded> frames = java.util.Arrays.stream(texts)
			.map((text) -> new Encoded(text.getBytes(StandardCharsets.UTF_8), false))
			.toList();
		return new String(Frames.messages(frames), StandardCharsets.UTF_8);
	}

	@Test
	void messagesWhenSeveralThenEachIsAString() {
		assertThat(messages("a", "b \"c\" \\", "")).isEqualTo("a[\"a\",\"b \\\"c\\\" \\\\\",\"\"]");
	}

	@Test
	void messagesWhenStompFrameThenEscapesLinesAndNul() {
		assertThat(messages("MESSAGE\nx:y\n\nbody\0")).isEqualTo("a[\"MESSAGE\\nx:y\\n\\nbody\\u0000\"]");
	}

	@Test
	void messagesWhenFragileThenEscapes() {
		assertThat(messages("\u200c\u2028\u206f\ufff0\uffff\ud83d\udd14\u0001"))
			.isEqualTo("a[\"\\u200c\\u2028\\u206f\\ufff0\\uffff\\ud83d\\udd14\\u0001\"]");
	}

	@Test
	void messagesWhenAnyCharacterThenJsonGivesItBack() {
		StringBuilder all = new StringBuilder();
		for (int c = 0; c <= Character.MAX_CODE_POINT; c += (c < 0x11000) ? 1 : 997) {
			if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
				all.appendCodePoint(c);
			}
		}
		String[] read = JsonMapper.shared().readValue(messages(all.toString()).substring(1), String[].class);
		assertThat(read).containsExactly(all.toString());
	}

	@Test
	void messagesWhenNotUtf8ThenIsStillText() {
		byte[] frame = Frames.messages(List.of(new Encoded(new byte[] { 'x', (byte) 0xFF, 'y' }, true)));
		assertThat(new String(frame, StandardCharsets.UTF_8)).isEqualTo("a[\"x\\ufffdy\"]");
	}

	@Test
	void closeThenSaysCodeAndReason() {
		assertThat(new String(Frames.close(3000, "Go \"away\"!"), StandardCharsets.UTF_8))
			.isEqualTo("c[3000,\"Go \\\"away\\\"!\"]");
	}

}
