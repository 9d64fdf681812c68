package dev.carillon.security;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class UserPropertiesTests {

	@Test
	void createWhenPasswordIsNotEncodedThenTheKeyIsNamed() {
		assertThatIllegalArgumentException().isThrownBy(() -> users("alice", "secret"))
			.withMessageContaining("carillon.security.users.alice.password")
			.withMessageNotContaining("secret");
		assertThatIllegalArgumentException().isThrownBy(() -> users("alice", null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "guest-1", "guest-", "a\nb", "a\0", "\r", " ", "" })
	void createWhenNobodyMayHaveSuchANameThenRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> users(name, "{noop}x"))
			.withMessageContaining("carillon.security.users");
	}

	@Test
	void toStringWhenShownThenWithoutThePassword() {
		assertThat(users("alice", "{noop}swordfish").toString()).contains("alice").doesNotContain("swordfish");
	}

	private static UserProperties users(String name, String password) {
		return new UserProperties(Map.of(name, new UserProperties.User(password, Set.of("USER"))));
	}

}
