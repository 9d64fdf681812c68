package dev.carillon.topic;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires the kernel.
 */
@Configuration(proxyBeanMethods = false)
class TopicConfiguration {

	private static final Duration SWEEP = Duration.ofSeconds(1);

	@Bean
	static ConfigurationPropertiesBindHandlerAdvisor unknownTopicKeys() {
		return UnknownTopicKeys::new;
	}

	@Bean
	@ConditionalOnMissingBean
	Clock clock() {
		return Clock.systemUTC();
	}

	@Bean
	TopicPolicies topicPolicies(TopicProperties properties) {
		return new TopicPolicies(properties);
	}

	@Bean
	@ConditionalOnMissingBean
	MemoryLogs topicLogs(Clock clock) {
		return new MemoryLogs(clock, RandomGenerator.getDefault());
	}

	@Bean
	Topics topics(TopicPolicies policies, TopicLogs logs, Clock clock) {
		return new Topics(policies, logs, clock);
	}

	/** Lets go of old entries and idle topics once a second. */
	@Bean(destroyMethod = "shutdownNow")
	ScheduledExecutorService topicSweeper(Topics topics) {
		ScheduledExecutorService sweeper = Executors
			.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("topic-sweeper").daemon().factory());
		sweeper.scheduleWithFixedDelay(topics::sweep, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
		return sweeper;
	}

}
