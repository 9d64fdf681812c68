package dev.carillon.stomp;

import dev.carillon.topic.Position;
import dev.carillon.topic.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AckIdTests {

	@ParameterizedTest
	@ValueSource(strings = { "0", "sub-1", "a@b@c", "@", "/topic/a", "\u00e9:\n" })
	void parseWhenWrittenByItselfThenTheSame(String subscription) {
		Position position = new Position(12345, 67);
		assertThat(AckId.parse(AckId.of(position, subscription))).isEqualTo(new AckId(position, subscription));
	}

	@Test
	void parseWhenOnlyAPositionThenNoSubscription() {
		assertThat(AckId.parse("a-1")).isEqualTo(new AckId(new Position(10, 1), ""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "@", "@a", "nothing", "a-@b", "-1@b", "a-1x@b" })
	void parseWhenNotAPositionThenRefusal(String text) {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> AckId.parse(text))
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(Refusal.Code.BAD_VALUE));
	}

}
