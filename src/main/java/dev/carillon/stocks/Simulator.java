package dev.carillon.stocks;

import java.time.ZoneId;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A made-up market. What is traded, in which order and at which price follows from the
 * seed; when, from the clock.
 * <p>
 * Each symbol trades once in each round, in an order that is shuffled anew. While the
 * market is closed nothing trades; prices at the start are those of the last close. When
 * the clock jumps by more than a second, trading goes on from there, and what would have
 * been in between is left out.
 */
final class Simulator implements Tape {

	/** A step of the clock that is taken for a jump, in milliseconds. */
	private static final long JUMP = 1_000;

	private final RandomWalk[] walks;

	/** The symbols in the order of this round. */
	private final int[] round;

	private final SplittableRandom random;

	/** Milliseconds from one trade to the next. */
	private final double interval;

	private final @Nullable MarketHours hours;

	private final ZoneId zone;

	private final TradingDays days;

	private TradingDays.@Nullable Day today;

	private long count;

	/** The next trade is due this many milliseconds after the origin. */
	private double offset;

	private long origin;

	private boolean paused;

	/**
	 * Makes a market that opens with the first call of {@link #play}.
	 * @param listings what is traded, at least one
	 * @param rate updates per second of each symbol
	 * @param seed what prices and order follow from
	 * @param hours when the market is open, or null for around the clock
	 * @param zone where the market is
	 */
	Simulator(List<RandomWalk.Listing> listings, double rate, long seed, @Nullable MarketHours hours, ZoneId zone) {
		this.walks = listings.stream()
			.map((listing) -> new RandomWalk(listing, seed, 1 / rate))
			.toArray(RandomWalk[]::new);
		this.round = new int[this.walks.length];
		for (int i = 0; i < this.round.length; i++) {
			this.round[i] = i;
		}
		this.random = new SplittableRandom(seed);
		this.interval = 1_000 / (rate * this.walks.length);
		this.hours = hours;
		this.zone = zone;
		this.days = new TradingDays(zone);
	}

	@Override
	public long play(long now, Consumer<Trade> feed) {
		boolean open = this.hours == null || this.hours.isOpen(now, this.zone);
		if (this.today == null) {
			begin((this.hours == null || open) ? now : this.hours.lastClose(now, this.zone), feed);
			this.origin = now;
			this.offset = this.interval;
		}
		if (!open) {
			this.paused = true;
			return JUMP;
		}
		if (this.paused || untilNext(now) < -JUMP || untilNext(now) > this.interval + JUMP) {
			this.paused = false;
			this.origin = now;
			this.offset = 0;
		}
		while (untilNext(now) <= 0) {
			long time = this.origin + (long) this.offset;
			passNight(time);
			feed.accept(this.walks[next()].next(time));
			this.offset += this.interval;
		}
		return (long) Math.ceil(untilNext(now));
	}

	/** In how many milliseconds the next trade is due. */
	private double untilNext(long now) {
		return (this.origin - now) + this.offset;
	}

	private void begin(long time, Consumer<Trade> feed) {
		this.today = this.days.of(time);
		for (RandomWalk walk : this.walks) {
			feed.accept(walk.indication(time));
		}
	}

	private void passNight(long time) {
		if (this.today != null && time >= this.today.end()) {
			this.today = this.days.of(time);
			for (RandomWalk walk : this.walks) {
				walk.passNight();
			}
		}
	}

	private int next() {
		int place = (int) (this.count++ % this.round.length);
		if (place == 0) {
			for (int i = this.round.length - 1; i > 0; i--) {
				int j = this.random.nextInt(i + 1);
				int swapped = this.round[i];
				this.round[i] = this.round[j];
				this.round[j] = swapped;
			}
		}
		return this.round[place];
	}

	@Override
	public long garbled() {
		return 0;
	}

	@Override
	public void close() {
		// nothing but memory
	}

}
