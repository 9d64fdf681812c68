package dev.carillon.delivery;

import java.security.SecureRandom;

import dev.carillon.topic.Topics;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Starts the delivery loops with the application and closes them with it.
 */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

	@Bean(initMethod = "start")
	Delivery delivery(Topics topics, DeliveryProperties properties) {
		return new Delivery(topics, properties, System::nanoTime, new SecureRandom());
	}

}
