package dev.carillon.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.carillon.delivery.Encoded;
import dev.carillon.delivery.MessageEncoder;
import dev.carillon.topic.Entry;
import dev.carillon.topic.Position;
import dev.carillon.topic.Topic;
import tools.jackson.databind.json.JsonMapper;

/**
 * Encodes the events of a stream of several topics, whose id lists the last position of
 * each so that one {@code Last-Event-ID} resumes all of them. Belongs to one session;
 * only its loop calls.
 */
final class StreamEncoder implements MessageEncoder {

	private final JsonMapper json;

	/** The last position by epoch. */
	private final Map<Long, Position> last = new LinkedHashMap<>();

	StreamEncoder(JsonMapper json) {
		this.json = json;
	}

	/**
	 * More cursors were placed.
	 * @return the id that resumes the stream as it stands
	 */
	String placed(List<Position> positions) {
		positions.forEach((position) -> this.last.put(position.epoch(), position));
		return id();
	}

	/** How many topics the id names. */
	int size() {
		return this.last.size();
	}

	private String id() {
		return String.join(",", this.last.values().stream().map(Position::toString).toList());
	}

	@Override
	public boolean isShared() {
		return false;
	}

	@Override
	public Encoded encode(Topic topic, Entry entry, Map<String, String> more) {
		Position position = topic.position(entry);
		this.last.put(position.epoch(), position);
		return new Encoded(EventEncoder.event(id(), this.json, topic, entry, more), false);
	}

}
