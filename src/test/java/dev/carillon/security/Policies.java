package dev.carillon.security;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.carillon.topic.TopicPolicies;
import dev.carillon.topic.TopicProperties;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;

/**
 * Families of topics for tests.
 */
final class Policies {

	private final Map<String, String> values = new LinkedHashMap<>();

	Policies family(String name, String pattern, String subscribe, String send, String... more) {
		String key = "carillon.topics." + name + ".";
		this.values.put(key + "pattern", pattern);
		this.values.put(key + "subscribe", subscribe);
		this.values.put(key + "send", send);
		for (String property : more) {
			String[] parts = property.split("=", 2);
			this.values.put(key + parts[0], parts[1]);
		}
		return this;
	}

	TopicPolicies build() {
		return new TopicPolicies(bind("carillon", TopicProperties.class, this.values));
	}

	/** Properties as the application would read them. */
	static <T> T bind(String prefix, Class<T> type, Map<String, String> values) {
		return new Binder(java.util.List.of(new MapConfigurationPropertySource(values)), null,
				ApplicationConversionService.getSharedInstance())
			.bindOrCreate(prefix, Bindable.of(type));
	}

	static LimitsProperties limits(String... properties) {
		Map<String, String> values = new LinkedHashMap<>();
		for (String property : properties) {
			String[] parts = property.split("=", 2);
			values.put("carillon.limits." + parts[0], parts[1]);
		}
		return bind("carillon.limits", LimitsProperties.class, values);
	}

}
