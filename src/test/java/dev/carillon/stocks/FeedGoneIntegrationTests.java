package dev.carillon.stocks;

import java.io.IOException;
import java.time.Duration;

import dev.carillon.support.AsyncStomp;
import dev.carillon.support.Http;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The upstream feed goes away and comes back, seen from outside.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.datasource.url=jdbc:h2:mem:feed-gone;DB_CLOSE_DELAY=-1",
				"carillon.stocks.source=upstream", "carillon.stocks.symbols=AAPL",
				"carillon.stocks.upstream.min-backoff=10ms", "carillon.stocks.upstream.max-backoff=100ms",
				"carillon.topics.stocks.stale-after=1s", "carillon.scores.simulator.enabled=false" })
@DirtiesContext
class FeedGoneIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static FeedServer feed;

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) throws IOException {
		feed = new FeedServer();
		registry.add("carillon.stocks.upstream.url", () -> feed.url("/"));
	}

	@AfterAll
	static void closeFeed() throws IOException {
		feed.close();
	}

	@Test
	void quotesWhenFeedIsGoneThenStaleAndNotWrongAndFreshAgainWhenItIsBack() throws IOException {
		try (AsyncStomp viewer = AsyncStomp.guest(this.port)) {
			viewer.subscribe("q", "/topic/stocks.AAPL");
			trade("190.5");
			await().atMost(PATIENCE).until(() -> !viewer.messages().isEmpty());

			int feedPort = feed.port();
			feed.close();
			await().atMost(PATIENCE).until(() -> "true".equals(viewer.messages().getLast().headers().get("stale")));
			JsonNode quote = new Http(this.port, null).get("/api/stocks/AAPL").json();
			assertThat(quote.get("stale").asBoolean()).isTrue();
			assertThat(quote.get("price").asString()).isEqualTo("190.5");
			assertThat(viewer.messages().getLast().body()).contains("\"price\":190.5", "\"stale\":true");
			await().atMost(PATIENCE).until(this::feeds, "STALE"::equals);
			assertThat(new Http(this.port, null).get("/actuator/health").status()).isEqualTo(200);
			assertThat(new Http(this.port, null).get("/actuator/health").json().get("status").asString())
				.isEqualTo("STALE");
			assertThat(new Http(this.port, null).get("/actuator/health/readiness").status()).isEqualTo(200);

			feed = new FeedServer(feedPort);
			trade("191.25");
			await().atMost(PATIENCE).until(() -> viewer.messages().getLast().body().contains("\"price\":191.25"));
			assertThat(viewer.messages().getLast().headers()).doesNotContainKey("stale");
			trade("191.25");
			assertThat(feeds()).isEqualTo("UP");
		}
	}

	/** As soon as the service has subscribed. */
	private static void trade(String price) {
		await().atMost(PATIENCE)
			.until(() -> !feed.clients().isEmpty() && !feed.clients().getLast().received(FeedServer.TEXT).isEmpty());
		feed.clients()
			.getLast()
			.text("{\"type\":\"trade\",\"data\":[{\"s\":\"AAPL\",\"p\":%s,\"t\":1700000000000,\"v\":10}]}"
				.formatted(price));
	}

	private String feeds() {
		return new Http(this.port, "operator").get("/actuator/health").json().at("/components/feeds/status").asString();
	}

}
