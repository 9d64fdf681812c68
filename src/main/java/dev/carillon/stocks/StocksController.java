package dev.carillon.stocks;

import java.util.List;

import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Quotes and candles over HTTP.
 */
@RestController
@RequestMapping("/api/stocks")
class StocksController {

	private final Quotes quotes;

	private final Watchlist watchlist;

	private final StocksProperties.Candles bounds;

	StocksController(Quotes quotes, Watchlist watchlist, StocksProperties properties) {
		this.quotes = quotes;
		this.watchlist = watchlist;
		this.bounds = properties.candles();
	}

	/**
	 * Candles of one symbol.
	 *
	 * @param symbol whose prices
	 * @param interval how much time one candle holds
	 * @param candles the candles, the oldest first; intervals without a trade have none
	 */
	record Series(Symbol symbol, Interval interval, List<Candle> candles) {
	}

	@GetMapping
	List<Quote> all() {
		return this.quotes.all();
	}

	@GetMapping("/{symbol}")
	Quote one(@PathVariable String symbol) {
		Symbol wanted = Symbol.of(symbol);
		this.watchlist.touch(wanted);
		Quote quote = this.quotes.last(wanted);
		if (quote == null) {
			throw new Refusal(Refusal.Code.NOT_FOUND, "symbol " + wanted + " has had no trade yet");
		}
		return quote;
	}

	@GetMapping("/{symbol}/candles")
	Series candles(@PathVariable String symbol, @RequestParam(defaultValue = "1m") String interval,
			@RequestParam @Nullable String limit) {
		Symbol wanted = Symbol.of(symbol);
		this.watchlist.touch(wanted);
		Interval kind = Interval.of(interval);
		int bound = switch (kind) {
			case MINUTE -> this.bounds.minutes();
			case DAY -> this.bounds.days();
		};
		return new Series(wanted, kind,
				this.quotes.candles(wanted, kind, (limit != null) ? limit(limit, bound) : bound));
	}

	private static int limit(String text, int bound) {
		int limit = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
		if (limit < 1 || limit > bound) {
			throw new Refusal(Refusal.Code.BAD_VALUE, "limit must be a whole number from 1 to " + bound);
		}
		return limit;
	}

}
