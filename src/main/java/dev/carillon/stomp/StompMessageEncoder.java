package dev.carillon.stomp;

import java.util.Map;

import dev.carillon.delivery.Encoded;
import dev.carillon.delivery.MessageEncoder;
import dev.carillon.topic.Entry;
import dev.carillon.topic.Topic;

/**
 * Encodes entries as MESSAGE frames for one subscription.
 * <p>
 * What does not depend on the subscription is made once for each entry and version; the
 * rest is a short prefix.
 *
 * @param version how headers are escaped
 * @param framing how the frame travels
 * @param subscription the id of the subscription, empty if it has none (STOMP 1.0)
 * @param acknowledged whether messages wait for an ACK
 * @param destination what the subscriber calls the destination if not by its full name,
 * else empty
 */
record StompMessageEncoder(StompVersion version, Framing framing, String subscription, boolean acknowledged,
		String destination) implements MessageEncoder {

	/** The part of a frame that is the same for all subscriptions. */
	private record Common(byte[] bytes, boolean binary) {
	}

	private record CommonKey(StompVersion version, String destination, boolean textOnly) {
	}

	@Override
	public Encoded encode(Topic topic, Entry entry, Map<String, String> more) {
		Common common = entry.encoded(new CommonKey(this.version, this.destination, this.framing == Framing.TEXT),
				(e) -> common(topic, e));
		FrameWriter frame = new FrameWriter(this.version, 64 + this.subscription.length() + common.bytes().length);
		frame.line("MESSAGE");
		if (!this.subscription.isEmpty()) {
			frame.header("subscription", this.subscription);
		}
		if (this.acknowledged) {
			frame.header("ack", AckId.of(topic.position(entry), this.subscription));
		}
		more.forEach(frame::header);
		return this.framing.frame(frame.put(common.bytes()).toBytes(), common.binary());
	}

	private Common common(Topic topic, Entry entry) {
		FrameWriter frame = new FrameWriter(this.version, 160 + entry.body().length);
		frame.header("message-id", topic.position(entry).toString());
		frame.header("destination", this.destination.isEmpty() ? topic.destination().toString() : this.destination);
		frame.header("published-at", entry.publishedAt());
		entry.headers().forEach(frame::header);
		return new Common(this.framing.body(frame, entry.body()).toBytes(), !Utf8.isValid(entry.body()));
	}

}
