package dev.carillon.security;

import java.security.Principal;

import dev.carillon.topic.Destination;
import dev.carillon.topic.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UserDestinationsTests {

	@ParameterizedTest
	@CsvSource({ "alice, /user/queue/x, /user/alice/queue/x", "alice, /topic/a, /topic/a",
			"alice, /user/bob/queue/x, /user/bob/queue/x", "a b, /user/queue/x, /user/a%0020b/queue/x",
			"queue, /user/queue/x, /user/queue/queue/x", "../bob, /user/queue/x, /user/..%002fbob/queue/x",
			"*, /user/queue/x, /user/%002a/queue/x", "'a\nb', /user/queue/x, /user/a%000ab/queue/x",
			".., /user/queue/x, /user/%002e%002e/queue/x" })
	void resolveWhenOwnThenTheUsersName(String name, String destination, String resolved) {
		assertThat(UserDestinations.resolve(destination, named(name))).hasToString(resolved);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/user/queue", "/user/queue/", "/user//queue/x", "/user/queue/*", "/user/queue/a\nb" })
	void resolveWhenNotADestinationThenRefused(String destination) {
		if (destination.equals("/user/queue")) {
			assertThat(UserDestinations.resolve(destination, named("alice"))).hasToString(destination);
		}
		else {
			assertThatExceptionOfType(Refusal.class)
				.isThrownBy(() -> UserDestinations.resolve(destination, named("alice")));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "alice", "a b", "a/b", "100%", "queue", "*", "..", "\u00e9\ud83d\ude00", "a\r\nb", "{x}" })
	void resolveWhenOwnThenNobodyElses(String name) {
		Destination own = UserDestinations.resolve("/user/queue/x.y", named(name));
		assertThat(own).isEqualTo(Destination.forUser(name, "/queue/x.y"))
			.isNotEqualTo(UserDestinations.resolve("/user/queue/x.y", named("somebody")));
		assertThat(own.toString()).doesNotContain("\r", "\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "alice", "a b", "a/b", "100%", "queue", "*", "..", "\u00e9\ud83d\ude00", "{x}" })
	void ofTemplateWhenNamedAsTheTemplateDoesThenTheSameAsTheUsersOwn(String name) {
		// SimpMessagingTemplate.convertAndSendToUser replaces slashes in the name.
		String written = "/user/" + name.replace("/", "%2F") + "/queue/x";
		assertThat(UserDestinations.ofTemplate(written))
			.isEqualTo(UserDestinations.resolve("/user/queue/x", named(name)));
	}

	@Test
	void ofTemplateWhenNoUserThenAsItIs() {
		assertThat(UserDestinations.ofTemplate("/topic/a")).hasToString("/topic/a");
	}

	private static Principal named(String name) {
		return () -> name;
	}

}
