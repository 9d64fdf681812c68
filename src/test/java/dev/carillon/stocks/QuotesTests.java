package dev.carillon.stocks;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.carillon.support.FakeClock;
import dev.carillon.topic.Entry;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.Topics;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static dev.carillon.stocks.Exchange.AAPL;
import static dev.carillon.stocks.Exchange.MSFT;
import static dev.carillon.stocks.Exchange.trade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class QuotesTests {

	private final FakeClock clock = new FakeClock("2026-01-05T15:00:30Z");

	private final Topics topics = Exchange.topics(this.clock);

	private final Quotes quotes = board(this.topics, Set.of(AAPL, MSFT));

	private Quotes board(Topics topics, Set<Symbol> watched) {
		return new Quotes(topics, Exchange.binding().with("max-symbols", "2").bind(), watched, this.clock);
	}

	private List<JsonNode> published() {
		return Exchange.bodies(this.topics, "/topic/stocks.AAPL");
	}

	@Test
	void takeWhenTradesComeThenQuoteHasRangeAndVolumeOfTheDay() {
		this.quotes.take(trade(AAPL, "178.20", 10, this.clock));
		this.quotes.take(trade(AAPL, "179", 5, this.clock));
		this.quotes.take(trade(AAPL, "177.5", 1, this.clock));
		Quote quote = this.quotes.last(AAPL);
		assertThat(quote.open()).isEqualTo("178.20");
		assertThat(quote.high()).isEqualTo("179.00");
		assertThat(quote.low()).isEqualTo("177.50");
		assertThat(quote.price()).isEqualTo("177.50");
		assertThat(quote.volume()).isEqualTo("16");
		assertThat(quote.change()).isNull();
		assertThat(published()).hasSize(3);
		assertThat(this.quotes.unpublished()).isZero();
	}

	@Test
	void takeWhenPublishedThenHandWrittenJsonIsWhatJacksonWouldWrite() {
		this.quotes.take(new Trade(AAPL, new BigDecimal("178.2"), new BigDecimal("0.5"), this.clock.millis(),
				new BigDecimal("178.19"), new BigDecimal("0.00001"), new BigDecimal("180")));
		this.quotes.take(trade(MSFT, "1", 0, this.clock));
		for (Quote quote : this.quotes.all()) {
			Entry entry = Exchange.published(this.topics, "/topic/stocks." + quote.symbol()).getFirst();
			assertThat(entry.headers()).isEqualTo(Map.of("content-type", "application/json"));
			assertThat(Exchange.JSON.readTree(entry.body()))
				.isEqualTo(Exchange.JSON.readTree(Exchange.JSON.writeValueAsString(quote)));
		}
		assertThat(new String(this.quotes.last(AAPL).json(), StandardCharsets.UTF_8))
			.contains("\"price\":178.20,\"bid\":178.19,\"ask\":0.00001,\"change\":-1.80,\"changePercent\":-1.00,");
	}

	@Test
	void takeWhenANewDayBeginsThenChangeIsAgainstTheLastPriceOfTheDayBefore() {
		this.quotes.take(trade(AAPL, "200", 10, this.clock));
		this.clock.set("2026-01-06T04:59:59.999Z"); // one millisecond to midnight there
		this.quotes.take(trade(AAPL, "210", 10, this.clock));
		assertThat(this.quotes.last(AAPL).change()).isNull();
		this.clock.set("2026-01-06T05:00:00Z");
		this.quotes.take(trade(AAPL, "199.50", 7, this.clock));
		Quote quote = this.quotes.last(AAPL);
		assertThat(quote.previousClose()).isEqualTo("210.00");
		assertThat(quote.change()).isEqualTo("-10.50");
		assertThat(quote.changePercent()).isEqualTo("-5.00");
		assertThat(quote.high()).isEqualTo("199.50");
		assertThat(quote.volume()).isEqualTo("7");
		assertThat(this.quotes.candles(AAPL, Interval.DAY, 10)).extracting(Candle::close)
			.containsExactly(new BigDecimal("210.00"), new BigDecimal("199.50"));
	}

	@Test
	void takeWhenTradeIsLateThenRangeAndVolumeOnly() {
		Trade late = trade(AAPL, "250", 3, this.clock);
		this.clock.advance(Duration.ofMinutes(2));
		this.quotes.take(trade(AAPL, "200", 10, this.clock));
		this.quotes.take(late);
		Quote quote = this.quotes.last(AAPL);
		assertThat(quote.price()).isEqualTo("200.00");
		assertThat(quote.time()).isEqualTo(this.clock.millis());
		assertThat(quote.high()).isEqualTo("250.00");
		assertThat(quote.volume()).isEqualTo("13");
	}

	@Test
	void takeWhenTradeIsOfAnEarlierDayThenNothingIsPublished() {
		Trade yesterday = trade(AAPL, "250", 3, this.clock);
		this.clock.advance(Duration.ofDays(1));
		this.quotes.take(trade(AAPL, "200", 10, this.clock));
		assertThat(this.quotes.take(yesterday)).isNull();
		assertThat(published()).hasSize(1);
	}

	@Test
	void takeWhenNotWatchedOrOfTheFutureThenCountedAndLeftOut() {
		assertThat(this.quotes.take(trade(new Symbol("IBM"), "1", 1, this.clock))).isNull();
		Trade future = trade(AAPL, "1", 1, this.clock).at(this.clock.millis() + 60_001);
		assertThat(this.quotes.take(future)).isNull();
		assertThat(this.quotes.ignored()).isEqualTo(2);
		assertThat(this.quotes.all()).isEmpty();
	}

	@Test
	void takeWhenNothingIsWatchedThenAnySymbolUpToTheBound() {
		Quotes any = board(this.topics, Set.of());
		for (String symbol : List.of("A", "B", "C")) {
			any.take(trade(new Symbol(symbol), "1", 1, this.clock));
		}
		assertThat(any.all()).extracting(Quote::symbol).containsExactly(new Symbol("A"), new Symbol("B"));
		assertThat(any.ignored()).isOne();
	}

	@Test
	void takeWhenItCannotBePublishedThenCountedAndKept() {
		Quotes unheard = board(Exchange.topics(this.clock, Map.of()), Set.of(AAPL));
		assertThat(unheard.take(trade(AAPL, "1", 1, this.clock))).isNotNull();
		assertThat(unheard.unpublished()).isOne();
		assertThat(unheard.last(AAPL)).isNotNull();
	}

	@Test
	void sweepWhenSourceIsSilentThenLastQuoteIsPublishedOnceMarkedStale() {
		this.quotes.take(trade(AAPL, "200", 10, this.clock));
		this.clock.advance(Duration.ofMillis(14_999));
		this.quotes.sweep();
		assertThat(published()).hasSize(1);
		this.clock.advance(Duration.ofMillis(1));
		this.quotes.sweep();
		this.clock.advance(Duration.ofMinutes(5));
		this.quotes.sweep();
		List<Entry> entries = Exchange.published(this.topics, "/topic/stocks.AAPL");
		assertThat(entries).hasSize(2);
		assertThat(entries.get(1).headers()).containsEntry("stale", "true");
		assertThat(published().get(1).get("stale").booleanValue()).isTrue();
		assertThat(published().get(1).get("price")).isEqualTo(published().get(0).get("price"));
		assertThat(published().get(1).get("time")).isEqualTo(published().get(0).get("time"));
		assertThat(this.quotes.count(Quote::stale)).isOne();
	}

	@Test
	void takeWhenQuoteIsStaleThenNextTradeEndsIt() {
		this.quotes.take(trade(AAPL, "200", 10, this.clock));
		this.clock.advance(Duration.ofSeconds(15));
		this.quotes.sweep();
		this.quotes.take(trade(AAPL, "201", 1, this.clock));
		assertThat(Exchange.published(this.topics, "/topic/stocks.AAPL").getLast().headers())
			.doesNotContainKey("stale");
		assertThat(this.quotes.last(AAPL).stale()).isFalse();
		this.clock.advance(Duration.ofSeconds(15));
		this.quotes.sweep();
		assertThat(published()).hasSize(4);
	}

	@Test
	void sweepWhenPolicyHasNoStaleAfterThenNothingGoesStale() {
		Topics patient = Exchange.topics(this.clock,
				Map.of("stocks", Exchange.family("/topic/stocks.{symbol}", Duration.ZERO)));
		Quotes board = board(patient, Set.of(AAPL));
		board.take(trade(AAPL, "200", 10, this.clock));
		this.clock.advance(Duration.ofDays(1));
		board.sweep();
		assertThat(board.last(AAPL).stale()).isFalse();
	}

	@Test
	void lastWhenSymbolIsUnknownThenRefused() {
		assertThat(this.quotes.last(MSFT)).isNull();
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.quotes.last(new Symbol("IBM")))
			.withMessage("symbol IBM is not traded here")
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(Refusal.Code.NOT_FOUND));
	}

}
