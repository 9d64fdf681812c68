package dev.carillon.stocks;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where quotes come from and how much of them is kept.
 *
 * @param source where trades come from: simulator, replay or upstream
 * @param symbols the symbols that are traded; empty for the simulator's own, or whatever
 * the replayed file has; an upstream feed is asked for those of them that are followed
 * @param maxSymbols how many symbols there may be at most, 1 to 100000
 * @param zone the time zone of the market, in which its days begin and end
 * @param simulator the simulator, if that is the source
 * @param replay the replayed file, if that is the source
 * @param upstream the upstream feed, if that is the source
 * @param candles how many candles are kept in memory
 * @param alerts how many price alerts there may be
 */
@ConfigurationProperties("carillon.stocks")
record StocksProperties(@DefaultValue("simulator") Source source, @DefaultValue List<String> symbols,
		@DefaultValue("5000") int maxSymbols, @DefaultValue("America/New_York") ZoneId zone,
		@DefaultValue Simulator simulator, @DefaultValue Replay replay, @DefaultValue Upstream upstream,
		@DefaultValue Candles candles, @DefaultValue Alerts alerts) {

	StocksProperties {
		symbols = List.copyOf(symbols);
		check(maxSymbols >= 1 && maxSymbols <= 100_000, "max-symbols must be 1 to 100000");
		check(symbols.size() <= maxSymbols, "symbols has more entries than max-symbols allows");
		check(simulator.count() <= maxSymbols, "simulator.count is above max-symbols");
		check(source != Source.REPLAY || replay.file() != null, "replay.file is missing, which source=replay needs");
		check(source != Source.UPSTREAM || upstream.url() != null,
				"upstream.url is missing, which source=upstream needs");
		check(source != Source.UPSTREAM || !symbols.isEmpty(), "symbols is empty; source=upstream needs some");
	}

	private static void check(boolean possible, String message) {
		if (!possible) {
			throw new IllegalArgumentException("carillon.stocks." + message);
		}
	}

	private static void checkPositive(Duration duration, String key) {
		check(duration.toMillis() >= 1, key + " must be at least 1ms");
	}

	/** Where trades come from. */
	enum Source {

		/** Made up here. */
		SIMULATOR,
		/** A CSV file. */
		REPLAY,
		/** A WebSocket feed. */
		UPSTREAM

	}

	/**
	 * The simulator.
	 *
	 * @param seed what its prices follow from: the same seed gives the same prices
	 * @param rate updates per second of each symbol, above 0 and up to 1000
	 * @param count how many symbols, made up where there are not enough; 0 for as many as
	 * there are
	 * @param hours when the market is open on weekdays, such as 09:30-16:00; nothing for
	 * around the clock
	 */
	record Simulator(@DefaultValue("1") long seed, @DefaultValue("1") double rate, @DefaultValue("0") int count,
			@Nullable MarketHours hours) {

		Simulator {
			check(rate > 0 && rate <= 1000, "simulator.rate must be above 0 and at most 1000");
			check(count >= 0, "simulator.count must be at least 0");
		}

	}

	/**
	 * The replayed file.
	 *
	 * @param file a CSV file with a header line and the columns time, symbol and price,
	 * and if it has them volume, bid, ask and previous_close
	 * @param speed how many times faster than it was recorded, above 0 and up to 1000000
	 * @param loop whether it starts over at its end
	 */
	record Replay(@Nullable Path file, @DefaultValue("1") double speed, @DefaultValue("false") boolean loop) {

		Replay {
			check(speed > 0 && speed <= 1_000_000, "replay.speed must be above 0 and at most 1000000");
		}

	}

	/**
	 * The upstream feed.
	 *
	 * @param url its address, ws: or wss:
	 * @param token the secret that lets us in, sent as the query parameter token
	 * @param connectTimeout how long connecting may take
	 * @param idleTimeout after how long without a sign of life the connection is given
	 * up; it is asked for one three times as often
	 * @param minBackoff the upper bound of the first wait before connecting again; it
	 * doubles with each failure
	 * @param maxBackoff the longest wait before connecting again
	 * @param messageSize the largest message taken; a larger one ends the connection
	 * @param always symbols the feed is asked for even while nobody follows them; an
	 * asterisk for all
	 * @param linger for how long the feed is still asked for a symbol that nobody follows
	 * any more
	 */
	record Upstream(@Nullable URI url, @Nullable String token, @DefaultValue("10s") Duration connectTimeout,
			@DefaultValue("30s") Duration idleTimeout, @DefaultValue("500ms") Duration minBackoff,
			@DefaultValue("30s") Duration maxBackoff, @DefaultValue("1MB") DataSize messageSize,
			@DefaultValue List<String> always, @DefaultValue("1m") Duration linger) {

		Upstream {
			always = List.copyOf(always);
			check(!linger.isNegative(), "upstream.linger must be at least 0s");
			check(url == null || ("ws".equalsIgnoreCase(url.getScheme()) || "wss".equalsIgnoreCase(url.getScheme()))
					&& url.getHost() != null, "upstream.url must begin with ws:// or wss:// and a host");
			checkPositive(connectTimeout, "upstream.connect-timeout");
			checkPositive(idleTimeout, "upstream.idle-timeout");
			checkPositive(minBackoff, "upstream.min-backoff");
			check(maxBackoff.compareTo(minBackoff) >= 0, "upstream.max-backoff must be at least upstream.min-backoff");
			check(messageSize.toBytes() >= 1024 && messageSize.toMegabytes() <= 64,
					"upstream.message-size must be 1KB to 64MB");
		}

		/** Everything but the token and the query, which may hold one. */
		@Override
		public String toString() {
			return "Upstream[" + place() + "]";
		}

		/** The address as it may be shown: without user, query and fragment. */
		String place() {
			return (url() != null) ? url().getScheme() + "://" + url().getHost()
					+ ((url().getPort() >= 0) ? ":" + url().getPort() : "") + url().getPath() : "nowhere";
		}

	}

	/**
	 * The bounds of candles, for each symbol.
	 *
	 * @param minutes how many one-minute candles are kept, 1 to 10000
	 * @param days how many daily candles are kept, 1 to 10000
	 */
	record Candles(@DefaultValue("780") int minutes, @DefaultValue("260") int days) {

		Candles {
			check(minutes >= 1 && minutes <= 10_000, "candles.minutes must be 1 to 10000");
			check(days >= 1 && days <= 10_000, "candles.days must be 1 to 10000");
		}

	}

	/**
	 * The bounds of price alerts.
	 *
	 * @param perUser how many each user may have waiting
	 * @param total how many may be waiting in all
	 */
	record Alerts(@DefaultValue("50") int perUser, @DefaultValue("100000") int total) {

		Alerts {
			check(perUser >= 1, "alerts.per-user must be at least 1");
			check(total >= 1, "alerts.total must be at least 1");
		}

	}

}
