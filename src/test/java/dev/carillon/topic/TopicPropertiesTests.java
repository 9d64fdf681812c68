package dev.carillon.topic;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class TopicPropertiesTests {

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withUserConfiguration(TestConfiguration.class);

	@Test
	void startWhenKnownKeysThenBound() {
		this.application
			.withPropertyValues("carillon.topics.stocks.pattern=/topic/stocks.{symbol}",
					"carillon.topics.stocks.log.keep=5s", "carillon.topics.stocks.slow=conflate",
					"carillon.topics.stocks.maxLag=9", "carillon.topics.user-queue.pattern=/user/{name}/queue/**")
			.run((context) -> {
				TopicProperties properties = context.getBean(TopicProperties.class);
				assertThat(properties.topics()).containsOnlyKeys("stocks", "user-queue");
				TopicProperties.Family stocks = properties.topics().get("stocks");
				assertThat(stocks.log())
					.isEqualTo(new TopicProperties.LogBounds(256, DataSize.ofMegabytes(1), Duration.ofSeconds(5)));
				assertThat(stocks.slow()).isEqualTo(SlowPolicy.CONFLATE);
				assertThat(stocks.maxLag()).isEqualTo(9);
			});
	}

	@Test
	void startWhenNothingIsConfiguredThenNoTopics() {
		this.application.run((context) -> assertThat(context.getBean(TopicProperties.class).topics()).isEmpty());
	}

	@Test
	void startWhenUnknownKeyOfAFamilyThenFailureNamesIt() {
		this.application
			.withPropertyValues("carillon.topics.stocks.pattern=/topic/stocks", "carillon.topics.stocks.repaly=1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("carillon.topics.stocks.repaly"));
	}

	@Test
	void startWhenUnknownKeyOfALogThenFailureNamesIt() {
		this.application
			.withPropertyValues("carillon.topics.stocks.pattern=/topic/stocks", "carillon.topics.stocks.log.size=1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("carillon.topics.stocks.log.size"));
	}

	@Test
	void startWhenValueIsImpossibleThenFailureNamesTheKey() {
		this.application
			.withPropertyValues("carillon.topics.stocks.pattern=/topic/stocks", "carillon.topics.stocks.slow=maybe")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("carillon.topics.stocks.slow")
				.hasStackTraceContaining("maybe"));
	}

	@Test
	void startWhenOthersUseThePrefixThenTheyMay() {
		this.application.withPropertyValues("carillon.delivery.loops=2", "carillon.limits.sessions=3")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(TopicProperties.class)
	@Import(TopicConfiguration.class)
	static class TestConfiguration {

	}

}
