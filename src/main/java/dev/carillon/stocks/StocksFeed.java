package dev.carillon.stocks;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * The feed as it runs: brings trades from the source to the board and to the alerts, and
 * looks after stale quotes. Starts last and stops first.
 */
public final class StocksFeed implements SmartLifecycle {

	private static final Duration SWEEP = Duration.ofSeconds(1);

	private final StocksProperties.Source kind;

	private final Supplier<QuoteSource> sources;

	private final Quotes quotes;

	private final Alerts alerts;

	private volatile @Nullable Run run;

	/** What works from a start to a stop. */
	private record Run(QuoteSource source, Worker sweeper) {
	}

	/**
	 * Starts nothing yet.
	 * @param kind what the source is called
	 * @param sources makes a source for each start
	 */
	StocksFeed(StocksProperties.Source kind, Supplier<QuoteSource> sources, Quotes quotes, Alerts alerts) {
		this.kind = kind;
		this.sources = sources;
		this.quotes = quotes;
		this.alerts = alerts;
	}

	@Override
	public synchronized void start() {
		if (this.run == null) {
			Run begun = new Run(this.sources.get(), new Worker("stocks-sweeper"));
			this.run = begun;
			begun.source().start(this::take);
			begun.sweeper().repeat(SWEEP, this.quotes::sweep);
		}
	}

	private void take(Trade trade) {
		Quote quote = this.quotes.take(trade);
		if (quote != null) {
			this.alerts.check(quote);
		}
	}

	@Override
	public synchronized void stop() {
		Run ending = this.run;
		if (ending != null) {
			ending.source().close();
			ending.sweeper().close();
			this.run = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.run != null;
	}

	/**
	 * How the feed is doing. Any thread.
	 */
	public FeedState state() {
		Run current = this.run;
		SourceState now = (current != null) ? current.source().state() : new SourceState(FeedState.Status.IDLE, 0, 0);
		return new FeedState(this.kind.name().toLowerCase(Locale.ROOT), now.status(), this.quotes.size(),
				this.quotes.stale(), this.quotes.trades(), this.quotes.ignored(), now.garbled(), now.reconnects(),
				this.quotes.unpublished() + this.alerts.unpublished(), this.alerts.total(), this.quotes.lastTradeAt());
	}

}
