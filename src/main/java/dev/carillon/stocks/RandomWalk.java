package dev.carillon.stocks;

import java.math.BigDecimal;
import java.util.SplittableRandom;

/**
 * The made-up price of one symbol: a geometric random walk with calm and busy times, held
 * near where it began by a weak pull, on a grid of cents.
 * <p>
 * The same seed and symbol give the same prices, whichever symbols there are beside it.
 * Not thread-safe.
 */
final class RandomWalk {

	/** Seconds in a year of 252 trading days of 6.5 hours. */
	private static final double YEAR = 252 * 6.5 * 3600;

	/** How fast a deviation from the base fades: by half in five trading days. */
	private static final double PULL = StrictMath.log(2) / (5 * 6.5 * 3600);

	private final Listing listing;

	private final SplittableRandom random;

	private final double step;

	private final double pull;

	private double value;

	/** The logarithm of how busy the market is: 0 on average. */
	private double activity;

	private BigDecimal close;

	private BigDecimal last;

	/**
	 * What is made up of a symbol.
	 *
	 * @param symbol what is traded
	 * @param base the price it moves around
	 * @param volatility the standard deviation of a year's return, 0.25 for a calm stock
	 * @param lots how many round lots a trade has on average
	 */
	record Listing(Symbol symbol, double base, double volatility, double lots) {
	}

	/**
	 * Begins near the base, as if a night had passed since the close.
	 * @param seconds how far apart in time prices are
	 */
	RandomWalk(Listing listing, long seed, double seconds) {
		this.listing = listing;
		long own = seed ^ ((long) listing.symbol().text().hashCode() << 32);
		this.random = new SplittableRandom(new SplittableRandom(own).nextLong());
		this.step = listing.volatility() * StrictMath.sqrt(seconds / YEAR);
		this.pull = Math.min(PULL * seconds, 0.5);
		this.value = listing.base();
		this.close = price(ticks(this.value));
		this.last = this.close;
		passNight();
	}

	/** Makes the last price the previous close and lets a night pass. */
	void passNight() {
		this.close = this.last;
		this.value *= StrictMath.exp(this.listing.volatility() * 0.03 * this.random.nextGaussian());
	}

	/** The next trade, at the bid, at the ask or in between. */
	Trade next(long time) {
		this.activity = 0.98 * this.activity + 0.1 * this.random.nextGaussian();
		double busy = StrictMath.exp(this.activity);
		double back = -this.pull * StrictMath.log(this.value / this.listing.base());
		this.value *= StrictMath.exp(back + this.step * busy * this.random.nextGaussian());
		long spread = Math.max(1, Math.round(ticks(this.value) * 0.0001 * busy * (0.5 + this.listing.volatility())));
		long bid = Math.max(1, ticks(this.value) - spread / 2);
		long at = bid + switch (this.random.nextInt(10)) {
			case 0 -> spread / 2;
			case 1, 2, 3, 4 -> 0L;
			default -> spread;
		};
		this.last = price(at);
		return new Trade(this.listing.symbol(), this.last, BigDecimal.valueOf(size(busy)), time, price(bid),
				price(bid + spread), this.close);
	}

	/** The price as it stands, without a trade. */
	Trade indication(long time) {
		return new Trade(this.listing.symbol(), this.last, BigDecimal.ZERO, time, null, null, this.close);
	}

	/** Most trades are round lots of a hundred, some are odd. */
	private long size(double busy) {
		if (this.random.nextInt(10) < 3) {
			return this.random.nextInt(1, 100);
		}
		double lots = this.listing.lots() * busy * StrictMath.exp(this.random.nextGaussian());
		return 100 * Math.clamp(Math.round(lots), 1, 1_000);
	}

	/** Stocks below a dollar move by hundredths of a cent. */
	private int decimals() {
		return (this.listing.base() < 1) ? 4 : 2;
	}

	private long ticks(double amount) {
		return Math.max(1, Math.round(amount * ((decimals() == 4) ? 10_000 : 100)));
	}

	private BigDecimal price(long ticks) {
		return BigDecimal.valueOf(ticks, decimals());
	}

}
