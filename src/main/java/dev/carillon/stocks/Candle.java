package dev.carillon.stocks;

import java.math.BigDecimal;

/**
 * The trades of one minute or one day.
 *
 * @param time when the minute or day begins, in milliseconds since 1970
 * @param open the first price
 * @param high the highest price
 * @param low the lowest price
 * @param close the last price
 * @param volume how much was traded
 */
record Candle(long time, BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close, BigDecimal volume) {

	static Candle of(long time, Trade trade) {
		return new Candle(time, trade.price(), trade.price(), trade.price(), trade.price(), trade.volume());
	}

	/** With one more trade, the latest. */
	Candle with(Trade trade) {
		return new Candle(this.time, this.open, this.high.max(trade.price()), this.low.min(trade.price()),
				trade.price(), this.volume.add(trade.volume()));
	}

	/** With one more trade that came after later ones; it moves no close. */
	Candle withLate(Trade trade) {
		return new Candle(this.time, this.open, this.high.max(trade.price()), this.low.min(trade.price()), this.close,
				this.volume.add(trade.volume()));
	}

}
