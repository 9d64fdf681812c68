package dev.carillon.stocks;

import java.math.BigDecimal;
import java.util.List;

import dev.carillon.topic.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TradeMessagesTests {

	private final TradeMessages messages = new TradeMessages(List.of("AAPL", "BRK.B"));

	@Test
	void readWhenMessageHasTradesThenThoseOfKnownSymbolsExactly() {
		TradeMessages.Content content = this.messages.read("""
				{"data":[{"s":"AAPL","p":178.2,"t":1700000000000,"v":10},{"s":"IBM","p":1,"t":1700000000000,"v":1},
				{"c":null,"s":"BRK.B","p":4.701e2,"t":1700000000001,"v":0.25}],"type":"trade"}""");
		assertThat(content.garbled()).isZero();
		assertThat(content.trades()).containsExactly(
				Trade.of(Exchange.AAPL, new BigDecimal("178.20"), BigDecimal.TEN, 1_700_000_000_000L),
				Trade.of(new Symbol("BRK-B"), new BigDecimal("470.10"), new BigDecimal("0.25"), 1_700_000_000_001L));
	}

	@Test
	void readWhenSomeTradesAreGarbledThenTheOthersCount() {
		TradeMessages.Content content = this.messages.read("""
				{"type":"trade","data":[7,null,{"s":"AAPL","p":"178.2","t":1,"v":1},{"s":"AAPL","p":-1,"t":1,"v":1},
				{"s":"AAPL","p":1,"t":1.5,"v":1},{"s":"AAPL","t":1,"v":1},{"s":"AAPL","p":1e999999999,"t":1,"v":1},
				{"s":"AAPL","p":1,"t":1700000000000}]}""");
		assertThat(content.garbled()).isEqualTo(7);
		assertThat(content.trades()).singleElement().extracting(Trade::volume).isEqualTo(BigDecimal.ZERO);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "nonsense", "{", "[]", "7", "null", "{}", "{\"type\":7}", "{\"type\":\"trade\"}",
			"{\"type\":\"trade\",\"data\":{}}", "{\"type\":\"error\",\"msg\":\"no\"}", "{\"type\":\"ping\"} x" })
	void readWhenMessageIsGarbledThenCountedOnce(String text) {
		assertThat(this.messages.read(text)).isEqualTo(new TradeMessages.Content(List.of(), 1));
	}

	@Test
	void readWhenMessageIsNestedWithoutEndThenCountedOnce() {
		assertThat(this.messages.read("[".repeat(1_000_000)).garbled()).isOne();
	}

	@Test
	void readWhenFeedPingsThenNothing() {
		assertThat(this.messages.read("{\"type\":\"ping\"}")).isEqualTo(new TradeMessages.Content(List.of(), 0));
	}

	@Test
	void subscribeWhenSymbolIsKnownThenInTheFeedsSpelling() {
		assertThat(this.messages.subscribe(Exchange.AAPL)).isEqualTo("{\"type\":\"subscribe\",\"symbol\":\"AAPL\"}");
		assertThat(this.messages.unsubscribe(new Symbol("BRK-B")))
			.isEqualTo("{\"type\":\"unsubscribe\",\"symbol\":\"BRK.B\"}");
	}

	@Test
	void newWhenNameIsNoSymbolThenRefused() {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> new TradeMessages(List.of("A\",\"x\":\"")));
	}

}
