package dev.carillon.topic;

import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What the topics need before the properties are bound.
 */
@Configuration(proxyBeanMethods = false)
class TopicConfiguration {

	@Bean
	static ConfigurationPropertiesBindHandlerAdvisor unknownTopicKeys() {
		return UnknownTopicKeys::new;
	}

}
