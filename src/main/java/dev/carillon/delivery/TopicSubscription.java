package dev.carillon.delivery;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import dev.carillon.topic.Position;
import dev.carillon.topic.Topic;
import org.jspecify.annotations.Nullable;

/**
 * A subscription of one topic, or of every topic a pattern reaches: a cursor for each.
 * <p>
 * In the acknowledging modes the messages that wait for an ACK are counted over all
 * cursors, and none goes further while the window is full. A NACK on a topic settles like
 * an ACK: nobody else is waiting for the message.
 */
final class TopicSubscription extends Subscription {

	private record Unsettled(Cursor cursor, long offset) {
	}

	/** The only cursor of a subscription without wildcards. */
	private @Nullable Cursor single;

	/** The cursors of a wildcard subscription. */
	private final Map<Topic, Cursor> cursors;

	private final @Nullable Deque<Unsettled> unsettled;

	TopicSubscription(Session session, SubscribeRequest request) {
		super(session, request);
		this.cursors = isPattern() ? new HashMap<>() : Map.of();
		this.unsettled = (request.ackMode() == AckMode.AUTO) ? null : new ArrayDeque<>();
	}

	boolean isPattern() {
		return request().target() instanceof SubscribeRequest.Many;
	}

	boolean isLatestOnly() {
		return request().latestOnly();
	}

	/** How many more messages may go out before an ACK is needed. */
	int window() {
		return (this.unsettled == null) ? Integer.MAX_VALUE : request().window() - this.unsettled.size();
	}

	Cursor attach(Feed feed, long offset) {
		Cursor cursor = new Cursor(this, feed, offset);
		if (isPattern()) {
			this.cursors.put(feed.topic(), cursor);
		}
		else {
			this.single = cursor;
		}
		return cursor;
	}

	boolean follows(Topic topic) {
		return this.cursors.containsKey(topic);
	}

	/** Whether the topic is one it would follow; work queues are not followed. */
	boolean wants(Topic topic) {
		return request().target() instanceof SubscribeRequest.Many(var pattern, var permitted)
				&& pattern.matches(topic.destination()) && !topic.destination().isQueue() && !follows(topic)
				&& permitted.test(topic);
	}

	/**
	 * Follows a topic no more, if it is one of those that a pattern reaches.
	 * @return false if there is no pattern
	 */
	boolean dropIfOneOfMany(Topic topic) {
		if (!isPattern()) {
			return false;
		}
		Cursor cursor = this.cursors.remove(topic);
		if (cursor != null) {
			leave(cursor);
			if (this.unsettled != null) {
				this.unsettled.removeIf((message) -> message.cursor() == cursor);
				all().forEach(Cursor::news);
			}
		}
		return true;
	}

	private void leave(Cursor cursor) {
		cursor.end();
		session().loop().interests().detach(cursor);
	}

	private Collection<Cursor> all() {
		Cursor one = this.single;
		return (one != null) ? List.of(one) : this.cursors.values();
	}

	/** A message went out that waits for an ACK, if this is a mode with ACKs. */
	void delivered(Cursor cursor, long offset) {
		if (this.unsettled != null) {
			this.unsettled.add(new Unsettled(cursor, offset));
		}
	}

	@Override
	boolean settle(Position position, Settlement settlement) {
		if (this.unsettled == null || this.unsettled.stream().noneMatch((one) -> isAt(one, position))) {
			return false;
		}
		Iterator<Unsettled> settled = this.unsettled.iterator();
		while (settled.hasNext()) {
			boolean found = isAt(settled.next(), position);
			if (found || ackMode() == AckMode.CLIENT) {
				settled.remove();
			}
			if (found) {
				break;
			}
		}
		all().forEach(Cursor::news);
		return true;
	}

	private static boolean isAt(Unsettled message, Position position) {
		return message.offset() == position.offset()
				&& message.cursor().feed().topic().log().epoch() == position.epoch();
	}

	@Override
	long lag() {
		return all().stream().mapToLong((cursor) -> cursor.feed().head() - cursor.offset()).max().orElse(0);
	}

	@Override
	List<Topic> topics() {
		return all().stream().map((cursor) -> cursor.feed().topic()).toList();
	}

	@Override
	void end() {
		if (request().target() instanceof SubscribeRequest.Many(var pattern, var _)) {
			session().loop().interests().forgetPattern(this, pattern);
		}
		all().forEach(this::leave);
	}

}
