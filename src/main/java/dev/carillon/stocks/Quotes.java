package dev.carillon.stocks;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

import dev.carillon.topic.Destination;
import dev.carillon.topic.Publication;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.TopicPolicy;
import dev.carillon.topic.Topics;
import org.jspecify.annotations.Nullable;

/**
 * The board: turns trades into quotes, keeps the last one of each symbol and publishes it
 * to {@code /topic/stocks.<symbol>}.
 * <p>
 * Any thread; trades of one symbol come from one thread at a time. A quote that cannot be
 * published is counted; the next one replaces it anyway.
 */
final class Quotes {

	/** How far the source's clock may be ahead of ours. */
	private static final Duration MAX_AHEAD = Duration.ofMinutes(1);

	private static final Map<String, String> FRESH = Map.of("content-type", "application/json");

	private static final Map<String, String> STALE = Map.of("content-type", "application/json", "stale", "true");

	private final Topics topics;

	private final StocksProperties properties;

	private final Set<Symbol> watched;

	private final TradingDays days;

	private final Clock clock;

	private final Map<Symbol, Instrument> instruments = new ConcurrentHashMap<>();

	private final LongAdder trades = new LongAdder();

	private final LongAdder ignored = new LongAdder();

	private final LongAdder unpublished = new LongAdder();

	private volatile long lastTradeAt;

	/**
	 * Opens an empty board.
	 * @param watched the symbols that are traded here; empty for whatever the source has,
	 * up to {@code max-symbols}
	 */
	Quotes(Topics topics, StocksProperties properties, Set<Symbol> watched, Clock clock) {
		this.topics = topics;
		this.properties = properties;
		this.watched = Set.copyOf(watched);
		this.days = new TradingDays(properties.zone());
		this.clock = clock;
	}

	/**
	 * Takes a trade. One of a symbol that is not watched, or dated in the future, is
	 * counted and left out.
	 * @return the new quote, or null if the trade changes none
	 */
	@Nullable Quote take(Trade trade) {
		long now = this.clock.millis();
		Instrument instrument = instrument(trade.symbol());
		if (instrument == null || trade.time() > now + MAX_AHEAD.toMillis()) {
			this.ignored.increment();
			return null;
		}
		this.trades.increment();
		this.lastTradeAt = now;
		return instrument.take(trade, now);
	}

	private @Nullable Instrument instrument(Symbol symbol) {
		Instrument known = this.instruments.get(symbol);
		if (known != null) {
			return known;
		}
		boolean taken = this.watched.isEmpty() ? this.instruments.size() < this.properties.maxSymbols()
				: this.watched.contains(symbol);
		return taken ? this.instruments.computeIfAbsent(symbol, this::open) : null;
	}

	private Instrument open(Symbol symbol) {
		Destination destination = symbol.destination();
		Duration staleAfter = this.topics.policies().find(destination).map(TopicPolicy::staleAfter).orElse(null);
		return new Instrument(symbol, this.days, staleAfter, this.properties.candles(),
				(quote) -> publish(destination, quote));
	}

	private void publish(Destination destination, Quote quote) {
		this.topics.publish(destination, new Publication(quote.stale() ? STALE : FRESH, quote.json()))
			.whenComplete((_, failure) -> {
				if (failure != null) {
					this.unpublished.increment();
				}
			});
	}

	/**
	 * Marks the quotes of sources that went silent; to be run about once a second.
	 */
	void sweep() {
		long now = this.clock.millis();
		this.instruments.values().forEach((instrument) -> instrument.checkStale(now));
	}

	/**
	 * The last quotes of all symbols, ordered by symbol.
	 */
	List<Quote> all() {
		return this.instruments.values()
			.stream()
			.map(Instrument::last)
			.filter(Objects::nonNull)
			.sorted(Comparator.comparing(Quote::symbol))
			.toList();
	}

	/**
	 * The last quote of a symbol, or null before the first.
	 * @throws Refusal if the symbol is not traded here
	 */
	@Nullable Quote last(Symbol symbol) {
		Instrument instrument = require(symbol);
		return (instrument != null) ? instrument.last() : null;
	}

	/**
	 * The newest candles of a symbol, the oldest of them first.
	 * @throws Refusal if the symbol is not traded here
	 */
	List<Candle> candles(Symbol symbol, Interval interval, int limit) {
		Instrument instrument = require(symbol);
		return (instrument != null) ? instrument.candles(interval, limit) : List.of();
	}

	private @Nullable Instrument require(Symbol symbol) {
		Instrument instrument = this.instruments.get(symbol);
		if (instrument == null && !this.watched.contains(symbol)) {
			throw new Refusal(Refusal.Code.NOT_FOUND, "symbol " + symbol + " is not traded here");
		}
		return instrument;
	}

	/**
	 * How many symbols have a quote.
	 */
	int size() {
		return this.instruments.size();
	}

	/**
	 * How many of the last quotes are such.
	 */
	int count(Predicate<Quote> such) {
		return (int) this.instruments.values()
			.stream()
			.map(Instrument::last)
			.filter((quote) -> quote != null && such.test(quote))
			.count();
	}

	/** How many trades were taken. */
	long trades() {
		return this.trades.sum();
	}

	/** How many trades were left out. */
	long ignored() {
		return this.ignored.sum();
	}

	/** How many quotes could not be published. */
	long unpublished() {
		return this.unpublished.sum();
	}

	/** When the last trade came in, in milliseconds since 1970; 0 before the first. */
	long lastTradeAt() {
		return this.lastTradeAt;
	}

}
