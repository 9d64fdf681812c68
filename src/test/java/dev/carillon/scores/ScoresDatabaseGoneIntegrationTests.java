package dev.carillon.scores;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;

import dev.carillon.support.AsyncStomp;
import dev.carillon.support.DatabaseServer;
import dev.carillon.support.Http;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The database goes away in the middle of a match and comes back.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "carillon.scores.simulator.enabled=false", "carillon.stocks.simulator.rate=0.001" })
@DirtiesContext
class ScoresDatabaseGoneIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final JsonMapper JSON = new JsonMapper();

	@TempDir
	private static Path directory;

	private static DatabaseServer database;

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void database(DynamicPropertyRegistry registry) {
		database = new DatabaseServer(directory);
		registry.add("spring.datasource.url", database::url);
	}

	@AfterAll
	static void stopDatabase() {
		database.close();
	}

	@Test
	void reportWhenDatabaseIsGoneThenRefusedAndTakenOnceWhenItIsBack() {
		Http http = new Http(this.port, "scorer");
		try (AsyncStomp scorer = AsyncStomp.user(this.port, "scorer");
				AsyncStomp spectator = AsyncStomp.guest(this.port)) {
			http.post("/api/scores", """
					{"id":"final","fixture":{"kind":"soccer","home":"Reds","away":"Blues"}}""");
			spectator.subscribe("final", "/topic/scores.soccer.*");
			assertThat(report(scorer, "start", "{\"event\":{\"kind\":\"period-start\"}}")).isEqualTo("accepted");
			await().until(() -> last(spectator).get("number").asInt() == 1);

			database.close();
			assertThat(goal(scorer)).isEqualTo("unavailable");
			Http.Answer refused = http.post("/api/scores/final/events", """
					{"event":{"kind":"goal","team":"home","player":"Ada"}}""", "message-key", "goal");
			assertThat(refused.status()).isEqualTo(503);
			assertThat(refused.json().get("code").asString()).isEqualTo("unavailable");
			assertThat(refused.text()).doesNotContainIgnoringCase("h2").doesNotContainIgnoringCase("sql");
			JsonNode match = new Http(this.port, null).get("/api/scores/final").json();
			assertThat(match.get("number").asInt()).isOne();
			assertThat(match.at("/state/score/home").asInt()).isZero();
			assertThat(last(spectator).get("number").asInt()).isOne();

			database.comeBack();
			await().atMost(PATIENCE).until(() -> goal(scorer), "accepted"::equals);
			assertThat(goal(scorer)).isEqualTo("accepted");
			await().until(() -> last(spectator).get("number").asInt() == 2);
			assertThat(last(spectator).at("/state/score/home").asInt()).isOne();
			assertThat(http.get("/api/scores/final").json().get("timeline")).hasSize(2);
		}
	}

	private static JsonNode last(AsyncStomp spectator) {
		return spectator.messages().isEmpty() ? JSON.createObjectNode().put("number", -1)
				: JSON.readTree(spectator.messages().getLast().body());
	}

	private static String goal(AsyncStomp scorer) {
		return report(scorer, "goal", "{\"event\":{\"kind\":\"goal\",\"team\":\"home\",\"player\":\"Ada\"}}");
	}

	private static String report(AsyncStomp scorer, String key, String body) {
		try {
			scorer.send("/app/scores.final.event", body, "content-type:application/json", "message-key:" + key).join();
			return "accepted";
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof AsyncStomp.Refused refused) {
				return refused.code();
			}
			throw ex;
		}
	}

}
