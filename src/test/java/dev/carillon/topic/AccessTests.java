package dev.carillon.topic;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AccessTests {

	@ParameterizedTest
	@ValueSource(strings = { "anyone", "authenticated", "nobody", "role:SCORER", "user:{name}" })
	void parseWhenWrittenByItselfThenTheSame(String text) {
		assertThat(Access.parse(text)).hasToString(text);
	}

	@Test
	void parseWhenRoleInLowerCaseThenUpperCase() {
		assertThat(Access.parse(" role:scorer ")).isEqualTo(new Access.Role("SCORER"));
	}

	@Test
	void parseWhenUserThenItsVariable() {
		assertThat(Access.parse("user:{name}")).isEqualTo(new Access.User("name"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "everybody", "ANYONE", "role:", "user:name", "user:{}", "user:{name" })
	void parseWhenUnknownThenExceptionSaysWhatIsPossible(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Access.parse(text))
			.withMessageContaining("'" + text + "'")
			.withMessageContaining("anyone, authenticated, role:NAME");
	}

}
