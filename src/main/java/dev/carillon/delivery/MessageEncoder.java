package dev.carillon.delivery;

import java.util.Map;

import dev.carillon.topic.Entry;
import dev.carillon.topic.Topic;

/**
 * How an entry becomes bytes for one kind of subscription.
 * <p>
 * Encoders that are equal give equal bytes, which are then shared between sessions; so an
 * encoder has value equality. Runs on a delivery loop, must not block.
 */
public interface MessageEncoder {

	/**
	 * Encodes an entry with headers that hold only for this one delivery, such as
	 * {@code missed}.
	 */
	Encoded encode(Topic topic, Entry entry, Map<String, String> more);

	/**
	 * Whether what it gives may be kept and given to others; an encoder whose result
	 * depends on what it has encoded before says no.
	 */
	default boolean isShared() {
		return true;
	}

}
