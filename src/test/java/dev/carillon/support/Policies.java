package dev.carillon.support;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

import dev.carillon.topic.TopicPolicies;
import dev.carillon.topic.TopicProperties;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * Families of topics, written as in a configuration file.
 */
public final class Policies {

	private Policies() {
	}

	/**
	 * The families that lines such as {@code chat.pattern=/topic/chat.{room}} describe.
	 */
	public static TopicPolicies of(String... lines) {
		Map<String, String> keys = Arrays.stream(lines)
			.map((line) -> line.split("=", 2))
			.collect(Collectors.toMap((pair) -> "carillon.topics." + pair[0], (pair) -> pair[1]));
		return new TopicPolicies(
				new Binder(new MapConfigurationPropertySource(keys)).bindOrCreate("carillon", TopicProperties.class));
	}

}
