package dev.carillon.stocks;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a symbol at one moment, as it is published.
 *
 * @param symbol what is traded
 * @param price of the last trade
 * @param bid the best price to buy when it was traded, or null if the source does not say
 * @param ask the best price to sell when it was traded, or null if the source does not
 * say
 * @param change the price less the previous close, or null before one is known
 * @param changePercent the same in percent of the previous close, with two decimals
 * @param previousClose the last price of the trading day before, or null if not known
 * @param open the first price of the day
 * @param high the highest price of the day
 * @param low the lowest price of the day
 * @param volume how much was traded on the day
 * @param time of the last trade by the source's clock, in milliseconds since 1970
 * @param publishedAt when the quote was made here, in milliseconds since 1970
 * @param stale whether the source has been silent for too long since
 */
record Quote(Symbol symbol, BigDecimal price, @Nullable BigDecimal bid, @Nullable BigDecimal ask,
		@Nullable BigDecimal change, @Nullable BigDecimal changePercent, @Nullable BigDecimal previousClose,
		BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal volume, long time, long publishedAt,
		boolean stale) {

	/** The same quote, marked as stale. */
	Quote staleAt(long now) {
		return new Quote(this.symbol, this.price, this.bid, this.ask, this.change, this.changePercent,
				this.previousClose, this.open, this.high, this.low, this.volume, this.time, now, true);
	}

	/**
	 * The quote as JSON; written by hand because it is made for each trade. Nothing in a
	 * quote needs escaping.
	 */
	byte[] json() {
		StringBuilder json = new StringBuilder(320);
		json.append("{\"symbol\":\"").append(this.symbol.text()).append('"');
		number(json, "price", this.price);
		number(json, "bid", this.bid);
		number(json, "ask", this.ask);
		number(json, "change", this.change);
		number(json, "changePercent", this.changePercent);
		number(json, "previousClose", this.previousClose);
		number(json, "open", this.open);
		number(json, "high", this.high);
		number(json, "low", this.low);
		number(json, "volume", this.volume);
		json.append(",\"time\":").append(this.time);
		json.append(",\"publishedAt\":").append(this.publishedAt);
		json.append(",\"stale\":").append(this.stale).append('}');
		return json.toString().getBytes(StandardCharsets.ISO_8859_1);
	}

	private static void number(StringBuilder json, String name, @Nullable BigDecimal value) {
		json.append(",\"").append(name).append("\":").append((value != null) ? value.toPlainString() : "null");
	}

}
