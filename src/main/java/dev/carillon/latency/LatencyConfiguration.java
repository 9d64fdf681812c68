package dev.carillon.latency;

import dev.carillon.security.DestinationRules;
import dev.carillon.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires what browsers report of latency. The name of the health bean is that of the
 * contributor.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = LatencyProperties.ENABLED, matchIfMissing = true)
class LatencyConfiguration {

	@Bean
	Latencies browserLatencies(Topics topics, LatencyProperties properties, MeterRegistry registry) {
		return new Latencies(topics.policies(), properties, registry, topics.clock());
	}

	@Bean
	Reports latencyReports(DestinationRules rules, Latencies browserLatencies) {
		return new Reports(rules, browserLatencies);
	}

	@Bean
	HealthIndicator latencyHealthIndicator(Latencies browserLatencies, LatencyProperties properties) {
		return new LatencyHealth(browserLatencies, properties);
	}

}
