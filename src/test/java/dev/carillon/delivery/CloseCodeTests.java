package dev.carillon.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class CloseCodeTests {

	@Test
	void numberWhenComparedThenUnique() {
		assertThat(Arrays.stream(CloseCode.values()).map(CloseCode::number)).doesNotHaveDuplicates();
		assertThat(Arrays.stream(CloseCode.values()).map(CloseCode::reason)).doesNotHaveDuplicates();
	}

	/**
	 * What clients know is what the service says: the TypeScript client and the document.
	 */
	@Test
	void valuesWhenComparedWithClientAndDocumentThenEqual() throws IOException {
		String source = Files.readString(Path.of("frontend/sdk/src/close-codes.ts"));
		assertThat(Pattern.compile("\\{ code: (\\d+), name: '(\\w+)', reason: '([^']+)', reconnect: '(\\w+)' }")
			.matcher(source)
			.results()
			.map((match) -> String.join("|", match.group(1), match.group(2), match.group(3), match.group(4))))
			.containsExactlyElementsOf(lines());
		assertThat(source).contains("LATER = " + CloseCode.DELAY.toMillis());
		String document = Files.readString(Path.of("docs/protocol.md"));
		assertThat(Pattern.compile("(?m)^\\| `(\\d{4})` \\| (\\w+) \\| ([^|]+) \\| (\\w+) \\|")
			.matcher(document)
			.results()
			.map((match) -> String.join("|", match.group(1), match.group(2), match.group(3), match.group(4))))
			.containsExactlyElementsOf(lines());
	}

	private static List<String> lines() {
		return Arrays.stream(CloseCode.values())
			.map((code) -> String.join("|", Integer.toString(code.number()), code.name().toLowerCase(Locale.ROOT),
					code.reason(), code.reconnect().name().toLowerCase(Locale.ROOT)))
			.toList();
	}

	@ParameterizedTest
	@EnumSource
	void numberAndReasonWhenSentThenAllowed(CloseCode code) {
		assertThat(code.number()).satisfiesAnyOf(
				(number) -> assertThat(number).isBetween(1000, 1014).isNotIn(1004, 1005, 1006),
				(number) -> assertThat(number).isBetween(4000, 4099));
		assertThat(code.reason().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1, 123);
	}

}
