package dev.carillon.observability;

import dev.carillon.delivery.Delivery;
import dev.carillon.security.Refusals;
import dev.carillon.stomp.InboundFrames;
import dev.carillon.topic.Topics;
import dev.carillon.topic.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires what an operator sees. The names of the health beans are those of the
 * contributors.
 */
@Configuration(proxyBeanMethods = false)
class ObservabilityConfiguration {

	@Bean
	HealthIndicator deliveryHealthIndicator(Delivery delivery) {
		return new DeliveryHealth(delivery);
	}

	@Bean
	SessionsEndpoint sessionsEndpoint(Delivery delivery) {
		return new SessionsEndpoint(delivery);
	}

	@Bean
	TopicsEndpoint topicsEndpoint(Topics topics, Delivery delivery) {
		return new TopicsEndpoint(topics, delivery);
	}

	@Bean
	SessionCounts sessionCounts(Delivery delivery) {
		SessionCounts counts = new SessionCounts();
		delivery.addListener(counts);
		return counts;
	}

	@Bean
	SessionLog sessionLog(Topics topics, Delivery delivery) {
		SessionLog log = new SessionLog(topics.clock());
		delivery.addListener(log);
		return log;
	}

	@Bean
	@ConditionalOnBooleanProperty(name = TracesNeedEndpoint.ENABLED, matchIfMissing = true)
	Tracing tracing(OpenTelemetry telemetry, Topics topics) {
		return new SpanTracing(telemetry, topics.policies(), topics.clock(), Thread::startVirtualThread);
	}

	@Bean
	@ConditionalOnBooleanProperty(name = TracesNeedEndpoint.ENABLED, havingValue = false)
	Tracing noTracing() {
		return Tracing.NONE;
	}

	@Bean
	Meters meters(Topics topics, Delivery delivery, SessionCounts sessions, Refusals refusals, InboundFrames frames) {
		return new Meters(topics, delivery, sessions, refusals, frames);
	}

	@Bean
	HealthMeters healthMeters(HealthContributorRegistry contributors, Topics topics) {
		return new HealthMeters(contributors, topics.clock());
	}

	@Bean
	Histograms histograms(Topics topics, Delivery delivery, ObjectProvider<PrometheusRegistry> prometheus) {
		Histograms histograms = new Histograms(delivery, topics.policies());
		prometheus.ifAvailable((registry) -> registry.register(histograms));
		return histograms;
	}

}
