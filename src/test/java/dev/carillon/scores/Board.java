package dev.carillon.scores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;

import dev.carillon.support.FakeClock;
import dev.carillon.topic.Destination;
import dev.carillon.topic.Entry;
import dev.carillon.topic.MemoryLogs;
import dev.carillon.topic.TopicLog;
import dev.carillon.topic.TopicLogs;
import dev.carillon.topic.TopicPolicies;
import dev.carillon.topic.TopicProperties;
import dev.carillon.topic.Topics;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.ClassPathResource;

/**
 * A scoreboard with real topics, as carillon-scores.yaml configures them.
 */
final class Board {

	static final JsonMapper JSON = new JsonMapper();

	final FakeClock clock = new FakeClock(Played.KICK_OFF);

	final Timelines store;

	final Topics topics;

	Scoreboard scoreboard;

	Board() {
		this(new MemoryTimelines());
	}

	Board(Timelines store) {
		this.store = store;
		this.topics = topics(new MemoryLogs(this.clock, new Random(1)));
		this.scoreboard = restarted();
	}

	Board(TopicLogs logs) {
		this.store = new MemoryTimelines();
		this.topics = topics(logs);
		this.scoreboard = restarted();
	}

	private Topics topics(TopicLogs logs) {
		return new Topics(new TopicPolicies(families()), logs, this.clock);
	}

	static TopicProperties families() {
		try {
			MutablePropertySources sources = new MutablePropertySources();
			new YamlPropertySourceLoader().load("scores", new ClassPathResource("carillon-scores.yaml"))
				.forEach(sources::addLast);
			return new Binder(ConfigurationPropertySources.from(sources)).bind("carillon", TopicProperties.class).get();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static ScoresProperties properties(int maxMatches, int maxEvents) {
		return new ScoresProperties(ScoresProperties.Storage.MEMORY, maxMatches, maxEvents, Duration.ofDays(90),
				simulator(1, 2, 3));
	}

	static ScoresProperties.SimulatorProperties simulator(long seed, int matches, int keep) {
		return new ScoresProperties.SimulatorProperties(true, seed, 20, matches, keep);
	}

	/**
	 * Another scoreboard on the same store and topics, as after a restart.
	 */
	Scoreboard restarted() {
		return limited(1000, 2000);
	}

	/**
	 * Another scoreboard that has not brought back anything yet.
	 */
	Scoreboard started() {
		return new Scoreboard(this.store, this.topics, new MatchJson(), this.clock, new Random(7),
				properties(1000, 2000));
	}

	Scoreboard limited(int maxMatches, int maxEvents) {
		this.scoreboard = new Scoreboard(this.store, this.topics, new MatchJson(), this.clock, new Random(7),
				properties(maxMatches, maxEvents));
		this.scoreboard.restore();
		return this.scoreboard;
	}

	String soccer() {
		return this.scoreboard.create(Played.SCORER, new Opening(null, Played.soccer())).match();
	}

	List<JsonNode> published(String destination) {
		return this.topics.find(Destination.of(destination)).map((topic) -> messages(topic.log())).orElse(List.of());
	}

	private static List<JsonNode> messages(TopicLog log) {
		return LongStream.rangeClosed(log.tail(), log.head())
			.mapToObj(log::read)
			.filter(Objects::nonNull)
			.map(Entry::body)
			.map(JSON::readTree)
			.toList();
	}

}
