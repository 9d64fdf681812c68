package dev.carillon.stocks;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SimulatorTests {

	private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

	private static final long MONDAY_NOON = Instant.parse("2026-01-05T17:00:00Z").toEpochMilli();

	private final List<Trade> trades = new ArrayList<>();

	private static Simulator simulator(int count, double rate, long seed, @Nullable MarketHours hours) {
		return new Simulator(Listings.of(List.of(), count), rate, seed, hours, NEW_YORK);
	}

	private void play(Simulator simulator, long from, Duration duration, long step) {
		for (long now = from; now <= from + duration.toMillis(); now += step) {
			simulator.play(now, this.trades::add);
		}
	}

	@Test
	void playWhenSeedIsTheSameThenSameTradesHoweverTheClockTicks() {
		play(simulator(24, 2, 7, null), MONDAY_NOON, Duration.ofSeconds(20), 10);
		List<Trade> first = List.copyOf(this.trades);
		this.trades.clear();
		play(simulator(24, 2, 7, null), MONDAY_NOON, Duration.ofSeconds(20), 500);
		assertThat(this.trades).isEqualTo(first);
		this.trades.clear();
		play(simulator(24, 2, 8, null), MONDAY_NOON, Duration.ofSeconds(20), 10);
		assertThat(this.trades).isNotEqualTo(first);
	}

	@Test
	void playWhenOtherSymbolsAreBesideItThenPricesAreTheSame() {
		play(simulator(1, 5, 7, null), MONDAY_NOON, Duration.ofSeconds(10), 10);
		List<BigDecimal> alone = prices(new Symbol("AAPL"));
		this.trades.clear();
		play(simulator(24, 5, 7, null), MONDAY_NOON, Duration.ofSeconds(10), 10);
		assertThat(prices(new Symbol("AAPL"))).isEqualTo(alone).hasSizeGreaterThan(40);
		assertThat(prices(new Symbol("MSFT"))).isNotEqualTo(alone);
	}

	private List<BigDecimal> prices(Symbol symbol) {
		return this.trades.stream().filter((trade) -> trade.symbol().equals(symbol)).map(Trade::price).toList();
	}

	@Test
	void playWhenFiveHundredSymbolsTradeTenTimesASecondThenFiveThousandInOrder() {
		Simulator simulator = simulator(500, 10, 1, null);
		simulator.play(MONDAY_NOON, this.trades::add);
		assertThat(this.trades).hasSize(500);
		this.trades.clear();
		play(simulator, MONDAY_NOON + 10, Duration.ofMillis(990), 10); // 0.2 ms apart
		assertThat(this.trades).hasSizeBetween(4_999, 5_000);
		assertThat(this.trades).extracting(Trade::time).isSorted();
		Map<Symbol, Long> counts = this.trades.stream()
			.collect(Collectors.groupingBy(Trade::symbol, Collectors.counting()));
		assertThat(counts).hasSize(500);
		assertThat(counts.values()).allMatch((count) -> count == 9 || count == 10);
	}

	@Test
	void playWhenADayHasPassedThenPricesAreBelievable() {
		play(simulator(24, 0.1, 3, null), MONDAY_NOON, Duration.ofHours(6), 1_000);
		Set<BigDecimal> volumes = new HashSet<>();
		for (Trade trade : this.trades.subList(24, this.trades.size())) {
			assertThat(trade.ask()).isGreaterThan(trade.bid());
			assertThat(trade.price()).isBetween(trade.bid(), trade.ask());
			assertThat(trade.price().scale()).isEqualTo(2);
			assertThat(trade.ask().subtract(trade.bid())).isLessThan(trade.price().movePointLeft(2));
			assertThat(trade.price().subtract(trade.previousClose()).abs())
				.isLessThan(trade.previousClose().movePointLeft(1).multiply(BigDecimal.valueOf(3)));
			assertThat(trade.volume()).isPositive();
			volumes.add(trade.volume());
		}
		assertThat(volumes).hasSizeGreaterThan(50);
		assertThat(new HashSet<>(prices(new Symbol("AAPL")))).hasSizeGreaterThan(50);
	}

	@Test
	void playWhenMarketIsClosedThenPricesOfTheLastCloseAndNoTrade() {
		long saturday = Instant.parse("2026-01-10T17:00:00Z").toEpochMilli();
		Simulator simulator = simulator(3, 1, 1, MarketHours.valueOf("09:30-16:00"));
		play(simulator, saturday, Duration.ofMinutes(1), 1_000);
		assertThat(this.trades).hasSize(3)
			.allSatisfy((trade) -> assertThat(Instant.ofEpochMilli(trade.time())).isEqualTo("2026-01-09T21:00:00Z"))
			.allSatisfy((trade) -> assertThat(trade.volume()).isZero());
		List<BigDecimal> closes = this.trades.stream().map(Trade::price).toList();
		this.trades.clear();
		long opening = Instant.parse("2026-01-12T14:30:00Z").toEpochMilli();
		play(simulator, opening - 1_000, Duration.ofSeconds(4), 500);
		assertThat(this.trades).hasSizeGreaterThan(6);
		assertThat(this.trades).extracting(Trade::time).allMatch((time) -> time >= opening);
		assertThat(this.trades).extracting(Trade::previousClose).containsOnlyElementsOf(closes);
	}

	@Test
	void playWhenMidnightPassesThenPreviousCloseIsTheLastPrice() {
		long midnight = Instant.parse("2026-01-06T05:00:00Z").toEpochMilli();
		Simulator simulator = simulator(1, 1, 1, null);
		play(simulator, midnight - 60_000, Duration.ofSeconds(59), 500);
		BigDecimal last = this.trades.getLast().price();
		this.trades.clear();
		play(simulator, midnight - 500, Duration.ofSeconds(3), 500);
		assertThat(this.trades).last().extracting(Trade::previousClose).isEqualTo(last);
	}

	@Test
	void playWhenTheClockJumpsThenTheGapIsLeftOut() {
		Simulator simulator = simulator(1, 10, 1, null);
		play(simulator, MONDAY_NOON, Duration.ofSeconds(1), 10);
		this.trades.clear();
		long later = MONDAY_NOON + Duration.ofHours(8).toMillis();
		assertThat(simulator.play(later, this.trades::add)).isBetween(1L, 100L);
		assertThat(this.trades).hasSize(1).first().extracting(Trade::time).isEqualTo(later);
		assertThat(simulator.play(MONDAY_NOON, this.trades::add)).isEqualTo(100);
		assertThat(this.trades).hasSize(2);
	}

	@Test
	void listingsWhenSymbolsAreGivenThenThoseAndMadeUpOnesUpToTheCount() {
		List<Symbol> given = List.of(new Symbol("AAPL"), new Symbol("ACME"));
		assertThat(Listings.of(given, 0)).extracting(RandomWalk.Listing::symbol).isEqualTo(given);
		assertThat(Listings.of(given, 1)).extracting(RandomWalk.Listing::symbol).containsExactly(new Symbol("AAPL"));
		assertThat(Listings.of(given, 4)).extracting((listing) -> listing.symbol().text())
			.containsExactly("AAPL", "ACME", "SIM001", "SIM002");
		assertThat(Listings.of(List.of(), 0)).hasSize(24);
		assertThat(Listings.of(List.of(), 500)).extracting(RandomWalk.Listing::symbol).doesNotHaveDuplicates();
	}

	@Test
	void hoursWhenItIsWeekendOrNightThenClosed() {
		MarketHours hours = MarketHours.valueOf("09:30-16:00");
		assertThat(hours.isOpen(MONDAY_NOON, NEW_YORK)).isTrue();
		assertThat(hours.isOpen(Instant.parse("2026-01-05T14:29:59.999Z").toEpochMilli(), NEW_YORK)).isFalse();
		assertThat(hours.isOpen(Instant.parse("2026-01-05T14:30:00Z").toEpochMilli(), NEW_YORK)).isTrue();
		assertThat(hours.isOpen(Instant.parse("2026-01-05T21:00:00Z").toEpochMilli(), NEW_YORK)).isFalse();
		assertThat(hours.isOpen(Instant.parse("2026-01-04T17:00:00Z").toEpochMilli(), NEW_YORK)).isFalse();
		assertThat(Instant.ofEpochMilli(hours.lastClose(MONDAY_NOON, NEW_YORK))).isEqualTo("2026-01-02T21:00:00Z");
	}

}
