package dev.carillon.stocks;

import java.time.Duration;
import java.util.Set;

import dev.carillon.support.FakeClock;
import dev.carillon.topic.Refusal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static dev.carillon.stocks.Exchange.AAPL;
import static dev.carillon.stocks.Exchange.MSFT;
import static dev.carillon.stocks.Exchange.trade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StocksControllerTests {

	private final FakeClock clock = new FakeClock("2026-01-05T15:00:30Z");

	private final StocksProperties properties = Exchange.binding().with("candles.minutes", "5").bind();

	private final Quotes quotes = new Quotes(Exchange.topics(this.clock), this.properties, Set.of(AAPL, MSFT),
			this.clock);

	private final Alerts alerts = new Alerts(Exchange.topics(this.clock), this.quotes, this.properties.alerts(),
			Exchange.JSON);

	private final Watchlist watchlist = new Watchlist(Exchange.topics(this.clock), this.alerts::areWaitingFor,
			Set.of(AAPL, MSFT), Set.of(), Duration.ofMinutes(1), this.clock);

	private final StocksController controller = new StocksController(this.quotes, this.watchlist, this.properties);

	private final AlertsController alertsController = new AlertsController(this.alerts);

	@BeforeEach
	void trade4Minutes() {
		for (int i = 1; i <= 4; i++) {
			this.quotes.take(trade(AAPL, i + "", 10, this.clock));
			this.clock.advance(Duration.ofMinutes(1));
		}
	}

	@Test
	void oneWhenSymbolHasTradedThenItsQuote() {
		assertThat(this.controller.one("aapl").price()).isEqualTo("4.00");
		assertThat(this.controller.all()).containsExactly(this.controller.one("AAPL"));
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.controller.one("MSFT"))
			.withMessage("symbol MSFT has had no trade yet");
	}

	@Test
	void candlesWhenLimitIsGivenThenTheNewest() {
		assertThat(this.controller.candles("AAPL", "1m", "2").candles()).extracting(Candle::time)
			.containsExactly(minute("15:02"), minute("15:03"));
		assertThat(this.controller.candles("AAPL", "1m", null).candles()).hasSize(4);
		assertThat(this.controller.candles("AAPL", "1d", null).candles()).singleElement()
			.satisfies((day) -> assertThat(day.volume()).isEqualTo("40"));
		assertThat(this.controller.candles("MSFT", "1m", null).candles()).isEmpty();
	}

	private static long minute(String time) {
		return new FakeClock("2026-01-05T" + time + ":00Z").millis();
	}

	@Test
	void getWhenAskedForASymbolThenItIsWanted() {
		this.controller.all();
		assertThat(this.watchlist.look()).isEmpty();
		this.controller.one("aapl");
		this.controller.candles("MSFT", "1m", null);
		assertThat(this.watchlist.look()).containsExactlyInAnyOrder(AAPL, MSFT);
	}

	@Test
	void candlesWhenWrittenAsJsonThenExactNumbers() {
		assertThat(Exchange.JSON.writeValueAsString(this.controller.candles("AAPL", "1d", "1"))).isEqualTo(
				"{\"symbol\":\"AAPL\",\"interval\":\"1d\",\"candles\":[{\"time\":1767589200000,\"open\":1.00,\"high\":4.00,\"low\":1.00,\"close\":4.00,\"volume\":40}]}");
	}

	@Test
	void getWhenAskedOverHttpThenPathsAndParametersAreUnderstood() {
		MockMvcTester http = MockMvcTester.of(this.controller);
		assertThat(http.get().uri("/api/stocks")).hasStatusOk()
			.bodyJson()
			.extractingPath("$[*].symbol")
			.asArray()
			.containsExactly("AAPL");
		assertThat(http.get().uri("/api/stocks/aapl")).hasStatusOk().bodyJson().extractingPath("$.high").isEqualTo(4.0);
		assertThat(http.get().uri("/api/stocks/AAPL/candles")).hasStatusOk()
			.bodyJson()
			.hasPathSatisfying("$.candles.length()", (length) -> length.assertThat().isEqualTo(4));
		assertThat(http.get().uri("/api/stocks/AAPL/candles?interval=1d&limit=1")).hasStatusOk()
			.bodyJson()
			.hasPathSatisfying("$.candles[0].volume", (volume) -> volume.assertThat().isEqualTo(40));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "6", "many", "", "1.5", "99999999999999999999" })
	void candlesWhenLimitIsImpossibleThenRefusalNamesTheBound(String limit) {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.controller.candles("AAPL", "1m", limit))
			.withMessage("limit must be a whole number from 1 to 5");
	}

	@Test
	void candlesWhenIntervalOrSymbolIsUnknownThenRefused() {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.controller.candles("AAPL", "5m", null))
			.withMessage("interval must be 1m or 1d");
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.controller.candles("IBM", "1m", null))
			.withMessage("symbol IBM is not traded here");
	}

	@Test
	void addWhenUserHasSignedInThenListedForThatUserOnly() {
		var wish = Exchange.JSON.readValue("{\"symbol\":\"AAPL\",\"direction\":\"above\",\"price\":180.50}",
				AlertsController.Wish.class);
		var ann = new TestingAuthenticationToken("ann", "", "ROLE_USER");
		this.alertsController.add(wish, ann);
		assertThat(this.alertsController.list(ann)).singleElement()
			.satisfies((alert) -> assertThat(alert.price()).isEqualTo("180.50"));
		assertThat(this.alertsController.list(new TestingAuthenticationToken("bob", "", "ROLE_USER"))).isEmpty();
		String id = this.alertsController.list(ann).getFirst().id();
		this.alertsController.remove(new AlertsController.Which(id), ann);
		assertThat(this.alertsController.list(ann)).isEmpty();
	}

	@Test
	void addWhenUserIsAGuestThenRefused() {
		var guest = new TestingAuthenticationToken("guest-1", "", "ROLE_GUEST");
		var wish = new AlertsController.Wish("AAPL", "above", "180");
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.alertsController.add(wish, guest))
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(Refusal.Code.ACCESS_DENIED));
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.alertsController.list(guest));
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.alertsController.list(null));
		assertThat(this.alerts.total()).isZero();
	}

}
