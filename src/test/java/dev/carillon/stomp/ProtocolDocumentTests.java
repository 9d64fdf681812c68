package dev.carillon.stomp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import dev.carillon.delivery.CloseCode;
import dev.carillon.topic.Refusal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That the tables of {@code docs/protocol.md} say what the code says.
 */
class ProtocolDocumentTests {

	@Test
	void closeCodesWhenInTheDocumentThenThoseOfTheEnum() throws IOException {
		assertThat(rows("## Close codes").map((cells) -> cells.subList(0, 4)))
			.containsExactlyElementsOf(Arrays.stream(CloseCode.values())
				.map((code) -> List.of("`" + code.number() + "`", code.name().toLowerCase(Locale.ROOT), code.reason(),
						code.reconnect().name().toLowerCase(Locale.ROOT)))
				.toList());
	}

	@Test
	void errorCodesWhenInTheDocumentThenThoseOfTheEnum() throws IOException {
		assertThat(rows("## Error codes").map((cells) -> cells.subList(0, 2)))
			.containsExactlyElementsOf(Arrays.stream(Refusal.Code.values())
				.map((code) -> List.of("`" + code.text() + "`",
						"`" + StompConnection.closeCode(new Refusal(code, "")).number() + "`"))
				.toList());
	}

	@Test
	void delayWhenInTheDocumentThenThatOfTheEnum() throws IOException {
		assertThat(Files.readString(Path.of("docs/protocol.md")))
			.contains("wait " + CloseCode.DELAY.toSeconds() + " seconds");
	}

	@Test
	void closeCodesWhenSentThenTheyFitIntoACloseFrame() {
		assertThat(CloseCode.values()).allSatisfy((code) -> {
			assertThat(code.reason().length()).isLessThanOrEqualTo(123);
			assertThat(code.reason()).matches("[\\x20-\\x7e]+");
			assertThat(code.number() < 3000 || (code.number() >= 4000 && code.number() < 4100)).isTrue();
		}).extracting(CloseCode::number).doesNotHaveDuplicates().isSorted();
	}

	/** The rows of the first table after a heading, without its head. */
	private static Stream<List<String>> rows(String heading) throws IOException {
		List<String> lines = Files.readAllLines(Path.of("docs/protocol.md"));
		return lines.stream()
			.skip(lines.indexOf(heading) + 1L)
			.takeWhile((line) -> !line.startsWith("## "))
			.filter((line) -> line.startsWith("|"))
			.skip(2)
			.map((line) -> Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList());
	}

}
