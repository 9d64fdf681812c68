package dev.carillon.http;

import java.util.Base64;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.topic.Entry;
import dev.carillon.topic.Topic;
import org.jspecify.annotations.Nullable;

/**
 * A message as HTTP clients see it, in polls and in events.
 *
 * @param destination the topic
 * @param position where it stands, what {@code after} takes
 * @param publishedAt when it was published, in milliseconds since 1970
 * @param headers what the publisher said of it
 * @param body the body if it is text
 * @param base64 the body if it is not
 * @param missed the offsets before it that are lost to this reader, {@code from-to}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MessageBody(String destination, String position, long publishedAt, Map<String, String> headers,
		@Nullable String body, @Nullable String base64, @Nullable String missed) {

	static MessageBody of(Topic topic, Entry entry, @Nullable String missed) {
		String text = Text.decode(entry.body());
		return new MessageBody(topic.destination().toString(), topic.position(entry).toString(), entry.publishedAt(),
				entry.headers(), text, (text == null) ? Base64.getEncoder().encodeToString(entry.body()) : null,
				missed);
	}

}
