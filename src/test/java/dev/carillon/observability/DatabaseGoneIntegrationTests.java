package dev.carillon.observability;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;

import dev.carillon.support.AsyncStomp;
import dev.carillon.support.DatabaseServer;
import dev.carillon.support.Http;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The database as a server of its own, which goes away and comes back.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "carillon.scores.simulator.enabled=false")
@DirtiesContext
class DatabaseGoneIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@TempDir
	private static Path directory;

	private static DatabaseServer database;

	@LocalServerPort
	private int port;

	private AsyncStomp alice;

	@DynamicPropertySource
	static void database(DynamicPropertyRegistry registry) {
		database = new DatabaseServer(directory);
		registry.add("spring.datasource.url", database::url);
	}

	@AfterAll
	static void stopDatabase() {
		database.close();
	}

	@BeforeEach
	void connect() {
		this.alice = AsyncStomp.user(this.port, "alice");
	}

	@AfterEach
	void disconnect() {
		this.alice.close();
	}

	@Test
	void sendWhenDatabaseIsGoneThenRefusedAndLiveTopicsGoOnAndItHeals() {
		this.alice.subscribe("quotes", "/topic/stocks.*");
		assertThat(send("before")).isEqualTo("accepted");
		assertThat(health("")).isEqualTo("200 UP");
		assertThat(db()).isEqualTo("UP");

		database.close();
		await().atMost(PATIENCE).until(() -> send("lost"), "unavailable"::equals);
		assertThat(new Http(this.port, null).get("/api/rooms/general/messages").status()).isEqualTo(503);
		int quotes = this.alice.messages().size();
		await().atMost(PATIENCE).until(() -> this.alice.messages().size() > quotes + 20);
		assertThat(health("")).isEqualTo("503 DOWN");
		assertThat(db()).isEqualTo("DOWN");
		assertThat(health("/readiness")).isEqualTo("200 UP");
		assertThat(health("/liveness")).isEqualTo("200 UP");

		database.comeBack();
		await().atMost(PATIENCE).until(() -> send("after"), "accepted"::equals);
		await().atMost(PATIENCE).until(() -> health(""), "200 UP"::equals);
		assertThat(new Http(this.port, null).get("/api/rooms/general/messages")
			.json()
			.at("/messages")
			.valueStream()
			.map((message) -> message.get("text").asString())).containsExactly("before", "after");
	}

	private String send(String text) {
		try {
			this.alice
				.send("/app/chat.general.send", "{\"text\":\"" + text + "\"}", "content-type:application/json",
						"message-key:" + text)
				.join();
			return "accepted";
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof AsyncStomp.Refused refused) {
				return refused.code();
			}
			throw ex;
		}
	}

	private String health(String group) {
		Http.Answer answer = new Http(this.port, null).get("/actuator/health" + group);
		return answer.status() + " " + answer.json().get("status").asString();
	}

	private String db() {
		return new Http(this.port, "operator").get("/actuator/health").json().at("/components/db/status").asString();
	}

}
