package dev.carillon.stocks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.carillon.support.FakeClock;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static dev.carillon.stocks.Exchange.AAPL;
import static dev.carillon.stocks.Exchange.MSFT;
import static dev.carillon.stocks.Exchange.trade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AlertsTests {

	private final FakeClock clock = new FakeClock("2026-01-05T15:00:00Z");

	private final Topics topics = Exchange.topics(this.clock);

	private final StocksProperties properties = Exchange.binding()
		.with("alerts.per-user", "3")
		.with("alerts.total", "5")
		.bind();

	private final Quotes quotes = new Quotes(this.topics, this.properties, Set.of(AAPL, MSFT), this.clock);

	private final Alerts alerts = new Alerts(this.topics, this.quotes, this.properties.alerts(), Exchange.JSON);

	private void trades(Symbol symbol, String price) {
		this.alerts.check(this.quotes.take(trade(symbol, price, 1, this.clock)));
	}

	private List<JsonNode> told(String user, String event) {
		return Exchange.bodies(this.topics, "/user/" + user + "/queue/alerts")
			.stream()
			.filter((body) -> body.get("event").stringValue().equals(event))
			.toList();
	}

	@Test
	void checkWhenPriceRisesToTheAlertThenToldOnce() {
		trades(AAPL, "178");
		this.alerts.add("ann", "aapl", "above", "180.5");
		trades(AAPL, "180.49");
		assertThat(told("ann", "crossed")).isEmpty();
		trades(AAPL, "180.50");
		trades(AAPL, "179");
		trades(AAPL, "182");
		List<JsonNode> crossed = told("ann", "crossed");
		assertThat(crossed).hasSize(1);
		assertThat(crossed.getFirst().at("/alert/symbol").stringValue()).isEqualTo("AAPL");
		assertThat(crossed.getFirst().at("/alert/direction").stringValue()).isEqualTo("above");
		assertThat(crossed.getFirst().at("/alert/price").decimalValue()).isEqualByComparingTo("180.50");
		assertThat(crossed.getFirst().at("/quote/price").decimalValue()).isEqualByComparingTo("180.50");
		assertThat(this.alerts.of("ann")).isEmpty();
		assertThat(this.alerts.total()).isZero();
	}

	@Test
	void checkWhenPriceFallsPastTheAlertThenTold() {
		trades(AAPL, "178");
		this.alerts.add("ann", "AAPL", "below", "170");
		this.alerts.add("bob", "AAPL", "below", "160");
		this.alerts.add("bob", "MSFT", "below", "170");
		trades(AAPL, "165");
		assertThat(told("ann", "crossed")).hasSize(1);
		assertThat(told("bob", "crossed")).isEmpty();
		assertThat(this.alerts.of("bob")).hasSize(2);
	}

	@Test
	void addWhenPriceIsCrossedAlreadyThenRefusedWithThePrice() {
		trades(AAPL, "178");
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.alerts.add("ann", "AAPL", "below", "178"))
			.withMessage("price must be below the price of AAPL, which is 178.00 now")
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(Refusal.Code.CONFLICT));
	}

	@ParameterizedTest
	@CsvSource(nullValues = "null",
			value = { "null, above, 1, BAD_VALUE, symbol must", "A A, above, 1, BAD_VALUE, symbol must",
					"IBM, above, 1, NOT_FOUND, symbol IBM is not traded here",
					"AAPL, null, 1, BAD_VALUE, direction must be above or below",
					"AAPL, over, 1, BAD_VALUE, direction must be above or below",
					"AAPL, above, null, BAD_VALUE, price must be a number",
					"AAPL, above, much, BAD_VALUE, price must be a number",
					"AAPL, above, -5, BAD_VALUE, price must be a number above 0",
					"AAPL, above, 1e999999999, BAD_VALUE, price must be a number above 0" })
	void addWhenValueIsImpossibleThenRefusalNamesTheField(String symbol, String direction, String price,
			Refusal.Code code, String message) {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.alerts.add("ann", symbol, direction, price))
			.withMessageContaining(message)
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(code));
		assertThat(this.alerts.total()).isZero();
	}

	@Test
	void addWhenTheLastPriceIsStaleThenTheNextOneDecides() {
		trades(AAPL, "190");
		this.clock.advance(Duration.ofSeconds(15));
		this.quotes.sweep();
		this.alerts.add("ann", "AAPL", "above", "180");
		this.alerts.add("bob", "AAPL", "above", "180");
		trades(AAPL, "179");
		assertThat(told("ann", "crossed")).isEmpty();
		trades(AAPL, "180");
		assertThat(told("ann", "crossed")).hasSize(1);
		assertThat(told("bob", "crossed")).hasSize(1);
	}

	@Test
	void addWhenBoundsAreReachedThenRefusalNamesTheLimit() {
		for (int i = 1; i <= 3; i++) {
			this.alerts.add("ann", "AAPL", "above", "" + i);
		}
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.alerts.add("ann", "AAPL", "above", "9"))
			.withMessage("alerts: each user may have 3 waiting");
		this.alerts.add("bob", "AAPL", "above", "9");
		this.alerts.add("bob", "AAPL", "above", "10");
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.alerts.add("eve", "AAPL", "above", "9"))
			.withMessage("alerts: all users together may have 5 waiting");
		trades(AAPL, "3");
		this.alerts.add("eve", "AAPL", "above", "9");
		assertThat(this.alerts.total()).isEqualTo(3);
	}

	@Test
	void addWhenTheSameIsWaitingThenStillOne() {
		this.alerts.add("ann", "AAPL", "above", "180.5");
		this.alerts.add("ann", "aapl", "above", "180.500");
		assertThat(this.alerts.of("ann")).hasSize(1);
		assertThat(told("ann", "added")).hasSize(2)
			.extracting((body) -> body.at("/alert/id").stringValue())
			.containsOnly("1");
		this.alerts.add("ann", "AAPL", "above", "181");
		assertThat(this.alerts.of("ann")).hasSize(2);
	}

	@Test
	void removeWhenItIsOnesOwnThenGoneAndTold() {
		this.alerts.add("ann", "AAPL", "above", "180");
		String id = this.alerts.of("ann").getFirst().id();
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.alerts.remove("bob", id))
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(Refusal.Code.NOT_FOUND));
		this.alerts.remove("ann", id);
		assertThat(told("ann", "added").getFirst().at("/alert/id").stringValue()).isEqualTo(id);
		assertThat(told("ann", "removed").getFirst().at("/alert/id").stringValue()).isEqualTo(id);
		trades(AAPL, "200");
		assertThat(told("ann", "crossed")).isEmpty();
		assertThat(this.alerts.of("ann")).isEmpty();
	}

	@Test
	void checkWhenItCannotBePublishedThenAlertGoesOnWaiting() {
		Topics deaf = Exchange.topics(this.clock, Map.of());
		Alerts unheard = new Alerts(deaf, this.quotes, this.properties.alerts(), Exchange.JSON);
		unheard.add("ann", "AAPL", "above", "180");
		unheard.check(this.quotes.take(trade(AAPL, "190", 1, this.clock)));
		assertThat(unheard.of("ann")).hasSize(1);
		assertThat(unheard.total()).isOne();
		assertThat(unheard.unpublished()).isEqualTo(2);
	}

}
