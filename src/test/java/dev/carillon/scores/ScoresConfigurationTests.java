package dev.carillon.scores;

import java.time.Clock;
import java.util.Random;
import java.util.UUID;

import dev.carillon.support.FakeClock;
import dev.carillon.topic.MemoryLogs;
import dev.carillon.topic.TopicPolicies;
import dev.carillon.topic.TopicPolicy;
import dev.carillon.topic.Topics;
import org.junit.jupiter.api.Test;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link ScoresConfiguration} and carillon-scores.yaml.
 */
class ScoresConfigurationTests {

	private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
				JdbcClientAutoConfiguration.class, FlywayAutoConfiguration.class))
		.withUserConfiguration(Kernel.class, ScoresConfiguration.class)
		.withPropertyValues("spring.datasource.url=" + this.url, "carillon.scores.simulator.enabled=false");

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(ScoresProperties.class)
	static class Kernel {

		@Bean
		Clock clock() {
			return new FakeClock(Played.KICK_OFF);
		}

		@Bean
		Topics topics(Clock clock) {
			return new Topics(new TopicPolicies(Board.families()), new MemoryLogs(clock, new Random(1)), clock);
		}

	}

	@Test
	void startWhenMatchIsInTheDatabaseThenItIsBroughtBack() {
		this.application.run((context) -> {
			Scoreboard scoreboard = context.getBean(Scoreboard.class);
			scoreboard.create(Played.SCORER, new Opening("final", Played.soccer()));
			scoreboard.report("final", Played.SCORER, Report.of(new MatchEvent.PeriodStart()));
		});
		this.application.run((context) -> {
			context.getBean(ApplicationRunner.class).run(new DefaultApplicationArguments());
			assertThat(context.getBean(Topics.class).all()).extracting(Object::toString)
				.containsExactly("/topic/scores.soccer.final");
			assertThat(context.getBean(Scoreboard.class).timeline("final").match().status()).isEqualTo(Status.LIVE);
		});
	}

	@Test
	void startWhenDatabaseIsAwayThenServiceStarts() {
		this.application
			.withPropertyValues("spring.datasource.url=jdbc:h2:mem:absent;IFEXISTS=TRUE", "spring.flyway.enabled=false")
			.run((context) -> {
				context.getBean(ApplicationRunner.class).run(new DefaultApplicationArguments());
				assertThat(context).hasNotFailed();
			});
	}

	@Test
	void startWhenStorageIsMemoryThenNoDatabaseIsNeeded() {
		new ApplicationContextRunner().withUserConfiguration(Kernel.class, ScoresConfiguration.class)
			.withPropertyValues("carillon.scores.storage=memory")
			.run((context) -> {
				assertThat(context.getBean(Timelines.class)).isInstanceOf(MemoryTimelines.class);
				assertThat(context.getBean(Simulator.class).isRunning()).isTrue();
			});
	}

	@Test
	void startWhenValueIsImpossibleThenFailureNamesTheKey() {
		this.application.withPropertyValues("carillon.scores.simulator.speed=0")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("carillon.scores.simulator.speed"));
	}

	@Test
	void familiesWhenReadThenScorersSendAndEverybodyReads() {
		TopicPolicies policies = new TopicPolicies(Board.families());
		assertThat(policies.all()).extracting(TopicPolicy::family)
			.containsExactlyInAnyOrder("scores", "score-reports", "score-answers");
		TopicPolicy scores = policies
			.require(new Opened("42", Played.soccer(), Played.SCORER, Played.KICK_OFF).destination());
		assertThat(scores.replay()).isOne();
		assertThat(scores.wildcards()).isTrue();
		assertThat(policies.all()).filteredOn((policy) -> policy.family().equals("score-reports"))
			.singleElement()
			.extracting((policy) -> policy.send().toString())
			.isEqualTo("role:SCORER");
	}

}
