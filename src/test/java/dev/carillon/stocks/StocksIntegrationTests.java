package dev.carillon.stocks;

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
import static org.awaitility.Awaitility.await;

/**
 * Quotes from the simulator to a viewer, over a real port.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.datasource.url=jdbc:h2:mem:stocks;DB_CLOSE_DELAY=-1",
				"carillon.stocks.simulator.count=40", "carillon.stocks.simulator.rate=10",
				"carillon.topics.stocks.log.entries=8", "carillon.topics.stocks.subscribe=anyone",
				"carillon.scores.simulator.enabled=false" })
@DirtiesContext
class StocksIntegrationTests {

	private static final String AAPL = "/topic/stocks.AAPL";

	@LocalServerPort
	private int port;

	@Test
	void subscribeWhenThereIsAQuoteThenItComesFirstAndIsComplete() {
		try (RawStomp viewer = RawStomp.guest(this.port)) {
			long position = offset(viewer.subscribe("q", AAPL).header("position"));
			RawStomp.Answer first = viewer.message();
			assertThat(offset(first.header("message-id"))).as("the last value").isEqualTo(position + 1);
			JsonNode quote = Exchange.JSON.readTree(viewer.message().text());
			for (String field : new String[] { "symbol", "price", "bid", "ask", "change", "changePercent",
					"previousClose", "open", "high", "low", "volume", "time", "publishedAt", "stale" }) {
				assertThat(quote.path(field).isNull() || quote.path(field).isMissingNode()).as(field).isFalse();
			}
			assertThat(quote.get("publishedAt").asLong()).isGreaterThanOrEqualTo(quote.get("time").asLong());
			assertThat(quote.get("price").decimalValue()).isBetween(quote.get("low").decimalValue(),
					quote.get("high").decimalValue());
		}
	}

	@Test
	void subscribeWhenAllAreWantedThenAWildcardBringsThem() {
		try (RawStomp viewer = RawStomp.guest(this.port)) {
			viewer.subscribe("q", "/topic/stocks.*");
			Set<String> symbols = new HashSet<>();
			while (symbols.size() < 40) {
				symbols.add(viewer.message().header("destination"));
			}
			assertThat(symbols).contains(AAPL, "/topic/stocks.SIM016");
		}
		assertThat(new Http(this.port, null).get("/api/stocks").json()).hasSize(40);
	}

	@Test
	void subscribeWhenTheViewerIsSlowThenTheNewestQuoteAndWhatWasMissed() {
		try (RawStomp slow = RawStomp.guest(this.port); RawStomp quick = RawStomp.guest(this.port)) {
			slow.subscribe("s", AAPL, "ack:client", "prefetch-count:1");
			RawStomp.Answer held = slow.message();
			quick.subscribe("q", AAPL);
			RawStomp.Answer seen = quick.message();
			while (offset(seen.header("message-id")) < offset(held.header("message-id")) + 20) {
				seen = quick.message();
			}
			slow.send("ACK", "id:" + held.header("ack"));
			RawStomp.Answer next = slow.message();
			assertThat(offset(next.header("message-id"))).isGreaterThanOrEqualTo(offset(seen.header("message-id")));
			assertThat(next.header("missed"))
				.isEqualTo((offset(held.header("message-id")) + 1) + "-" + (offset(next.header("message-id")) - 1));
		}
	}

	@Test
	void candlesWhenTradesComeThenMinuteAndDayGrow() {
		Http http = new Http(this.port, null);
		JsonNode before = http.get("/api/stocks/AAPL/candles?interval=1d&limit=1").json().at("/candles/0");
		await().until(() -> http.get("/api/stocks/AAPL/candles?interval=1d&limit=1")
			.json()
			.at("/candles/0/volume")
			.decimalValue()
			.compareTo(before.path("volume").decimalValue()) > 0);
		JsonNode minute = http.get("/api/stocks/AAPL/candles?limit=1").json().at("/candles/0");
		assertThat(minute.get("time").asLong() % 60_000).isZero();
		assertThat(minute.get("close").decimalValue()).isBetween(minute.get("low").decimalValue(),
				minute.get("high").decimalValue());
	}

	private static long offset(String position) {
		return Long.parseLong(position.substring(position.indexOf('-') + 1));
	}

}
