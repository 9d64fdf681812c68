package dev.carillon.presence;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.carillon.delivery.Delivery;
import dev.carillon.topic.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Lets presence listen to delivery, and publishes it at intervals.
 */
@Configuration(proxyBeanMethods = false)
class PresenceConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(PresenceConfiguration.class);

	@Bean
	Presence presence(Topics topics, Delivery delivery, JsonMapper json) {
		Presence presence = new Presence(topics, json);
		delivery.addListener(presence);
		return presence;
	}

	@Bean(destroyMethod = "shutdownNow")
	ScheduledExecutorService presencePublisher(Presence presence, PresenceProperties properties) {
		ScheduledExecutorService publisher = Executors
			.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("presence").daemon().factory());
		long interval = properties.interval().toMillis();
		publisher.scheduleWithFixedDelay(() -> publish(presence), interval, interval, TimeUnit.MILLISECONDS);
		return publisher;
	}

	private static void publish(Presence presence) {
		try {
			presence.publish();
		}
		catch (RuntimeException ex) {
			logger.error("Presence could not be published", ex);
		}
	}

}
