package dev.carillon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import dev.carillon.delivery.CloseCode;
import org.junit.jupiter.api.Test;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

class PlainPageTests {

	private static final Pattern CODE = Pattern.compile("\\[(\\d+), '([^']*)', '([a-z]+)'\\]");

	@Test
	void closeCodesWhenReadFromThePageThenAreThoseOfTheService() throws IOException {
		assertThat(codesOfThePage()).containsExactlyElementsOf(Arrays.stream(CloseCode.values())
			.map((code) -> List.of(String.valueOf(code.number()), code.reason(),
					code.reconnect().name().toLowerCase(Locale.ROOT)))
			.toList());
	}

	@Test
	void delayWhenReadFromThePageThenIsThatOfTheService() throws IOException {
		assertThat(read("close-codes.js")).contains("LATER_MILLIS = " + CloseCode.DELAY.toMillis() + ";");
	}

	private static List<List<String>> codesOfThePage() throws IOException {
		String script = read("close-codes.js");
		String list = script.substring(script.indexOf("const SERVICE = ["), script.indexOf("];"));
		return CODE.matcher(list)
			.results()
			.map((match) -> List.of(match.group(1), match.group(2), match.group(3)))
			.toList();
	}

	private static String read(String module) throws IOException {
		return new ClassPathResource("static/plain/" + module).getContentAsString(StandardCharsets.UTF_8);
	}

}
