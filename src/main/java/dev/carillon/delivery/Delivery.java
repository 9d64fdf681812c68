package dev.carillon.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

import dev.carillon.topic.AccessChanged;
import dev.carillon.topic.Topic;
import dev.carillon.topic.Topics;

import org.springframework.context.event.EventListener;

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

	private final Topics topics;

	private final WorkQueues queues;

	private final RandomGenerator ids;

	private final AtomicLong sessions = new AtomicLong();

	/**
	 * Makes the loops; {@link #start} starts them.
	 * @param ids gives names to sessions, which nobody shall guess
	 */
	public Delivery(Topics topics, DeliveryProperties properties, LongSupplier nanoTime, RandomGenerator ids) {
		int count = (properties.loops() > 0) ? properties.loops()
				: Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
		this.topics = topics;
		this.queues = new WorkQueues(topics);
		this.ids = ids;
		DeliveryLoop.Limits limits = new DeliveryLoop.Limits(Math.toIntExact(properties.flushSize().toBytes()),
				Math.toIntExact(properties.controlSize().toBytes()), properties.writeTimeout());
		for (int i = 0; i < count; i++) {
			this.loops.add(new DeliveryLoop(topics, this.queues, limits, nanoTime, new Listeners()));
		}
		topics.watch((topic) -> this.loops.forEach((loop) -> loop.interests().created(topic)));
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
	 * @param origin where the client comes from
	 */
	public Session open(Sink sink, Object owner, Origin origin) {
		DeliveryLoop loop = this.loops.getFirst();
		for (DeliveryLoop other : this.loops) {
			loop = (other.sessionCount() < loop.sessionCount()) ? other : loop;
		}
		Session session = new Session(Long.toUnsignedString(this.ids.nextLong(), 36), this.sessions.incrementAndGet(),
				loop, sink, owner, origin);
		loop.opened(session);
		return session;
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

	/** How long ago each loop began its last turn; one that rests turns now and then. */
	public List<Duration> sinceTurns() {
		return this.loops.stream().map(DeliveryLoop::sinceTurn).toList();
	}

	/**
	 * Sessions as they stand when their loops come to it, the oldest first.
	 * @param wanted which; runs on the loops, must not block
	 * @param limit how many at most
	 */
	public CompletableFuture<List<SessionState>> sessions(Predicate<Session> wanted, int limit) {
		return gather((loop) -> loop.sessions(wanted, limit)).thenApply((all) -> all.stream()
			.flatMap(List::stream)
			.sorted(Comparator.comparingLong(SessionState::number))
			.limit(limit)
			.toList());
	}

	/**
	 * Closes a session.
	 * @return whether there was one with this id
	 */
	public CompletableFuture<Boolean> close(String id, CloseCode code) {
		return gather((loop) -> loop.close(id, code)).thenApply((found) -> found.contains(true));
	}

	/**
	 * Sends all sessions away because the process is about to end: a few at a time with
	 * {@link CloseCode#RESTART}, those that come meanwhile too. Whoever is amid something
	 * finishes it first, see {@link Finishing}.
	 * @param period over how long; a few sessions take less
	 * @param spread the longest time that a client is asked to stay away; each is told
	 * one of its own
	 * @param away for how long nobody is there to come back to, beginning at the end of
	 * the departure; if it is not 0 clients are asked to stay away until then, and the
	 * spread begins there
	 * @return completes when there are no sessions left
	 */
	public CompletableFuture<Void> depart(Duration period, Duration spread, Duration away) {
		return CompletableFuture.allOf(this.loops.stream()
			.map((loop) -> loop.depart(period, spread, away, this.ids))
			.toArray(CompletableFuture<?>[]::new));
	}

	/**
	 * Judges again those who follow topics that a change of rules concerns, and ends what
	 * they may not follow any more; {@link DeliveryListener#withdrawn} is told. They
	 * receive nothing that is published after this method has returned. Rules are asked
	 * on virtual threads. Does not block.
	 */
	@EventListener
	public void review(AccessChanged change) {
		List<Topic> reviewed = this.topics.all().stream().filter(change::concerns).toList();
		if (!reviewed.isEmpty()) {
			this.loops.forEach((loop) -> loop.interests().review(reviewed, (task) -> Thread.startVirtualThread(task)));
		}
	}

	/**
	 * How topics are followed: an item for each of them.
	 */
	public CompletableFuture<Map<Topic, Following>> followings(Collection<Topic> topics) {
		return gather((loop) -> loop.followings(topics)).thenApply((all) -> {
			Map<Topic, Following> followings = new HashMap<>();
			topics.forEach((topic) -> followings.put(topic,
					new Following(topic, this.queues.consumerCount(topic.destination()), Long.MAX_VALUE)));
			all.stream()
				.flatMap(List::stream)
				.forEach((following) -> followings.merge(following.topic(), following, Following::plus));
			return followings;
		});
	}

	private <T> CompletableFuture<List<T>> gather(Function<DeliveryLoop, CompletableFuture<T>> question) {
		List<CompletableFuture<T>> answers = this.loops.stream().map(question).toList();
		return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
			.thenApply((_) -> answers.stream().map(CompletableFuture::join).toList());
	}

	/**
	 * Who follows a topic.
	 *
	 * @param topic the topic
	 * @param subscribers how many cursors, or consumers of a work queue
	 * @param slowest the offset of the cursor furthest behind, {@link Long#MAX_VALUE} if
	 * there is none
	 */
	public record Following(Topic topic, int subscribers, long slowest) {

		private Following plus(Following other) {
			return new Following(this.topic, this.subscribers + other.subscribers,
					Math.min(this.slowest, other.slowest));
		}

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
		public void opened(Session session) {
			Delivery.this.listeners.forEach((listener) -> listener.opened(session));
		}

		@Override
		public void followed(Session session, Topic topic) {
			Delivery.this.listeners.forEach((listener) -> listener.followed(session, topic));
		}

		@Override
		public void left(Session session, Topic topic) {
			Delivery.this.listeners.forEach((listener) -> listener.left(session, topic));
		}

		@Override
		public void withdrawn(Session session, String subscription, Topic topic) {
			Delivery.this.listeners.forEach((listener) -> listener.withdrawn(session, subscription, topic));
		}

		@Override
		public void closed(Session session, CloseCode code) {
			Delivery.this.listeners.forEach((listener) -> listener.closed(session, code));
		}

	}

}
