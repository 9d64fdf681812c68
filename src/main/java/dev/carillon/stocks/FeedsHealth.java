package dev.carillon.stocks;

import java.time.Instant;
import java.util.function.Supplier;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether the feed of quotes is fresh: down if its source broke for good, {@link #STALE}
 * if the source is away or all quotes it is asked for are stale.
 * <p>
 * A symbol that is traded rarely, or that nobody wants now, may be stale by itself; that
 * is nobody's fault.
 */
final class FeedsHealth implements HealthIndicator {

	/** What is shown may be out of date; everything else works. */
	static final Status STALE = new Status("STALE", "What is shown may be out of date");

	private final Supplier<FeedState> stocks;

	FeedsHealth(Supplier<FeedState> stocks) {
		this.stocks = stocks;
	}

	@Override
	public Health health() {
		FeedState state = this.stocks.get();
		Health.Builder health = Health.status(status(state))
			.withDetail("source", state.source())
			.withDetail("state", state.status())
			.withDetail("symbols", state.symbols())
			.withDetail("wanted", state.wanted())
			.withDetail("stale", state.stale())
			.withDetail("reconnects", state.reconnects())
			.withDetail("garbled", state.garbled());
		if (state.lastTradeAt() > 0) {
			health.withDetail("lastTrade", Instant.ofEpochMilli(state.lastTradeAt()).toString());
		}
		return health.build();
	}

	private static Status status(FeedState state) {
		boolean allStale = state.wanted() > 0 && state.stale() == state.wanted();
		return switch (state.status()) {
			case FAILED -> Status.DOWN;
			case IDLE -> Status.UNKNOWN;
			case CONNECTING -> (allStale || state.reconnects() > 0) ? STALE : Status.UNKNOWN;
			case LIVE, ENDED -> allStale ? STALE : Status.UP;
		};
	}

}
