package dev.carillon.stocks;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * One symbol on the board: its day so far, its last quote and its candles.
 * <p>
 * Any thread. Quotes are handed to the publisher in the order in which they come about,
 * so the publisher must not block.
 */
final class Instrument {

	private static final long MINUTE = 60_000;

	private final Symbol symbol;

	private final TradingDays days;

	private final @Nullable Duration staleAfter;

	private final Consumer<Quote> publisher;

	private final Candles minutes;

	private final Candles daily;

	private TradingDays.@Nullable Day day;

	private BigDecimal open = BigDecimal.ZERO;

	private BigDecimal high = BigDecimal.ZERO;

	private BigDecimal low = BigDecimal.ZERO;

	private BigDecimal volume = BigDecimal.ZERO;

	private @Nullable BigDecimal previousClose;

	/** When the source was heard last, by our clock. */
	private long heardAt;

	private volatile @Nullable Quote last;

	Instrument(Symbol symbol, TradingDays days, @Nullable Duration staleAfter, StocksProperties.Candles bounds,
			Consumer<Quote> publisher) {
		this.symbol = symbol;
		this.days = days;
		this.staleAfter = staleAfter;
		this.minutes = new Candles(bounds.minutes());
		this.daily = new Candles(bounds.days());
		this.publisher = publisher;
	}

	/**
	 * Takes a trade and publishes what the quote is now. A trade that is older than the
	 * last one of the day adds to range and volume but moves no price; one of an earlier
	 * day adds to candles only.
	 * @param now when it came in, in milliseconds since 1970
	 * @return the new quote, or null if the trade changes none
	 */
	synchronized @Nullable Quote take(Trade trade, long now) {
		this.heardAt = now;
		Quote before = this.last;
		if (before != null && trade.time() < before.time()) {
			return takeLate(before, trade, now);
		}
		TradingDays.Day today = this.day;
		if (today == null || !today.contains(trade.time())) {
			today = begin(trade, before);
		}
		this.previousClose = (trade.previousClose() != null) ? trade.previousClose() : this.previousClose;
		addToDay(trade);
		this.minutes.add(minute(trade), trade);
		this.daily.add(today.start(), trade);
		return publish(quote(trade, now));
	}

	private TradingDays.Day begin(Trade trade, @Nullable Quote before) {
		TradingDays.Day today = this.days.of(trade.time());
		this.day = today;
		this.previousClose = (before != null) ? before.price() : null;
		this.open = trade.price();
		this.high = trade.price();
		this.low = trade.price();
		this.volume = BigDecimal.ZERO;
		return today;
	}

	private void addToDay(Trade trade) {
		this.high = this.high.max(trade.price());
		this.low = this.low.min(trade.price());
		this.volume = this.volume.add(trade.volume());
	}

	private @Nullable Quote takeLate(Quote before, Trade trade, long now) {
		this.minutes.addLate(minute(trade), trade);
		this.daily.addLate(this.days.of(trade.time()).start(), trade);
		if (this.day == null || !this.day.contains(trade.time())) {
			return null;
		}
		addToDay(trade);
		return publish(new Quote(this.symbol, before.price(), before.bid(), before.ask(), before.change(),
				before.changePercent(), before.previousClose(), this.open, this.high, this.low, this.volume,
				before.time(), now, false));
	}

	private static long minute(Trade trade) {
		return trade.time() - Math.floorMod(trade.time(), MINUTE);
	}

	private Quote quote(Trade trade, long now) {
		BigDecimal from = this.previousClose;
		BigDecimal change = (from != null) ? trade.price().subtract(from) : null;
		BigDecimal percent = (change != null && from != null)
				? change.movePointRight(2).divide(from, 2, RoundingMode.HALF_UP) : null;
		return new Quote(this.symbol, trade.price(), trade.bid(), trade.ask(), change, percent, from, this.open,
				this.high, this.low, this.volume, trade.time(), now, false);
	}

	private Quote publish(Quote quote) {
		this.last = quote;
		this.publisher.accept(quote);
		return quote;
	}

	/**
	 * Publishes the last quote once more, marked, if the source has been silent for too
	 * long and this was not said yet.
	 */
	synchronized void checkStale(long now) {
		Quote quote = this.last;
		if (quote != null && !quote.stale() && this.staleAfter != null
				&& now - this.heardAt >= this.staleAfter.toMillis()) {
			publish(quote.staleAt(now));
		}
	}

	/**
	 * The last quote, or null before the first trade.
	 */
	@Nullable Quote last() {
		return this.last;
	}

	/**
	 * The newest candles, the oldest of them first.
	 */
	synchronized List<Candle> candles(Interval interval, int limit) {
		return switch (interval) {
			case MINUTE -> this.minutes.last(limit);
			case DAY -> this.daily.last(limit);
		};
	}

}
