package dev.carillon.stocks;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A source that plays a tape by the clock, on one thread.
 */
final class PacedSource implements QuoteSource {

	/** Trades that are due within this time are handed over together, in milliseconds. */
	private static final long MIN_WAIT = 10;

	/** The clock is looked at this often at least, because it may be set. */
	private static final long MAX_WAIT = 1_000;

	private static final Logger logger = LoggerFactory.getLogger(PacedSource.class);

	private final Tape tape;

	private final Clock clock;

	private final Worker worker = new Worker("stocks-source");

	private volatile FeedState.Status status = FeedState.Status.IDLE;

	PacedSource(Tape tape, Clock clock) {
		this.tape = tape;
		this.clock = clock;
	}

	@Override
	public void start(Consumer<Trade> feed) {
		this.status = FeedState.Status.LIVE;
		this.worker.execute(() -> play(feed));
	}

	private void play(Consumer<Trade> feed) {
		try {
			long wait = this.tape.play(this.clock.millis(), feed);
			if (wait == Tape.END) {
				this.status = FeedState.Status.ENDED;
				return;
			}
			this.worker.later(Duration.ofMillis(Math.clamp(wait, MIN_WAIT, MAX_WAIT)), () -> play(feed));
		}
		catch (RuntimeException ex) {
			this.status = FeedState.Status.FAILED;
			logger.error("The source of quotes broke and will not go on", ex);
		}
	}

	@Override
	public SourceState state() {
		return new SourceState(this.status, this.tape.garbled(), 0);
	}

	@Override
	public void close() {
		this.worker.close();
		this.tape.close();
		this.status = FeedState.Status.IDLE;
	}

}
