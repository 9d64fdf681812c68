package dev.carillon.stocks;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;

import dev.carillon.topic.Refusal;
import dev.carillon.topic.Topics;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The feature's parts, put together.
 */
@Configuration(proxyBeanMethods = false)
class StocksConfiguration {

	@Bean
	Quotes quotes(Topics topics, StocksProperties properties, Clock clock) {
		return new Quotes(topics, properties, Set.copyOf(watched(properties)), clock);
	}

	@Bean
	Alerts alerts(Topics topics, Quotes quotes, StocksProperties properties, JsonMapper mapper) {
		return new Alerts(topics, quotes, properties.alerts(), mapper);
	}

	@Bean
	Watchlist watchlist(Topics topics, Alerts alerts, StocksProperties properties, Clock clock) {
		List<Symbol> candidates = switch (properties.source()) {
			case SIMULATOR, REPLAY -> List.of();
			case UPSTREAM -> symbols(properties);
		};
		return new Watchlist(topics, alerts::areWaitingFor, candidates,
				candidates.isEmpty() ? candidates : always(properties, candidates), properties.upstream().linger(),
				clock);
	}

	@Bean
	StocksFeed stocksFeed(Topics topics, StocksProperties properties, Quotes quotes, Alerts alerts, Watchlist watchlist,
			Clock clock) {
		StocksFeed feed = new StocksFeed(properties.source(), () -> source(properties, clock), quotes, alerts,
				watchlist);
		if (properties.source() == StocksProperties.Source.UPSTREAM) {
			topics.followers().watch(feed::followersChanged);
		}
		return feed;
	}

	/** The name is that of the contributor. */
	@Bean
	HealthIndicator feedsHealthIndicator(StocksFeed feed) {
		return new FeedsHealth(feed::state);
	}

	private static QuoteSource source(StocksProperties properties, Clock clock) {
		return switch (properties.source()) {
			case SIMULATOR -> new PacedSource(new Simulator(listings(properties), properties.simulator().rate(),
					properties.simulator().seed(), properties.simulator().hours(), properties.zone()), clock);
			case REPLAY -> new PacedSource(new Replay(Objects.requireNonNull(properties.replay().file()),
					properties.replay().speed(), properties.replay().loop()), clock);
			case UPSTREAM -> new Upstream(Objects.requireNonNull(properties.upstream().url()), properties.upstream(),
					new TradeMessages(properties.symbols()), clock, new SplittableRandom());
		};
	}

	private static List<RandomWalk.Listing> listings(StocksProperties properties) {
		return Listings.of(symbols(properties), properties.simulator().count());
	}

	private static List<Symbol> watched(StocksProperties properties) {
		return switch (properties.source()) {
			case SIMULATOR -> listings(properties).stream().map(RandomWalk.Listing::symbol).toList();
			case REPLAY, UPSTREAM -> symbols(properties);
		};
	}

	private static List<Symbol> always(StocksProperties properties, List<Symbol> candidates) {
		List<String> names = properties.upstream().always();
		List<Symbol> always = names.contains("*") ? candidates : symbols("upstream.always", names);
		if (!candidates.containsAll(always)) {
			throw new IllegalArgumentException("carillon.stocks.upstream.always names a symbol that symbols does not");
		}
		return always;
	}

	private static List<Symbol> symbols(StocksProperties properties) {
		return symbols("symbols", properties.symbols());
	}

	private static List<Symbol> symbols(String key, List<String> names) {
		try {
			List<Symbol> symbols = names.stream().map(Symbol::of).toList();
			if (new HashSet<>(symbols).size() < symbols.size()) {
				throw new IllegalArgumentException("carillon.stocks." + key + " names one symbol twice: " + symbols);
			}
			return symbols;
		}
		catch (Refusal ex) {
			throw new IllegalArgumentException("carillon.stocks." + key + ": " + ex.reason(), ex);
		}
	}

}
