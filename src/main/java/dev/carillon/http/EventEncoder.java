package dev.carillon.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.carillon.delivery.Encoded;
import dev.carillon.delivery.MessageEncoder;
import dev.carillon.topic.Entry;
import dev.carillon.topic.Topic;
import tools.jackson.databind.json.JsonMapper;

/**
 * Encodes entries as server-sent events (WHATWG HTML, Server-sent events): the id is the
 * position, the data the message as JSON, which has no line ends.
 *
 * @param json writes the data
 */
record EventEncoder(JsonMapper json) implements MessageEncoder {

	@Override
	public Encoded encode(Topic topic, Entry entry, Map<String, String> more) {
		return new Encoded(event(topic.position(entry).toString(), this.json, topic, entry, more), false);
	}

	static byte[] event(String id, JsonMapper json, Topic topic, Entry entry, Map<String, String> more) {
		byte[] data = json.writeValueAsBytes(MessageBody.of(topic, entry, more.get("missed")));
		ByteArrayOutputStream event = new ByteArrayOutputStream(data.length + id.length() + 16);
		event.writeBytes(("id: " + id + "\ndata: ").getBytes(StandardCharsets.UTF_8));
		event.writeBytes(data);
		event.writeBytes(new byte[] { '\n', '\n' });
		return event.toByteArray();
	}

}
