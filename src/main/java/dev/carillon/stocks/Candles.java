package dev.carillon.stocks;

import java.util.ArrayList;
import java.util.List;

/**
 * The newest candles of one symbol and interval, in order of time. Not thread-safe.
 */
final class Candles {

	private final int bound;

	private final List<Candle> candles = new ArrayList<>();

	/**
	 * Starts empty.
	 * @param bound how many candles are kept; the oldest goes first
	 */
	Candles(int bound) {
		this.bound = bound;
	}

	/**
	 * Takes a trade that is not older than any before.
	 * @param start when its minute or day begins
	 */
	void add(long start, Trade trade) {
		Candle last = this.candles.isEmpty() ? null : this.candles.getLast();
		if (last != null && last.time() == start) {
			this.candles.set(this.candles.size() - 1, last.with(trade));
			return;
		}
		if (this.candles.size() == this.bound) {
			this.candles.removeFirst();
		}
		this.candles.add(Candle.of(start, trade));
	}

	/**
	 * Takes a trade that is older than the latest; one that is older than all candles is
	 * left out.
	 * @param start when its minute or day begins
	 */
	void addLate(long start, Trade trade) {
		int i = this.candles.size() - 1;
		while (i >= 0 && this.candles.get(i).time() > start) {
			i--;
		}
		if (i < 0) {
			return;
		}
		Candle candle = this.candles.get(i);
		if (candle.time() == start) {
			this.candles.set(i, candle.withLate(trade));
		}
		else {
			this.candles.add(i + 1, Candle.of(start, trade));
			if (this.candles.size() > this.bound) {
				this.candles.removeFirst();
			}
		}
	}

	/**
	 * A copy of the newest candles, the oldest of them first.
	 */
	List<Candle> last(int limit) {
		int size = this.candles.size();
		return List.copyOf(this.candles.subList(Math.max(0, size - limit), size));
	}

}
