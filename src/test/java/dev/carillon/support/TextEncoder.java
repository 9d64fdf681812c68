package dev.carillon.support;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.carillon.delivery.Encoded;
import dev.carillon.delivery.MessageEncoder;
import dev.carillon.topic.Entry;
import dev.carillon.topic.Topic;

/**
 * Encodes a message as one line that {@link Delivered} reads.
 *
 * @param subscription the id that stands in the line
 */
public record TextEncoder(String subscription) implements MessageEncoder {

	@Override
	public Encoded encode(Topic topic, Entry entry, Map<String, String> more) {
		String body = new String(entry.body(), StandardCharsets.UTF_8);
		return text("M|%s|%s|%s|%s|%s|%s".formatted(this.subscription, topic, topic.position(entry),
				more.getOrDefault("missed", ""), more.getOrDefault("redelivered", "false"), body));
	}

	/**
	 * A control frame.
	 */
	public static Encoded control(String text) {
		return text("C|" + text);
	}

	private static Encoded text(String line) {
		return new Encoded((line + "\n").getBytes(StandardCharsets.UTF_8), false);
	}

}
