package dev.carillon.stocks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import dev.carillon.support.FakeClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PacedSourceTests {

	private final FakeClock clock = new FakeClock("2026-01-05T15:00:00Z");

	private final List<Trade> trades = new CopyOnWriteArrayList<>();

	/**
	 * A tape that gives one trade each time it is played, up to a number of them.
	 */
	private final class CountingTape implements Tape {

		private final AtomicInteger left;

		private volatile boolean closed;

		private CountingTape(int trades) {
			this.left = new AtomicInteger(trades);
		}

		@Override
		public long play(long now, Consumer<Trade> feed) {
			feed.accept(Exchange.trade(Exchange.AAPL, "1", 1, PacedSourceTests.this.clock));
			return (this.left.decrementAndGet() == 0) ? END : 0;
		}

		@Override
		public long garbled() {
			return 3;
		}

		@Override
		public void close() {
			this.closed = true;
		}

	}

	@Test
	void startWhenTapeHasAnEndThenPlayedToItAndEnded() {
		CountingTape tape = new CountingTape(3);
		PacedSource source = new PacedSource(tape, this.clock);
		assertThat(source.state().status()).isEqualTo(FeedState.Status.IDLE);
		source.start(this.trades::add);
		await().until(() -> source.state().status() == FeedState.Status.ENDED);
		assertThat(this.trades).hasSize(3);
		assertThat(source.state().garbled()).isEqualTo(3);
		source.close();
		assertThat(tape.closed).isTrue();
	}

	@Test
	void closeWhenPlayingThenNothingComesAfterwards() {
		PacedSource source = new PacedSource(new CountingTape(Integer.MAX_VALUE), this.clock);
		source.start(this.trades::add);
		await().until(() -> this.trades.size() > 2);
		source.close();
		int seen = this.trades.size();
		this.clock.advance(Duration.ofHours(1));
		source.close();
		assertThat(this.trades).hasSize(seen);
		assertThat(source.state().status()).isEqualTo(FeedState.Status.IDLE);
	}

	@Test
	void startWhenTapeBreaksThenFailed() {
		PacedSource source = new PacedSource(new CountingTape(5), this.clock);
		source.start((_) -> {
			throw new IllegalStateException("broken on purpose");
		});
		await().until(() -> source.state().status() == FeedState.Status.FAILED);
		source.close();
	}

}
