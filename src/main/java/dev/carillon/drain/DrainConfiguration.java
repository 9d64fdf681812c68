package dev.carillon.drain;

import dev.carillon.delivery.Delivery;
import dev.carillon.security.Admissions;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires how the process ends.
 */
@Configuration(proxyBeanMethods = false)
class DrainConfiguration {

	@Bean
	Drain drain(Admissions admissions, Delivery delivery, DrainProperties properties) {
		return new Drain(admissions, delivery, properties);
	}

}
