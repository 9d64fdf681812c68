package dev.carillon.delivery;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import dev.carillon.topic.Topic;
import dev.carillon.topic.Topics;

/**
 * The delivery loops, and where adapters open sessions.
 * <p>
 * Any thread. Started once, closed once; closing ends all sessions and waits a moment for
 * the loops.
 */
public final class Delivery implements AutoCloseable {

	private final List<DeliveryLoop> loops = new ArrayList<>();

	private final List<Thread> threads = new ArrayList<>();

	private final List<DeliveryListener> listeners = new CopyOnWriteArrayList<>();

	/** Counts sessions from a random number on, so that ids of two processes differ. */
	private final AtomicLong sessions = new AtomicLong(new SecureRandom().nextLong());

	public Delivery(Topics topics, DeliveryProperties properties, LongSupplier nanoTime) {
		int count = (properties.loops() > 0) ? properties.loops() : Runtime.getRuntime().availableProcessors();
		WorkQueues queues = new WorkQueues(topics);
		DeliveryLoop.Limits limits = new DeliveryLoop.Limits(Math.toIntExact(properties.flushSize().toBytes()),
				Math.toIntExact(properties.controlSize().toBytes()), properties.writeTimeout());
		for (int i = 0; i < count; i++) {
			this.loops.add(new DeliveryLoop(topics, queues, limits, nanoTime, new Listeners()));
		}
		topics.watch((topic) -> this.loops.forEach((loop) -> loop.created(topic)));
	}

	/**
	 * Starts the threads; once.
	 */
	public void start() {
		for (DeliveryLoop loop : this.loops) {
			this.threads.add(Thread.ofPlatform().name("delivery-" + this.threads.size()).daemon().start(loop));
		}
	}

	/**
	 * Opens a session on the loop with the fewest.
	 * @param sink where its frames go
	 * @param owner the adapter's object for the client, see {@link Session#owner}
	 */
	public Session open(Sink sink, Object owner) {
		DeliveryLoop loop = this.loops.getFirst();
		for (DeliveryLoop other : this.loops) {
			loop = (other.sessionCount() < loop.sessionCount()) ? other : loop;
		}
		Session session = new Session(id(this.sessions.incrementAndGet()), loop, sink, owner, loop.now());
		loop.opened(session);
		return session;
	}

	/**
	 * An id that no other session of this process has and that tells nothing about
	 * others: the finalizer of SplitMix64 gives different numbers for different ones.
	 */
	private static String id(long number) {
		long id = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
		id = (id ^ (id >>> 27)) * 0x94D049BB133111EBL;
		return Long.toUnsignedString(id ^ (id >>> 31), 36);
	}

	/**
	 * Asks to be told of what happens to sessions.
	 */
	public void addListener(DeliveryListener listener) {
		this.listeners.add(listener);
	}

	/** How many sessions there are. */
	public int sessionCount() {
		return this.loops.stream().mapToInt(DeliveryLoop::sessionCount).sum();
	}

	/** What each loop has done so far. */
	public List<LoopStats> stats() {
		return this.loops.stream().map(DeliveryLoop::stats).toList();
	}

	/**
	 * All sessions, as each loop sees them when it comes to it.
	 */
	public CompletableFuture<List<Session>> sessions() {
		return gather(this.loops.stream().map(DeliveryLoop::sessions));
	}

	/**
	 * Who follows which topics, one item for each topic and loop.
	 */
	public CompletableFuture<List<Following>> followings() {
		return gather(this.loops.stream().map(DeliveryLoop::followings));
	}

	private static <T> CompletableFuture<List<T>> gather(Stream<CompletableFuture<List<T>>> parts) {
		List<CompletableFuture<List<T>>> futures = parts.toList();
		return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new))
			.thenApply((_) -> futures.stream().flatMap((future) -> future.join().stream()).toList());
	}

	/**
	 * The cursors of one loop on one topic.
	 *
	 * @param topic the topic
	 * @param cursors how many
	 * @param slowest the offset of the one furthest behind
	 */
	public record Following(Topic topic, int cursors, long slowest) {
	}

	@Override
	public void close() {
		this.loops.forEach(DeliveryLoop::stop);
		for (Thread thread : this.threads) {
			try {
				thread.join(Duration.ofSeconds(5));
			}
			catch (InterruptedException _) {
				Thread.currentThread().interrupt();
				return;
			}
		}
	}

	/** Passes on to whoever listens by then. */
	private final class Listeners implements DeliveryListener {

		@Override
		public void followed(Session session, Topic topic) {
			Delivery.this.listeners.forEach((listener) -> listener.followed(session, topic));
		}

		@Override
		public void left(Session session, Topic topic) {
			Delivery.this.listeners.forEach((listener) -> listener.left(session, topic));
		}

		@Override
		public void closed(Session session, CloseCode code) {
			Delivery.this.listeners.forEach((listener) -> listener.closed(session, code));
		}

	}

}
