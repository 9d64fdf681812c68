package dev.carillon.topic;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PositionTests {

	@ParameterizedTest
	@CsvSource({ "1, 0", "35, 1", "1852516352000000000, 123456789012345678", "9223372036854775807, 42" })
	void parseWhenWrittenByItselfThenTheSame(long epoch, long offset) {
		Position position = new Position(epoch, offset);
		assertThat(Position.parse(position.toString())).isEqualTo(position);
	}

	@Test
	void toStringWhenEpochThenBase36() {
		assertThat(new Position(36, 7)).hasToString("10-7");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "-", "a", "a-", "-1", "0-1", "a--1", "a-+1", "+a-1", "A-1", "0a-1", "a-01", "a-b",
			"a-1-2", "a-1 ", "a-\u0661", "zzzzzzzzzzzzz-1", "zzzzzzzzzzzzzz-1", "a-1234567890123456789" })
	void parseWhenNotAPositionThenRefusal(String text) {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> Position.parse(text))
			.withMessageContaining("epoch-offset")
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(Refusal.Code.BAD_VALUE));
	}

	@Test
	void createWhenImpossibleThenException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Position(0, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> new Position(1, -1));
	}

}
