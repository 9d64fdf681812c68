package dev.carillon.stocks;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import dev.carillon.support.AsyncStomp;
import dev.carillon.support.Http;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What clients follow reaches the upstream feed, and nothing else does.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.datasource.url=jdbc:h2:mem:followed-symbols;DB_CLOSE_DELAY=-1",
				"carillon.stocks.source=upstream", "carillon.stocks.symbols=AAPL,BRK.B,IBM,MSFT,SPY",
				"carillon.stocks.upstream.always=SPY", "carillon.stocks.upstream.linger=1s",
				"carillon.stocks.upstream.min-backoff=10ms", "carillon.stocks.upstream.max-backoff=100ms",
				"carillon.topics.stocks.log.keep=1s", "carillon.scores.simulator.enabled=false" })
@DirtiesContext
class FollowedSymbolsIntegrationTests {

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
	void followWhenClientsComeAndGoThenTheFeedIsAskedForThatOnly() {
		awaitAsked("SPY");
		try (AsyncStomp viewer = AsyncStomp.guest(this.port)) {
			viewer.subscribe("1", "/topic/stocks.BRK-B");
			viewer.subscribe("2", "/topic/stocks.NONE");
			awaitAsked("BRK.B", "SPY");
			feed.clients()
				.getLast()
				.text("{\"type\":\"trade\",\"data\":[{\"s\":\"BRK.B\",\"p\":470.1,\"t\":1700000000000,\"v\":10}]}");
			await().until(() -> !viewer.messages().isEmpty());
			assertThat(viewer.messages().getFirst().body()).contains("\"symbol\":\"BRK-B\",\"price\":470.10");
		}
		awaitAsked("SPY");
		try (AsyncStomp viewer = AsyncStomp.guest(this.port)) {
			viewer.subscribe("1", "/topic/stocks.*");
			awaitAsked("AAPL", "BRK.B", "IBM", "MSFT", "SPY");
			feed.clients().getLast().cut();
			await().until(() -> feed.clients().getLast().received(FeedServer.TEXT).size() == 5);
			awaitAsked("AAPL", "BRK.B", "IBM", "MSFT", "SPY");
		}
		awaitAsked("SPY");
	}

	@Test
	void followWhenAnAlertWaitsOrSomebodyPollsThenAskedFor() {
		awaitAsked("SPY");
		try (AsyncStomp user = AsyncStomp.user(this.port, "alice")) {
			user.subscribe("a", "/user/queue/alerts");
			user.send("/app/stocks.alerts.add", "{\"symbol\":\"MSFT\",\"direction\":\"above\",\"price\":440}",
					"content-type:application/json")
				.join();
			awaitAsked("MSFT", "SPY");
			feed.clients()
				.getLast()
				.text("{\"type\":\"trade\",\"data\":[{\"s\":\"MSFT\",\"p\":441,\"t\":1700000000000,\"v\":10}]}");
			await().until(() -> user.messages().size() == 2);
			assertThat(user.messages().getLast().body()).contains("\"event\":\"crossed\"", "\"price\":441.00");
			awaitAsked("SPY");
		}
		Http http = new Http(this.port, null);
		assertThat(http.get("/api/stocks/AAPL/candles").status()).isEqualTo(200);
		awaitAsked("AAPL", "SPY");
		awaitAsked("SPY");
		await().until(() -> http.get("/api/messages?destination=/topic/stocks.IBM").status() == 200
				&& asked().equals(List.of("IBM", "SPY")));
	}

	private static void awaitAsked(String... symbols) {
		await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(asked()).containsExactly(symbols));
	}

	/** What the latest connection has asked for and not taken back. */
	private static List<String> asked() {
		return feed.clients().isEmpty() ? List.of() : feed.clients().getLast().asked();
	}

}
