package dev.carillon.stocks;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * One trade as a source reports it.
 * <p>
 * Prices are above 0 and below 10<sup>12</sup> with at most {@value #MAX_DECIMALS}
 * decimals; they are kept exactly, written with at least two decimals.
 *
 * @param symbol what was traded
 * @param price at which price
 * @param volume how much of it; 0 if the price is only indicative
 * @param time when, by the source's clock, in milliseconds since 1970
 * @param bid the best price to buy at that moment, or null if the source does not say
 * @param ask the best price to sell at that moment, or null if the source does not say
 * @param previousClose the last price of the trading day before, or null if the source
 * does not say
 */
record Trade(Symbol symbol, BigDecimal price, BigDecimal volume, long time, @Nullable BigDecimal bid,
		@Nullable BigDecimal ask, @Nullable BigDecimal previousClose) {

	/** Finer prices and volumes than this are no prices and volumes. */
	static final int MAX_DECIMALS = 8;

	/** The first power of ten that is too large for a price and for a volume. */
	private static final int MAX_DIGITS = 12;

	/** The year 2100; a later time is a unit mixed up. */
	private static final long MAX_TIME = 4_102_444_800_000L;

	/**
	 * Takes what a source says.
	 * @throws IllegalArgumentException if it cannot be true; the message names the value
	 */
	Trade {
		price = price("price", price);
		bid = (bid != null) ? price("bid", bid) : null;
		ask = (ask != null) ? price("ask", ask) : null;
		previousClose = (previousClose != null) ? price("previous_close", previousClose) : null;
		if (volume.signum() < 0 || !isPlain(volume)) {
			throw new IllegalArgumentException(
					"volume must be a number from 0 up to 12 digits, with at most " + MAX_DECIMALS + " decimals");
		}
		volume = trimmed(volume, 0);
		if (time <= 0 || time > MAX_TIME) {
			throw new IllegalArgumentException("time must be milliseconds since 1970");
		}
	}

	/** A trade of a source that tells nothing but trades. */
	static Trade of(Symbol symbol, BigDecimal price, BigDecimal volume, long time) {
		return new Trade(symbol, price, volume, time, null, null, null);
	}

	/**
	 * The price in its normal form.
	 * @throws IllegalArgumentException if the value can be no price; the message begins
	 * with the name
	 */
	static BigDecimal price(String name, BigDecimal value) {
		if (value.signum() <= 0 || !isPlain(value)) {
			throw new IllegalArgumentException(name + " must be a number above 0 with at most " + MAX_DIGITS
					+ " digits before and " + MAX_DECIMALS + " behind the point");
		}
		return trimmed(value, 2);
	}

	/** Looks at precision and scale only, because 1e999999999 is costly to write out. */
	private static boolean isPlain(BigDecimal value) {
		return value.precision() <= 100 && (long) value.precision() - value.scale() <= MAX_DIGITS
				&& (value.scale() <= MAX_DECIMALS || value.stripTrailingZeros().scale() <= MAX_DECIMALS);
	}

	private static BigDecimal trimmed(BigDecimal value, int decimals) {
		if (value.scale() == decimals) {
			return value;
		}
		BigDecimal stripped = value.stripTrailingZeros();
		return (stripped.scale() < decimals) ? stripped.setScale(decimals) : stripped;
	}

	/** The same trade at another time. */
	Trade at(long otherTime) {
		return new Trade(this.symbol, this.price, this.volume, otherTime, this.bid, this.ask, this.previousClose);
	}

}
