package dev.carillon.scores;

import java.util.HashSet;
import java.util.Set;

import dev.carillon.support.Http;
import dev.carillon.support.RawStomp;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What there is to see when nothing is configured.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.datasource.url=jdbc:h2:mem:simulated-scores;DB_CLOSE_DELAY=-1",
				"carillon.stocks.simulator.rate=0.001" })
@DirtiesContext
class SimulatedScoresIntegrationTests {

	@LocalServerPort
	private int port;

	@Test
	void subscribeWhenNothingIsConfiguredThenMatchesOfASportArePlayed() {
		try (RawStomp spectator = RawStomp.guest(this.port)) {
			spectator.subscribe("s", "/topic/scores.soccer.*");
			Set<String> played = new HashSet<>();
			while (played.size() < 2) {
				JsonNode message = Board.JSON.readTree(spectator.message().text());
				assertThat(message.at("/state/kind").asString()).isEqualTo("soccer");
				assertThat(message.at("/state/fixture/home").asString()).isNotEmpty();
				if (message.get("kind").asString().equals("event")) {
					played.add(message.get("match").asString());
				}
			}
		}
		JsonNode matches = new Http(this.port, null).get("/api/scores").json();
		assertThat(matches).hasSizeGreaterThanOrEqualTo(6)
			.extracting((match) -> match.get("sport").asString())
			.contains("soccer", "basketball", "tennis");
	}

}
