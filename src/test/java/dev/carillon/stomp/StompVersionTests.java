package dev.carillon.stomp;

import java.util.Random;

import dev.carillon.topic.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StompVersionTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			1.2         | V1_2
			1.1         | V1_1
			1.0         | V1_0
			1.0,1.1,1.2 | V1_2
			1.1, 1.0    | V1_1
			2.0,1.1     | V1_1
			""")
	void negotiateWhenSeveralAreAcceptedThenTheNewest(String accepted, StompVersion chosen) {
		assertThat(StompVersion.negotiate(accepted)).isEqualTo(chosen);
	}

	@Test
	void negotiateWhenNothingIsSaidThenTheOldest() {
		assertThat(StompVersion.negotiate(null)).isEqualTo(StompVersion.V1_0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "2.0", "1.3", "1", "1.2.0", "v12.stomp" })
	void negotiateWhenNoneIsKnownThenNull(String accepted) {
		assertThat(StompVersion.negotiate(accepted)).isNull();
	}

	@Test
	void escapeWhenNothingHasAMeaningThenTheSameText() {
		String text = "/topic/\u00e9.\u20ac \t";
		for (StompVersion version : StompVersion.values()) {
			assertThat(version.escape(text)).isSameAs(text);
		}
	}

	@Test
	void escapeWhenCharactersHaveAMeaningThenAsTheVersionSays() {
		String text = "a:b\\c\nd\re\0f";
		assertThat(StompVersion.V1_0.escape(text)).isEqualTo("a:b\\cdef");
		assertThat(StompVersion.V1_1.escape(text)).isEqualTo("a\\cb\\\\c\\ndef");
		assertThat(StompVersion.V1_2.escape(text)).isEqualTo("a\\cb\\\\c\\nd\\ref");
	}

	@ParameterizedTest
	@EnumSource(names = { "V1_1", "V1_2" })
	void unescapeWhenEscapedByItselfThenTheSame(StompVersion version) {
		String alphabet = (version == StompVersion.V1_2) ? "a:\\\n\rcnr" : "a:\\\ncnr";
		for (int seed = 0; seed < 5000; seed++) {
			Random random = new Random(seed);
			StringBuilder text = new StringBuilder();
			for (int i = random.nextInt(12); i > 0; i--) {
				text.append(alphabet.charAt(random.nextInt(alphabet.length())));
			}
			String escaped = version.escape(text.toString());
			assertThat(escaped).as("seed %d", seed).doesNotContain("\n", "\r", ":");
			assertThat(version.unescape(escaped)).as("seed %d", seed).isEqualTo(text.toString());
		}
	}

	@Test
	void unescapeWhenVersionHasNoEscapesThenAsItIs() {
		assertThat(StompVersion.V1_0.unescape("a\\nb\\")).isEqualTo("a\\nb\\");
	}

	@ParameterizedTest
	@CsvSource({ "V1_1, a\\r", "V1_1, \\t", "V1_2, \\x", "V1_2, a\\", "V1_1, a\\", "V1_2, \\:", "V1_2, \\N" })
	void unescapeWhenEscapeIsUnknownThenRefusal(StompVersion version, String text) {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> version.unescape(text))
			.withMessageContaining("STOMP " + version.text())
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(Refusal.Code.BAD_FRAME));
	}

}
