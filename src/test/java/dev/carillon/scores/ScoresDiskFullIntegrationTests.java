package dev.carillon.scores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.carillon.support.AsyncStomp;
import dev.carillon.support.CarillonProcess;
import dev.carillon.support.Http;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What happens to a match when the database file cannot grow any more. The kernel sets
 * the limit, for a real process, and lifts it again; {@code prlimit} of util-linux tells
 * it to.
 */
class ScoresDiskFullIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final JsonMapper JSON = new JsonMapper();

	@TempDir
	private Path home;

	/** The keys of the baskets that were accepted, in order. */
	private final List<String> accepted = new ArrayList<>();

	@Test
	void reportWhenDiskIsFullThenRefusedAndTheMatchGoesOnWhenThereIsRoomAgain()
			throws IOException, InterruptedException, SQLException {
		try (CarillonProcess process = CarillonProcess.start(this.home);
				AsyncStomp spectator = AsyncStomp.guest(process.port())) {
			Http scorer = new Http(process.port(), "scorer");
			scorer.post("/api/scores", """
					{"id":"game","fixture":{"kind":"basketball","home":"Reds","away":"Blues"}}""");
			scorer.post("/api/scores/game/events", """
					{"event":{"kind":"period-start"}}""", "message-key", "start");
			spectator.subscribe("game", "/topic/scores.basketball.game");
			assertThat(report(scorer)).isEqualTo(200);

			limitFiles(process, Long.toString(Files.size(this.home.resolve("carillon.mv.db")) + 128 * 1024));
			await().atMost(PATIENCE).until(() -> report(scorer), (status) -> status == 503);
			assertThat(this.accepted).hasSizeGreaterThan(3);
			int points = this.accepted.size();
			JsonNode match = new Http(process.port(), null).get("/api/scores/game").json();
			assertThat(match.at("/state/score/home").asInt()).as("shown while the disk is full").isEqualTo(points);
			assertThat(last(spectator).at("/state/score/home").asInt()).as("told while it is full").isEqualTo(points);
			assertThat(new Http(process.port(), null).get("/actuator/health/readiness").status()).isEqualTo(200);

			limitFiles(process, "unlimited");
			await().atMost(PATIENCE).until(() -> report(scorer), (status) -> status == 200);
			assertThat(report(scorer)).isEqualTo(200);
			await().until(() -> last(spectator).at("/state/score/home").asInt() == this.accepted.size());
			process.kill();
		}
		List<String> stored = new ArrayList<>(StoredEvents.read(this.home, "game").keySet());
		assertThat(stored.removeFirst()).isEqualTo("start");
		assertThat(stored).isEqualTo(this.accepted);
	}

	/** Reports the next basket, under the same key until it is accepted. */
	private int report(Http scorer) {
		String key = "basket-" + this.accepted.size();
		Http.Answer answer = scorer.post("/api/scores/game/events", """
				{"event":{"kind":"basket","team":"home","player":"Ada","points":1}}""", "message-key", key);
		if (answer.status() == 200) {
			this.accepted.add(key);
		}
		else {
			assertThat(answer.json().get("code").asString()).isEqualTo("unavailable");
		}
		return answer.status();
	}

	private static JsonNode last(AsyncStomp spectator) {
		return JSON.readTree(spectator.messages().getLast().body());
	}

	private static void limitFiles(CarillonProcess process, String bytes) throws IOException, InterruptedException {
		Process limit = new ProcessBuilder("prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + bytes + ":")
			.inheritIO()
			.start();
		assertThat(limit.waitFor()).as("prlimit, which sets how large files may grow").isZero();
	}

}
