package dev.carillon.scores;

import java.security.SecureRandom;
import java.time.Clock;

import dev.carillon.topic.Refusal;
import dev.carillon.topic.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Puts the scores together.
 */
@Configuration(proxyBeanMethods = false)
class ScoresConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(ScoresConfiguration.class);

	@Bean
	MatchJson matchJson() {
		return new MatchJson();
	}

	@Bean
	Timelines timelines(ScoresProperties properties, ObjectProvider<JdbcTemplate> jdbc, MatchJson json) {
		return switch (properties.storage()) {
			case DATABASE -> new JdbcTimelines(jdbc.getObject(), json);
			case MEMORY -> new MemoryTimelines();
		};
	}

	@Bean
	Scoreboard scoreboard(Timelines timelines, Topics topics, MatchJson json, Clock clock,
			ScoresProperties properties) {
		return new Scoreboard(timelines, topics, json, clock, new SecureRandom(), properties);
	}

	/**
	 * Without the database the service starts all the same; the first who needs a match
	 * tries again.
	 */
	@Bean
	ApplicationRunner scoresRestoration(Scoreboard scoreboard) {
		return (_) -> {
			try {
				scoreboard.restore();
			}
			catch (Refusal refusal) {
				logger.warn("The stored matches are not here yet: {}", refusal.reason());
			}
		};
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "carillon.scores.simulator.enabled", matchIfMissing = true)
	Simulator scoresSimulator(Scoreboard scoreboard, ScoresProperties properties, Clock clock) {
		return new Simulator(scoreboard, properties.simulator(), clock);
	}

}
