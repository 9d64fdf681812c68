package dev.carillon.stocks;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * The feed as it runs: brings trades from the source to the board and to the alerts,
 * tells the source what is wanted, and looks after stale quotes. Starts last and stops
 * first.
 */
public final class StocksFeed implements SmartLifecycle {

	private static final Duration SWEEP = Duration.ofSeconds(1);

	/**
	 * Changes of followers are gathered for so long, because they often come in crowds.
	 */
	private static final Duration GATHERING = Duration.ofMillis(50);

	private final StocksProperties.Source kind;

	private final Supplier<QuoteSource> sources;

	private final Quotes quotes;

	private final Alerts alerts;

	private final Watchlist watchlist;

	private volatile @Nullable Run run;

	/** What works from a start to a stop. */
	private record Run(QuoteSource source, Worker sweeper, AtomicBoolean looking) {
	}

	/**
	 * Starts nothing yet.
	 * @param kind what the source is called
	 * @param sources makes a source for each start
	 */
	StocksFeed(StocksProperties.Source kind, Supplier<QuoteSource> sources, Quotes quotes, Alerts alerts,
			Watchlist watchlist) {
		this.kind = kind;
		this.sources = sources;
		this.quotes = quotes;
		this.alerts = alerts;
		this.watchlist = watchlist;
	}

	@Override
	public synchronized void start() {
		if (this.run == null) {
			Run begun = new Run(this.sources.get(), new Worker("stocks-sweeper"), new AtomicBoolean());
			this.run = begun;
			begun.source().want(this.watchlist.look());
			begun.source().start(this::take);
			begun.sweeper().repeat(SWEEP, () -> sweep(begun));
		}
	}

	private void sweep(Run current) {
		this.quotes.sweep();
		look(current);
	}

	private void look(Run current) {
		current.looking().set(false);
		current.source().want(this.watchlist.look());
	}

	/** Somebody follows what nobody followed, or the other way round. Any thread. */
	void followersChanged() {
		Run current = this.run;
		if (current != null && current.looking().compareAndSet(false, true)) {
			current.sweeper().later(GATHERING, () -> look(current));
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

	/** Goes on while sessions are sent away. */
	@Override
	public int getPhase() {
		return 0;
	}

	@Override
	public boolean isRunning() {
		return this.run != null;
	}

	private boolean isWanted(Quote quote) {
		return this.watchlist.isWanted(quote.symbol());
	}

	/**
	 * How the feed is doing. Any thread.
	 */
	public FeedState state() {
		Run current = this.run;
		SourceState now = (current != null) ? current.source().state() : new SourceState(FeedState.Status.IDLE, 0, 0);
		return new FeedState(this.kind.name().toLowerCase(Locale.ROOT), now.status(), this.quotes.size(),
				this.quotes.count(this::isWanted), this.quotes.count((quote) -> quote.stale() && isWanted(quote)),
				this.quotes.trades(), this.quotes.ignored(), now.garbled(), now.reconnects(),
				this.quotes.unpublished() + this.alerts.unpublished(), this.alerts.total(), this.quotes.lastTradeAt());
	}

}
