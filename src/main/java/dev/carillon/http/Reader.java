package dev.carillon.http;

import java.util.ArrayList;
import java.util.List;

import dev.carillon.topic.Entry;
import dev.carillon.topic.Position;
import dev.carillon.topic.StartingPoint;
import dev.carillon.topic.Topic;
import dev.carillon.topic.TopicLog;
import org.jspecify.annotations.Nullable;

/**
 * Reads one page of a topic's log after a position.
 *
 * @param topic the topic
 * @param start where to start
 * @param resumed whether the reader was here before
 * @param limit the most messages
 */
record Reader(Topic topic, StartingPoint start, boolean resumed, int limit) {

	/**
	 * A reader that goes on after a position, or begins anew without one.
	 */
	static Reader of(Topic topic, @Nullable Position after, @Nullable Integer replay, int limit) {
		StartingPoint start = (after != null) ? StartingPoint.resume(topic.log(), List.of(after)) : null;
		if (start == null) {
			start = StartingPoint.anew(topic, topic.log().head(), replay);
		}
		return new Reader(topic, start, after != null, limit);
	}

	boolean hasNews() {
		return this.topic.log().head() > this.start.offset();
	}

	/**
	 * What the log has; empty if nothing came. Entries that are gone are reported with
	 * the message after them, or by {@code recovered} and the next position if none is
	 * left.
	 */
	MessagePage read() {
		TopicLog log = this.topic.log();
		long head = log.head();
		List<MessageBody> messages = new ArrayList<>();
		long missedFrom = 0;
		long offset = this.start.offset();
		while (offset < head && messages.size() < this.limit) {
			Entry entry = log.read(offset + 1);
			if (entry == null) {
				long tail = Math.max(offset + 2, Math.min(log.tail(), head + 1));
				missedFrom = (missedFrom == 0) ? offset + 1 : missedFrom;
				offset = tail - 1;
				continue;
			}
			String missed = (missedFrom > 0) ? missedFrom + "-" + offset : null;
			messages.add(MessageBody.of(this.topic, entry, missed));
			missedFrom = 0;
			offset++;
		}
		return new MessagePage(messages, new Position(log.epoch(), offset).toString(),
				this.resumed ? this.start.recovered() && missedFrom == 0 : null);
	}

}
