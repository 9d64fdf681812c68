package dev.carillon.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import dev.carillon.topic.Topic;
import dev.carillon.topic.Topics;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A single thread that serves its share of the sessions: it looks at topics that have
 * news, moves cursors, and flushes each session that has something to send.
 * <p>
 * A turn drains the inbox, flushes every dirty session once, and now and then sweeps for
 * what happens by the clock. While a session's write is under way the session is left
 * alone; its cursors stay back and catch up in one larger flush. Nothing in a turn
 * blocks.
 */
final class DeliveryLoop implements Runnable {

	/** How often heart-beats and deadlines are looked at. */
	static final Duration SWEEP = Duration.ofMillis(200);

	/** How long a period of maxima is. */
	private static final Duration PERIOD = Duration.ofSeconds(30);

	/** After how many flushes the time is read again. */
	private static final int FLUSHES_PER_LOOK = 64;

	/** A turn that takes longer is worth making another one larger. */
	private static final long LONG_TURN = Duration.ofMillis(1).toNanos();

	/** The longest time for which publishers are waited for. */
	private static final long LONGEST_GATHER = Duration.ofMillis(1).toNanos();

	private static final Logger logger = LoggerFactory.getLogger(DeliveryLoop.class);

	/**
	 * The bounds of what a session may cost.
	 *
	 * @param flushBytes about the size of a write
	 * @param controlBytes the most that may wait outside of logs
	 * @param writeTimeout the longest write
	 */
	record Limits(int flushBytes, int controlBytes, Duration writeTimeout) {
	}

	private final Topics topics;

	private final Limits limits;

	private final LongSupplier nanoTime;

	private final DeliveryListener listener;

	private final Interests interests;

	private final LoopStats stats;

	private final Queue<Command> inbox = new ConcurrentLinkedQueue<>();

	private final Set<Session> sessions = new HashSet<>();

	private final Deque<Session> dirty = new ArrayDeque<>();

	/** Set when the process is about to end. */
	private @Nullable Departure departure;

	private final List<Feed> warm = new ArrayList<>();

	private volatile @Nullable Thread thread;

	private volatile boolean parked;

	private volatile boolean stopped;

	private final AtomicInteger sessionCount = new AtomicInteger();

	private volatile long now;

	/** When the present or last turn began. */
	private volatile long turned;

	/** How long the last turn took. */
	private long spent;

	/** How many sessions were flushed in the present or last turn. */
	private int flushed;

	/** How many messages they received. */
	private long delivered;

	/** What must be added to the loop's milliseconds to have those since 1970. */
	private long epoch;

	private long nextSweep;

	private long nextRotation;

	DeliveryLoop(Topics topics, WorkQueues queues, Limits limits, LongSupplier nanoTime, DeliveryListener listener) {
		this.topics = topics;
		this.interests = new Interests(this, topics, queues, listener);
		this.limits = limits;
		this.nanoTime = nanoTime;
		this.listener = listener;
		this.stats = new LoopStats(topics.policies().all());
		this.now = nanoTime.getAsLong();
		this.turned = this.now;
		this.nextSweep = this.now + SWEEP.toNanos();
		this.nextRotation = this.now + PERIOD.toNanos();
		setEpoch();
	}

	Topics topics() {
		return this.topics;
	}

	/** Who follows what. */
	Interests interests() {
		return this.interests;
	}

	Limits limits() {
		return this.limits;
	}

	LoopStats stats() {
		return this.stats;
	}

	/** The time at the last look at the clock, in nanoseconds; at most one sweep old. */
	long now() {
		return this.now;
	}

	/** How long ago the present or last turn began. Any thread. */
	Duration sinceTurn() {
		return Duration.ofNanos(Math.max(0, this.nanoTime.getAsLong() - this.turned));
	}

	/**
	 * How long ago something was published, in milliseconds, by a clock that is read once
	 * in a turn or for some flushes and set right at each sweep.
	 */
	long age(long publishedAt) {
		return Math.max(0, this.now / 1_000_000 + this.epoch - publishedAt);
	}

	private void setEpoch() {
		this.epoch = this.topics.clock().millis() - this.now / 1_000_000;
	}

	/** The time at this moment, in nanoseconds. */
	long time() {
		return this.nanoTime.getAsLong();
	}

	void opened(Session session) {
		this.sessionCount.incrementAndGet();
		post(new Command.Opened(session));
	}

	int sessionCount() {
		return this.sessionCount.get();
	}

	boolean isCurrent() {
		return Thread.currentThread() == this.thread;
	}

	/** Asks the loop to do something; any thread. */
	void post(Command command) {
		this.inbox.add(command);
		if (this.parked) {
			LockSupport.unpark(this.thread);
		}
	}

	@Override
	public void run() {
		while (!this.stopped) {
			if (turn() == 0) {
				rest();
			}
			else if (isOutrun()) {
				gather();
			}
		}
		turn();
		List.copyOf(this.sessions).forEach((session) -> session.close(CloseCode.GOING_AWAY));
		turn();
		List.copyOf(this.sessions).forEach((session) -> session.abort(CloseCode.GOING_AWAY));
	}

	void stop() {
		this.stopped = true;
		LockSupport.unpark(this.thread);
	}

	/**
	 * Whether publishers outrun this loop: it has served everybody, that took a while,
	 * and what it sent came in twos and more.
	 */
	private boolean isOutrun() {
		return this.dirty.isEmpty() && this.spent >= LONG_TURN && this.delivered >= 2 * this.flushed;
	}

	/**
	 * Lets publishers go on before the next turn. A turn that began with the first entry
	 * at hand would send it alone, and the rest in as many writes again.
	 */
	private void gather() {
		LockSupport.parkNanos(this, Math.min(LONGEST_GATHER, this.spent / 8));
	}

	private void rest() {
		this.parked = true;
		if (this.inbox.isEmpty() && !this.stopped) {
			LockSupport.parkNanos(this, Math.max(1, this.nextSweep - this.nanoTime.getAsLong()));
		}
		this.parked = false;
	}

	/**
	 * Goes round once.
	 * @return how much there was to do
	 */
	int turn() {
		if (this.thread != Thread.currentThread()) {
			this.thread = Thread.currentThread();
		}
		long began = this.nanoTime.getAsLong();
		this.turned = began;
		this.now = began;
		this.delivered = 0;
		int work = drain() + flush();
		if (this.now - this.nextSweep >= 0) {
			sweep();
		}
		if (work == 0 && this.dirty.isEmpty()) {
			cool();
		}
		this.spent = this.nanoTime.getAsLong() - began;
		this.stats.turned(this.spent);
		return work + this.dirty.size();
	}

	private int drain() {
		int count = 0;
		Command command;
		// A review must begin before anything is flushed that was published after it.
		while ((count < 10_000 || this.interests.isToBeReviewed()) && (command = this.inbox.poll()) != null) {
			count++;
			try {
				carryOut(command);
			}
			catch (RuntimeException ex) {
				logger.error("A delivery loop could not carry out a command", ex);
			}
		}
		return count;
	}

	private void carryOut(Command command) {
		switch (command) {
			case Feed feed -> feed.look();
			case WorkQueue queue -> queue.look();
			case Command.Written(Session session, Throwable failure) -> session.wrote(failure);
			case Command.Opened(Session session) -> {
				this.sessions.add(session);
				this.listener.opened(session);
			}
			case Command.Created(Topic topic) -> this.interests.follow(topic);
			case Command.Task(Runnable action) -> action.run();
		}
	}

	private int flush() {
		int count = this.dirty.size();
		this.flushed = count;
		for (int i = 0; i < count; i++) {
			Session session = this.dirty.remove();
			if (i % FLUSHES_PER_LOOK == FLUSHES_PER_LOOK - 1) {
				this.now = this.nanoTime.getAsLong();
			}
			try {
				session.flush(this.now);
			}
			catch (RuntimeException ex) {
				logger.error("A delivery loop could not flush {}", session, ex);
				session.failed(ex);
			}
		}
		return count;
	}

	/** Forgets what was encoded for several sessions; also under a load without rest. */
	private void cool() {
		this.warm.forEach(Feed::cool);
		this.warm.clear();
	}

	private void sweep() {
		this.stats.lag().add(this.now - this.nextSweep);
		this.nextSweep = this.now + SWEEP.toNanos();
		if (this.now - this.nextRotation >= 0) {
			this.nextRotation = this.now + PERIOD.toNanos();
			this.stats.rotate();
		}
		setEpoch();
		cool();
		if (this.departure != null) {
			this.departure.sweep(this.sessions, this.now, SWEEP.toNanos());
		}
		for (Session session : List.copyOf(this.sessions)) {
			try {
				session.sweep(this.now, SWEEP.toNanos());
			}
			catch (RuntimeException ex) {
				logger.error("A delivery loop could not sweep {}", session, ex);
				session.failed(ex);
			}
		}
	}

	/**
	 * Sends all sessions away, a few at each sweep. Any thread.
	 * @return completes when none is left
	 */
	CompletableFuture<Void> depart(Duration period, Duration spread, Duration away, RandomGenerator random) {
		Departure begun = new Departure(this.nanoTime.getAsLong() + period.toNanos(), spread, away, random);
		post(new Command.Task(() -> {
			this.departure = begun;
			begun.sweep(this.sessions, this.now, SWEEP.toNanos());
		}));
		return begun.done();
	}

	/** An end is nearer than the next sweep: look earlier. */
	void expiryChanged(long expiresAt) {
		if (expiresAt != Long.MAX_VALUE && expiresAt - this.nextSweep < 0) {
			this.nextSweep = expiresAt;
		}
	}

	void addDirty(Session session) {
		this.dirty.add(session);
	}

	/** Messages are about to leave. */
	void delivered(long messages) {
		this.delivered += messages;
	}

	void addWarm(Feed feed) {
		this.warm.add(feed);
	}

	void ended(Session session, CloseCode code) {
		if (this.sessions.remove(session)) {
			this.sessionCount.decrementAndGet();
			this.listener.closed(session, code);
		}
	}

	// For operators

	/** Sessions as they stand, the oldest first. */
	CompletableFuture<List<SessionState>> sessions(Predicate<Session> wanted, int limit) {
		return gather(() -> this.sessions.stream()
			.filter(wanted)
			.sorted(Comparator.comparingLong(Session::number))
			.limit(limit)
			.map(Session::state)
			.toList());
	}

	/** Closes a session; tells whether it was here. */
	CompletableFuture<Boolean> close(String id, CloseCode code) {
		return gather(() -> {
			Optional<Session> found = this.sessions.stream().filter((session) -> session.id().equals(id)).findAny();
			found.ifPresent((session) -> session.close(code));
			return found.isPresent();
		});
	}

	/** How topics are followed, those that are. */
	CompletableFuture<List<Delivery.Following>> followings(Collection<Topic> wanted) {
		return gather(() -> this.interests.of(wanted));
	}

	/** All of this loop; on the loop. */
	Set<Session> sessions() {
		return this.sessions;
	}

	private <T> CompletableFuture<T> gather(Supplier<T> look) {
		CompletableFuture<T> seen = new CompletableFuture<>();
		post(new Command.Task(() -> seen.complete(look.get())));
		return seen;
	}

}
