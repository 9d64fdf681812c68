package dev.carillon.delivery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.carillon.topic.Entry;
import dev.carillon.topic.Topic;
import dev.carillon.topic.TopicLog;
import org.jspecify.annotations.Nullable;

/**
 * Hands each message of a {@code /queue/…} to one of its consumers, in turn, and to
 * another one if the first does not settle it.
 * <p>
 * It belongs to one loop, its home; consumers may belong to others and are reached by
 * commands. What it has taken from the log it keeps until it is settled. A message that
 * was given back goes before newer ones, and to another consumer than the one that gave
 * it back if there is one.
 */
final class WorkQueue implements Runnable, Command {

	private static final class Item {

		private final Entry entry;

		private int deliveries;

		private @Nullable QueueSubscription last;

		Item(Entry entry) {
			this.entry = entry;
		}

	}

	private final Topic topic;

	private final DeliveryLoop home;

	private final WorkQueues queues;

	/** Consumers that have asked for the queue and not yet joined. */
	private final AtomicInteger expected = new AtomicInteger();

	private final AtomicBoolean signalled = new AtomicBoolean();

	private final Map<QueueSubscription, Map<Long, Item>> consumers = new HashMap<>();

	/** The consumers in the order of their turns. */
	private final List<QueueSubscription> turns = new ArrayList<>();

	private final PriorityQueue<Item> returned = new PriorityQueue<>(
			Comparator.comparingLong((Item item) -> item.entry.offset()));

	private long taken;

	private volatile int consumerCount;

	WorkQueue(Topic topic, DeliveryLoop home, WorkQueues queues) {
		this.topic = topic;
		this.home = home;
		this.queues = queues;
		this.taken = topic.log().tail() - 1;
	}

	Topic topic() {
		return this.topic;
	}

	/** How many consumers it has; any thread. */
	int consumerCount() {
		return this.consumerCount;
	}

	void expectConsumer() {
		this.expected.incrementAndGet();
	}

	/** News, on a publisher's thread. */
	@Override
	public void run() {
		if (this.signalled.compareAndSet(false, true)) {
			this.home.post(this);
		}
	}

	/** A consumer comes; on its own loop. */
	void join(QueueSubscription consumer) {
		this.home.post(new Command.Task(() -> {
			this.expected.decrementAndGet();
			this.consumers.put(consumer, new HashMap<>());
			this.turns.add(consumer);
			this.consumerCount = this.turns.size();
			dispatch();
		}));
	}

	/** A consumer goes; on its own loop, after everything it settled. */
	void leave(QueueSubscription consumer) {
		this.home.post(new Command.Task(() -> {
			this.turns.remove(consumer);
			this.consumerCount = this.turns.size();
			Map<Long, Item> unsettled = this.consumers.remove(consumer);
			if (unsettled != null) {
				this.returned.addAll(unsettled.values());
			}
			dispatch();
		}));
	}

	/** A consumer has settled messages; on its own loop. */
	void settle(QueueSubscription consumer, List<Long> offsets, Settlement settlement) {
		this.home.post(new Command.Task(() -> {
			Map<Long, Item> unsettled = this.consumers.get(consumer);
			if (unsettled == null) {
				return;
			}
			for (long offset : offsets) {
				Item item = unsettled.remove(offset);
				if (item != null && settlement == Settlement.NACK) {
					this.returned.add(item);
				}
			}
			dispatch();
		}));
	}

	void look() {
		this.signalled.set(false);
		dispatch();
	}

	/**
	 * Whether nobody consumes or is about to and nothing is held back, so that the queue
	 * can be forgotten.
	 */
	boolean isIdle() {
		return this.expected.get() == 0 && this.consumers.isEmpty() && this.returned.isEmpty();
	}

	private void dispatch() {
		List<Item> unwanted = new ArrayList<>();
		Item item;
		while (hasRoom() && (item = next()) != null) {
			QueueSubscription consumer = choose(item);
			if (consumer == null) {
				unwanted.add(item);
			}
			else {
				deliver(item, consumer);
			}
		}
		this.returned.addAll(unwanted);
		if (isIdle()) {
			this.queues.forgetIfIdle(this);
		}
	}

	private boolean hasRoom() {
		return this.turns.stream().anyMatch(this::hasRoom);
	}

	private boolean hasRoom(QueueSubscription consumer) {
		Map<Long, Item> unsettled = this.consumers.get(consumer);
		return unsettled != null && unsettled.size() < consumer.window();
	}

	private @Nullable Item next() {
		if (!this.returned.isEmpty()) {
			return this.returned.poll();
		}
		TopicLog log = this.topic.log();
		if (this.taken >= log.head()) {
			return null;
		}
		Entry entry = log.read(this.taken + 1);
		if (entry == null) {
			return null;
		}
		this.taken++;
		log.release(this.taken);
		return new Item(entry);
	}

	/**
	 * The next consumer with room; the one that gave the item back only if it is alone.
	 */
	private @Nullable QueueSubscription choose(Item item) {
		for (int i = 0; i < this.turns.size(); i++) {
			QueueSubscription consumer = this.turns.get(i);
			if (hasRoom(consumer) && (consumer != item.last || this.turns.size() == 1)) {
				this.turns.remove(i);
				this.turns.add(consumer);
				return consumer;
			}
		}
		return null;
	}

	private void deliver(Item item, QueueSubscription consumer) {
		item.deliveries++;
		item.last = consumer;
		Map<Long, Item> unsettled = this.consumers.get(consumer);
		if (unsettled != null) {
			unsettled.put(item.entry.offset(), item);
		}
		Entry entry = item.entry;
		int deliveries = item.deliveries;
		consumer.session().loop().post(new Command.Task(() -> consumer.session().arrived(consumer, entry, deliveries)));
	}

}
