package dev.carillon.stocks;

import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;

import dev.carillon.topic.Access;
import dev.carillon.topic.Destination;
import dev.carillon.topic.SlowPolicy;
import dev.carillon.topic.TopicPolicies;
import dev.carillon.topic.TopicPolicy;
import dev.carillon.topic.TopicProperties;
import dev.carillon.topic.Topics;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class StocksConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withInitializer(new ConfigDataApplicationContextInitializer())
		.withPropertyValues("spring.config.location=classpath:carillon-stocks.yaml")
		.withUserConfiguration(Rest.class);

	/**
	 * What other parts of the application bring.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties({ StocksProperties.class, TopicProperties.class })
	@Import({ StocksConfiguration.class, StocksController.class, AlertsController.class })
	static class Rest {

		@Bean
		Clock clock() {
			return Clock.systemUTC();
		}

		@Bean
		JsonMapper jsonMapper() {
			return Exchange.JSON;
		}

		@Bean
		Topics topics(TopicProperties properties, Clock clock) {
			return Exchange.topics(clock, new LinkedHashMap<>(properties.topics()));
		}

	}

	@Test
	void startWhenNothingIsConfiguredThenSimulatedQuotesArePublished() {
		this.runner.run((context) -> {
			Topics topics = context.getBean(Topics.class);
			await().until(() -> Exchange.published(topics, "/topic/stocks.AAPL").size() > 2);
			StocksFeed feed = context.getBean(StocksFeed.class);
			assertThat(feed.state().source()).isEqualTo("simulator");
			assertThat(feed.state().status()).isEqualTo(FeedState.Status.LIVE);
			assertThat(feed.state().symbols()).isEqualTo(24);
			assertThat(feed.state().unpublished()).isZero();
			feed.stop();
			assertThat(feed.state().status()).isEqualTo(FeedState.Status.IDLE);
			long before = feed.state().trades();
			feed.start();
			await().until(() -> feed.state().trades() > before);
		});
	}

	@Test
	void startWhenFiveHundredSymbolsAreWantedTenTimesASecondThenEachTrades() {
		this.runner.withPropertyValues("carillon.stocks.simulator.count=500", "carillon.stocks.simulator.rate=10")
			.run((context) -> {
				Topics topics = context.getBean(Topics.class);
				await().until(() -> topics.all().size() == 500
						&& topics.all().stream().allMatch((topic) -> topic.head().offset() > 10));
				assertThat(context.getBean(StocksFeed.class).state().ignored()).isZero();
				assertThat(context.getBean(StocksController.class).all()).hasSize(500);
			});
	}

	@Test
	void startWhenReplayIsConfiguredThenFileIsPlayedToItsEnd() {
		this.runner
			.withPropertyValues("carillon.stocks.source=replay", "carillon.stocks.replay.speed=1000",
					"carillon.stocks.replay.file=" + Path.of("src", "test", "resources", "stocks", "trades.csv"))
			.run((context) -> {
				StocksFeed feed = context.getBean(StocksFeed.class);
				await().until(() -> feed.state().status() == FeedState.Status.ENDED);
				assertThat(feed.state().trades()).isEqualTo(5);
				assertThat(feed.state().garbled()).isEqualTo(5);
				assertThat(context.getBean(StocksController.class).one("BRK.B").price()).isEqualTo("470.10");
			});
	}

	@Test
	void startWhenSymbolIsNamedTwiceThenFailureSaysSo() {
		this.runner.withPropertyValues("carillon.stocks.symbols=BRK.B,brk-b")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageStartingWith("carillon.stocks.symbols names one symbol twice"));
	}

	@Test
	void startWhenASymbolIsAlwaysWantedThatIsNotTradedThenFailureSaysSo() {
		this.runner
			.withPropertyValues("carillon.stocks.source=upstream", "carillon.stocks.upstream.url=ws://127.0.0.1:1/",
					"carillon.stocks.symbols=AAPL", "carillon.stocks.upstream.always=AAPL,IBM")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessage("carillon.stocks.upstream.always names a symbol that symbols does not"));
	}

	@Test
	void familiesWhenReadFromTheFileThenAsTheDesignSays() {
		this.runner.run((context) -> {
			TopicPolicies policies = context.getBean(Topics.class).policies();
			TopicPolicy stocks = policies.require(Destination.of("/topic/stocks.AAPL"));
			assertThat(stocks.subscribe()).isEqualTo(new Access.Anyone());
			assertThat(stocks.send()).isEqualTo(new Access.Nobody());
			assertThat(stocks.wildcards()).isTrue();
			assertThat(stocks.replay()).isOne();
			assertThat(stocks.slow()).isEqualTo(SlowPolicy.CONFLATE);
			assertThat(stocks.staleAfter()).hasSeconds(15);
			assertThat(policies.require(Destination.of("/app/stocks.alerts.add")).send())
				.isEqualTo(new Access.Authenticated());
			assertThat(policies.require(Destination.of("/app/stocks.alerts")).subscribe())
				.isEqualTo(new Access.Authenticated());
			assertThat(policies.require(Destination.forUser("ann", "/queue/alerts")).subscribe())
				.isEqualTo(new Access.User("name"));
		});
	}

}
