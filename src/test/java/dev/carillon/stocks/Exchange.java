package dev.carillon.stocks;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import dev.carillon.topic.Destination;
import dev.carillon.topic.Entry;
import dev.carillon.topic.MemoryLogs;
import dev.carillon.topic.SlowPolicy;
import dev.carillon.topic.TopicLog;
import dev.carillon.topic.TopicPolicies;
import dev.carillon.topic.TopicProperties;
import dev.carillon.topic.Topics;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.unit.DataSize;

/**
 * The words in which tests speak of trades and of what was published.
 */
final class Exchange {

	static final Symbol AAPL = new Symbol("AAPL");

	static final Symbol MSFT = new Symbol("MSFT");

	static final JsonMapper JSON = JsonMapper.builder().build();

	private Exchange() {
	}

	/** Topics with the family of quotes, and with that of alerts. */
	static Topics topics(Clock clock) {
		return topics(clock, Map.of("stocks", family("/topic/stocks.{symbol}", Duration.ofSeconds(15)), "stock-alerts",
				family("/user/{name}/queue/alerts", Duration.ZERO)));
	}

	static Topics topics(Clock clock, Map<String, TopicProperties.Family> families) {
		return new Topics(new TopicPolicies(new TopicProperties(new LinkedHashMap<>(families))),
				new MemoryLogs(clock, new SplittableRandom(1)), clock);
	}

	static TopicProperties.Family family(String pattern, Duration staleAfter) {
		return new TopicProperties.Family(pattern, "anyone", "nobody", true,
				new TopicProperties.LogBounds(256, DataSize.ofMegabytes(1), Duration.ofMinutes(10)), 1,
				SlowPolicy.CONFLATE, 0, staleAfter, 0, DataSize.ofKilobytes(128), false);
	}

	/** What the configuration is when nothing is configured. */
	static StocksProperties defaults() {
		return new Binding().bind();
	}

	static Binding binding() {
		return new Binding();
	}

	static Trade trade(Symbol symbol, String price, long volume, Clock clock) {
		return Trade.of(symbol, new BigDecimal(price), BigDecimal.valueOf(volume), clock.millis());
	}

	/** What is in the log of a destination, the oldest first. */
	static List<Entry> published(Topics topics, String destination) {
		List<Entry> entries = new ArrayList<>();
		topics.find(Destination.of(destination)).ifPresent((topic) -> {
			TopicLog log = topic.log();
			for (long offset = log.tail(); offset <= log.head(); offset++) {
				entries.add(log.read(offset));
			}
		});
		return entries;
	}

	/** The bodies in the log of a destination, the oldest first. */
	static List<JsonNode> bodies(Topics topics, String destination) {
		return published(topics, destination).stream().map((entry) -> JSON.readTree(entry.body())).toList();
	}

}
