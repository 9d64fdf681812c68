package dev.carillon.drain;

import java.util.Objects;

import dev.carillon.delivery.Delivery;
import dev.carillon.security.Admissions;
import dev.carillon.topic.Idempotency;
import dev.carillon.topic.MemoryLogs;
import dev.carillon.topic.Topics;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires how the process ends.
 */
@Configuration(proxyBeanMethods = false)
class DrainConfiguration {

	@Bean
	@ConditionalOnProperty("carillon.log.snapshot")
	Snapshot snapshot(LogProperties properties, Topics topics, MemoryLogs logs, Idempotency idempotency) {
		SnapshotFile file = new SnapshotFile(Objects.requireNonNull(properties.snapshot()));
		return new Snapshot(file, topics, logs, idempotency);
	}

	@Bean
	Drain drain(Admissions admissions, Delivery delivery, DrainProperties properties) {
		return new Drain(admissions, delivery, properties);
	}

}
