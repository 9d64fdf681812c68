package dev.carillon.security;

import java.util.Objects;
import java.util.stream.Stream;

import dev.carillon.support.http.Api;
import dev.carillon.support.http.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@ExtendWith(OutputCaptureExtension.class)
class ProfilesIntegrationTests {

	@ParameterizedTest
	@CsvSource({ "server.address=0.0.0.0, server.address", "server.address=::, server.address",
			"server.address=192.0.2.1, server.address", "management.server.port=0, management.server.address",
			"'management.server.port=0,management.server.address=0.0.0.0', management.server.address" })
	void startWhenDemoUsersCouldBeReachedFromANetworkThenStops(String properties, String key) {
		assertThatException().isThrownBy(() -> Service.demo(properties.split(",")).close())
			.havingRootCause()
			.withMessageContaining(
					"The demo profile has users with well-known passwords, so " + key + " must be a loopback address");
	}

	@Test
	void startWhenDemoThenOnLoopbackWithItsUsers(CapturedOutput output) {
		try (Service demo = Service.demo()) {
			assertThat(demo.api("alice").get("/api/session").text("user")).isEqualTo("alice");
			assertThat(demo.api().get("/api/session").json().path("demo").asBoolean()).isTrue();
			assertThat(output).doesNotContain("There are no users");
		}
	}

	@Test
	void startWhenAnotherProfileThenNoUsersAndSaysSo(CapturedOutput output) {
		try (Service production = Service.start("production", "server.address=127.0.0.1")) {
			assertThat(output).contains("There are no users and no issuer of tokens")
				.doesNotContain("Using generated security password");
			production.api("alice").get("/api/session").isProblem(401, "login-failed");
			production.authorized(Api.basic("user", "user")).get("/api/session").isProblem(401, "login-failed");
			production.authorized("Bearer x.y.z").get("/api/session").isProblem(401, "login-failed");
			Api.Answer guest = production.api().get("/api/session");
			assertThat(guest.json().path("guest").asBoolean()).isTrue();
			assertThat(guest.json().path("demo").isBoolean()).isTrue();
			assertThat(guest.json().path("demo").asBoolean()).isFalse();
		}
	}

	@ParameterizedTest
	@CsvSource({ "carillon.security.users.eve.password=secret, carillon.security.users.eve.password",
			"carillon.topics.odd.pattern=/topic/odd.{a}.**.b, carillon.topics.odd.pattern",
			"carillon.topics.h-open.subscribe=everybody, carillon.topics.h-open.subscribe",
			"carillon.topics.h-open.send=user:{name}, carillon.topics.h-open.send",
			"carillon.topics.h-open.send=rule:none, carillon.topics.h-open.send",
			"carillon.topics.twin.pattern=/topic/short.{other}, carillon.topics.twin.pattern",
			"carillon.limits.headers=1, carillon.limits.headers", "carillon.http.max-wait=0s, carillon.http.max-wait",
			"carillon.http.body-size=1B, carillon.http.body-size" })
	void startWhenConfigurationIsWrongThenStopsAndNamesTheKey(String property, String key) {
		assertThatException().isThrownBy(() -> Service.demo(property).close())
			.satisfies((failure) -> assertThat(chain(failure))
				.anyMatch((cause) -> cause.contains(key + " ") || cause.contains(key + ":") || cause.endsWith(key)));
	}

	private static Stream<String> chain(Throwable failure) {
		return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
			.map((cause) -> String.valueOf(cause.getMessage()));
	}

}
