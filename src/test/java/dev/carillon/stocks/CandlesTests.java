package dev.carillon.stocks;

import java.math.BigDecimal;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CandlesTests {

	private final Candles candles = new Candles(3);

	private static Trade trade(String price) {
		return Trade.of(Exchange.AAPL, new BigDecimal(price), BigDecimal.TEN, 1);
	}

	private static Candle candle(long time, String open, String high, String low, String close, int volume) {
		return new Candle(time, new BigDecimal(open), new BigDecimal(high), new BigDecimal(low), new BigDecimal(close),
				BigDecimal.valueOf(volume));
	}

	@Test
	void addWhenTradesShareAnIntervalThenOneCandle() {
		this.candles.add(60, trade("2.00"));
		this.candles.add(60, trade("5.00"));
		this.candles.add(60, trade("1.00"));
		this.candles.add(60, trade("3.00"));
		assertThat(this.candles.last(10)).containsExactly(candle(60, "2.00", "5.00", "1.00", "3.00", 40));
	}

	@Test
	void addWhenBoundIsReachedThenOldestGoes() {
		for (int i = 1; i <= 5; i++) {
			this.candles.add(i, trade(i + ".00"));
		}
		assertThat(this.candles.last(10)).extracting(Candle::time).containsExactly(3L, 4L, 5L);
		assertThat(this.candles.last(2)).extracting(Candle::time).containsExactly(4L, 5L);
	}

	@Test
	void addLateWhenIntervalHasACandleThenOpenAndCloseStay() {
		this.candles.add(1, trade("2.00"));
		this.candles.add(2, trade("3.00"));
		this.candles.addLate(1, trade("9.00"));
		assertThat(this.candles.last(10)).containsExactly(candle(1, "2.00", "9.00", "2.00", "2.00", 20),
				candle(2, "3.00", "3.00", "3.00", "3.00", 10));
	}

	@Test
	void addLateWhenIntervalHasNoneThenPutInPlaceWithinTheBound() {
		this.candles.add(1, trade("2.00"));
		this.candles.add(3, trade("3.00"));
		this.candles.add(5, trade("3.00"));
		this.candles.addLate(2, trade("4.00"));
		assertThat(this.candles.last(10)).extracting(Candle::time).containsExactly(2L, 3L, 5L);
		this.candles.addLate(1, trade("4.00"));
		assertThat(this.candles.last(10)).extracting(Candle::time).containsExactly(2L, 3L, 5L);
	}

	@Test
	void lastWhenMoreTradesComeThenCopyStays() {
		this.candles.add(1, trade("2.00"));
		var before = this.candles.last(10);
		this.candles.add(2, trade("2.00"));
		assertThat(before).hasSize(1);
	}

}
