package dev.carillon.security;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SecurityPropertiesTests {

	private static final String ENCODED = "{bcrypt}$2a$10$" + "x".repeat(53);

	@Test
	void createWhenPasswordIsNotEncodedThenTheKeyIsNamed() {
		assertThatIllegalArgumentException().isThrownBy(() -> users("alice", "secret"))
			.withMessageContaining("carillon.security.users.alice.password")
			.withMessageNotContaining("secret");
		assertThatIllegalArgumentException().isThrownBy(() -> users("alice", "{noop}secret"));
		assertThatIllegalArgumentException().isThrownBy(() -> users("alice", null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "guest-1", "guest-", "a\nb", "a\0", "\r", " ", "" })
	void createWhenNobodyMayHaveSuchANameThenRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> users(name, ENCODED))
			.withMessageContaining("carillon.security.users");
	}

	@Test
	void toStringWhenShownThenWithoutThePassword() {
		assertThat(users("alice", ENCODED).toString()).contains("alice").doesNotContain(ENCODED);
	}

	private static SecurityProperties users(String name, @Nullable String password) {
		return new SecurityProperties(Map.of(name, new SecurityProperties.User(password, Set.of("USER"))), List.of(),
				Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(60), "roles");
	}

}
