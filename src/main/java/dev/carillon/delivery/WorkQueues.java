package dev.carillon.delivery;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.carillon.topic.Destination;
import dev.carillon.topic.Topic;
import dev.carillon.topic.Topics;

/**
 * The work queues that have consumers, or messages that were given back. Any thread.
 */
final class WorkQueues {

	private final Topics topics;

	private final Map<Destination, WorkQueue> queues = new ConcurrentHashMap<>();

	WorkQueues(Topics topics) {
		this.topics = topics;
	}

	/**
	 * The queue of a destination, for a consumer that is about to join it.
	 * @param loop where a queue that is not in use yet will live
	 */
	WorkQueue open(Destination destination, DeliveryLoop loop) {
		return this.queues.compute(destination, (_, known) -> {
			WorkQueue queue = (known != null) ? known : create(destination, loop);
			queue.expectConsumer();
			return queue;
		});
	}

	/** How many consumers the queue of a destination has. */
	int consumerCount(Destination destination) {
		WorkQueue known = this.queues.get(destination);
		return (known != null) ? known.consumerCount() : 0;
	}

	private WorkQueue create(Destination destination, DeliveryLoop loop) {
		while (true) {
			Topic topic = this.topics.open(destination);
			WorkQueue queue = new WorkQueue(topic, loop, this);
			if (topic.addListener(queue)) {
				return queue;
			}
		}
	}

	/**
	 * Forgets a queue unless somebody uses it or is about to; on the queue's home loop.
	 */
	void forgetIfIdle(WorkQueue queue) {
		this.queues.computeIfPresent(queue.topic().destination(), (_, known) -> {
			if (known != queue || !queue.isIdle()) {
				return known;
			}
			queue.topic().removeListener(queue, this.topics.clock().millis());
			return null;
		});
	}

}
