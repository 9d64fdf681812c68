package dev.carillon.delivery;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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

	@ParameterizedTest
	@EnumSource
	void numberAndReasonWhenSentThenAllowed(CloseCode code) {
		assertThat(code.number()).satisfiesAnyOf(
				(number) -> assertThat(number).isBetween(1000, 1014).isNotIn(1004, 1005, 1006),
				(number) -> assertThat(number).isBetween(4000, 4099));
		assertThat(code.reason().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1, 123);
	}

}
