package dev.carillon.security;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.security.authentication.TestingAuthenticationToken;

import static org.assertj.core.api.Assertions.assertThat;

class SignInTests {

	private final SignIn signIn = new SignIn();

	private final TestingAuthenticationToken user = new TestingAuthenticationToken("alice", "");

	private final List<String> told = new ArrayList<>();

	SignInTests() {
		this.user.setDetails(this.signIn);
	}

	@Test
	void endWhenSomebodyWaitsThenToldOnce() {
		SignIn.whenOver(this.user, () -> this.told.add("a"));
		Runnable deaf = SignIn.whenOver(this.user, () -> this.told.add("b"));
		deaf.run();
		deaf.run();
		assertThat(SignIn.isOver(this.user)).isFalse();
		this.signIn.end();
		this.signIn.end();
		assertThat(this.told).containsExactly("a");
		assertThat(SignIn.isOver(this.user)).isTrue();
	}

	@Test
	void whenOverWhenItHasEndedThenToldAtOnce() {
		this.signIn.end();
		SignIn.whenOver(this.user, () -> this.told.add("late")).run();
		assertThat(this.told).containsExactly("late");
	}

	@Test
	void whenOverWhenUserHasNotSignedInThenNothing() {
		Guest guest = new Guest("1");
		SignIn.whenOver(guest, () -> this.told.add("never")).run();
		assertThat(SignIn.of(guest)).isNull();
		assertThat(SignIn.isOver(guest)).isFalse();
		assertThat(this.told).isEmpty();
	}

}
