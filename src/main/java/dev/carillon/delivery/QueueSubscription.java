package dev.carillon.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import dev.carillon.topic.Entry;
import dev.carillon.topic.Position;
import dev.carillon.topic.Topic;
import dev.carillon.topic.Trace;

/**
 * A consumer of a work queue, as its session sees it.
 * <p>
 * The queue hands it no more messages than its window; they wait here for their turn in a
 * flush, then for their settlement. In mode {@link AckMode#AUTO} a message is settled
 * when the write that carried it is complete.
 */
final class QueueSubscription extends Subscription {

	/** The window of consumers that send no ACKs. */
	static final int AUTO_WINDOW = 32;

	private record Arrived(Entry entry, int deliveries) {
	}

	private final WorkQueue queue;

	private final Deque<Arrived> arrived = new ArrayDeque<>();

	private final Deque<Long> unsettled = new ArrayDeque<>();

	private final Source source;

	QueueSubscription(Session session, SubscribeRequest request, WorkQueue queue) {
		super(session, request);
		this.queue = queue;
		this.source = new Outbox(session);
		subscriptions().add(1);
	}

	private Counter subscriptions() {
		return session().loop().stats().of(topic().policy()).subscriptions();
	}

	int window() {
		return (ackMode() == AckMode.AUTO) ? AUTO_WINDOW : request().window();
	}

	Topic topic() {
		return this.queue.topic();
	}

	/** A message from the queue, on the session's loop. */
	void arrived(Entry entry, int deliveries) {
		this.arrived.add(new Arrived(entry, deliveries));
		this.source.ready();
	}

	@Override
	boolean settle(Position position, Settlement settlement) {
		if (position.epoch() != topic().log().epoch() || !this.unsettled.contains(position.offset())) {
			return false;
		}
		List<Long> offsets = new ArrayList<>();
		Iterator<Long> candidates = this.unsettled.iterator();
		while (candidates.hasNext()) {
			long offset = candidates.next();
			boolean found = offset == position.offset();
			if (found || ackMode() == AckMode.CLIENT) {
				candidates.remove();
				offsets.add(offset);
			}
			if (found) {
				break;
			}
		}
		this.queue.settle(this, offsets, settlement);
		return true;
	}

	@Override
	long lag() {
		return this.arrived.size();
	}

	@Override
	List<Topic> topics() {
		return List.of(topic());
	}

	@Override
	void end() {
		this.source.end();
		this.arrived.clear();
		this.unsettled.clear();
		subscriptions().add(-1);
		this.queue.leave(this);
	}

	/** The messages on their way out. */
	private final class Outbox extends Source {

		private final List<Long> inFlight = new ArrayList<>();

		Outbox(Session session) {
			super(session);
		}

		@Override
		boolean take(Flush flush) {
			int limit = flush.bytes() + Flush.SHARE;
			Arrived next;
			while (flush.bytes() < limit && (next = QueueSubscription.this.arrived.poll()) != null) {
				flush.add(encode(next));
				count(next);
				Trace trace = next.entry().trace();
				if (trace != null) {
					flush.trace(trace);
				}
				if (ackMode() == AckMode.AUTO) {
					this.inFlight.add(next.entry().offset());
				}
				else {
					QueueSubscription.this.unsettled.add(next.entry().offset());
				}
			}
			if (!this.inFlight.isEmpty()) {
				session().tellWhenWritten(this);
			}
			return !QueueSubscription.this.arrived.isEmpty();
		}

		private void count(Arrived message) {
			FamilyStats stats = session().loop().stats().of(topic().policy());
			stats.messages().add(1);
			if (message.deliveries() == 1) {
				stats.latency().add(session().loop().age(message.entry().publishedAt()), 1);
			}
		}

		private Encoded encode(Arrived message) {
			Map<String, String> more = (message.deliveries() > 1) ? Map.of("redelivered", "true") : Map.of();
			return encoder().encode(topic(), message.entry(), more);
		}

		@Override
		void written() {
			QueueSubscription.this.queue.settle(QueueSubscription.this, List.copyOf(this.inFlight), Settlement.ACK);
			this.inFlight.clear();
		}

	}

}
