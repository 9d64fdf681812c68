package dev.carillon.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import dev.carillon.topic.Destination;
import dev.carillon.topic.DestinationPattern;
import dev.carillon.topic.Position;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.Topic;
import dev.carillon.topic.StartingPoint;
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

	/** How many different encoders are shared by their sessions. */
	private static final int SHARED_ENCODERS = 512;

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

	private final WorkQueues queues;

	private final Limits limits;

	private final LongSupplier nanoTime;

	private final DeliveryListener listener;

	private final LoopStats stats;

	private final Queue<Command> inbox = new ConcurrentLinkedQueue<>();

	private final Set<Session> sessions = new HashSet<>();

	private final Map<Topic, Feed> feeds = new HashMap<>();

	private final Deque<Session> dirty = new ArrayDeque<>();

	/** Set when the process is about to end. */
	private @Nullable Departure departure;

	private final List<Feed> warm = new ArrayList<>();

	private final Map<MessageEncoder, MessageEncoder> encoders = new HashMap<>();

	/** Those who follow a pattern; read by threads that open topics. */
	private volatile List<TopicSubscription> patterns = List.of();

	private volatile @Nullable Thread thread;

	private volatile boolean parked;

	private volatile boolean stopped;

	private final AtomicInteger sessionCount = new AtomicInteger();

	/** How many reviews are in the inbox. */
	private final AtomicInteger reviews = new AtomicInteger();

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
		this.queues = queues;
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

	/** A topic was opened; on the thread that opened it. */
	void created(Topic topic) {
		if (!this.patterns.isEmpty()) {
			post(new Command.Created(topic));
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
		while ((count < 10_000 || this.reviews.get() > 0) && (command = this.inbox.poll()) != null) {
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
			case Command.Created(Topic topic) -> followCreated(topic);
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
	CompletableFuture<Void> depart(Duration period, Duration spread, RandomGenerator random) {
		Departure begun = new Departure(this.nanoTime.getAsLong() + period.toNanos(), spread, random);
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

	// Subscriptions

	/**
	 * Begins a subscription.
	 * @param heads the topics that were there when it was asked for, and their heads then
	 */
	void subscribe(Session session, SubscribeRequest request, Map<Topic, Long> heads,
			BiConsumer<@Nullable Placement, @Nullable Refusal> placed) {
		if (!canSubscribe(session, request, placed)) {
			return;
		}
		switch (request.target()) {
			case SubscribeRequest.One(var destination, var _) when destination.isQueue() ->
				subscribeQueue(session, request, destination, placed);
			case SubscribeRequest.One _ ->
				heads.forEach((topic, head) -> subscribeOne(session, request, topic, head, placed));
			case SubscribeRequest.Many(var pattern, var _) -> subscribeMany(session, request, pattern, heads, placed);
		}
	}

	private void subscribeOne(Session session, SubscribeRequest request, Topic topic, long head,
			BiConsumer<@Nullable Placement, @Nullable Refusal> placed) {
		if (!isPermitted(request, topic, placed)) {
			return;
		}
		Feed feed = feed(topic);
		if (feed == null) {
			// It was evicted meanwhile.
			session.subscribe(request, placed);
			return;
		}
		TopicSubscription subscription = new TopicSubscription(session, shared(request));
		StartingPoint start = start(topic, head, request);
		session.add(subscription);
		attach(subscription, feed, start.offset());
		placed.accept(new Placement(List.of(new Position(topic.log().epoch(), start.offset())),
				(request.resumeFrom() != null) ? start.recovered() : null), null);
	}

	private void subscribeMany(Session session, SubscribeRequest request, DestinationPattern pattern,
			Map<Topic, Long> heads, BiConsumer<@Nullable Placement, @Nullable Refusal> placed) {
		TopicSubscription subscription = new TopicSubscription(session, shared(request));
		session.add(subscription);
		List<TopicSubscription> extended = new ArrayList<>(this.patterns);
		extended.add(subscription);
		this.patterns = extended;
		this.topics.followers().follow(pattern);
		List<Position> positions = new ArrayList<>();
		List<Long> epochs = new ArrayList<>();
		boolean recovered = true;
		for (Topic topic : this.topics.matching(pattern).toList()) {
			Long head = heads.get(topic);
			if (head == null) {
				followAll(subscription, topic);
				continue;
			}
			Feed feed = subscription.wants(topic) ? feed(topic) : null;
			if (feed != null) {
				StartingPoint start = start(topic, head, request);
				attach(subscription, feed, start.offset());
				recovered &= start.recovered();
				epochs.add(topic.log().epoch());
				positions.add(new Position(topic.log().epoch(), start.offset()));
			}
		}
		List<Position> from = request.resumeFrom();
		boolean allKnown = from == null || from.stream().allMatch((position) -> epochs.contains(position.epoch()));
		placed.accept(new Placement(positions, (from != null) ? recovered && allKnown : null), null);
	}

	private void subscribeQueue(Session session, SubscribeRequest request, Destination destination,
			BiConsumer<@Nullable Placement, @Nullable Refusal> placed) {
		if (!isPermitted(request, this.topics.open(destination), placed)) {
			return;
		}
		WorkQueue queue = this.queues.open(destination, this);
		QueueSubscription subscription = new QueueSubscription(session, shared(request), queue);
		session.add(subscription);
		queue.join(subscription);
		placed.accept(new Placement(List.of(queue.topic().head()), null), null);
	}

	private boolean canSubscribe(Session session, SubscribeRequest request,
			BiConsumer<@Nullable Placement, @Nullable Refusal> placed) {
		if (session.isOver()) {
			return false;
		}
		if (session.subscription(request.id()) != null) {
			placed.accept(null, inUse(request));
			return false;
		}
		return true;
	}

	/** Rules may have changed since the adapter asked them. */
	private static boolean isPermitted(SubscribeRequest request, Topic topic,
			BiConsumer<@Nullable Placement, @Nullable Refusal> placed) {
		try {
			if (request.target().permitted().test(topic)) {
				return true;
			}
			placed.accept(null,
					new Refusal(Refusal.Code.ACCESS_DENIED, "The right to follow " + topic + " has just ended"));
		}
		catch (Refusal refusal) {
			placed.accept(null, refusal);
		}
		return false;
	}

	static Refusal inUse(SubscribeRequest request) {
		return new Refusal(Refusal.Code.CONFLICT, "The subscription id " + request.id() + " is in use in this session");
	}

	/**
	 * With an encoder that other sessions use too, so that their bytes are found at a
	 * glance.
	 */
	private SubscribeRequest shared(SubscribeRequest request) {
		MessageEncoder known = this.encoders.get(request.encoder());
		if (known == null) {
			known = request.encoder();
			if (known.isShared() && this.encoders.size() < SHARED_ENCODERS) {
				this.encoders.put(known, known);
			}
		}
		return new SubscribeRequest(request.id(), request.target(), known, request.ackMode(), request.window(),
				request.latestOnly(), request.replay(), null);
	}

	private static StartingPoint start(Topic topic, long head, SubscribeRequest request) {
		List<Position> from = request.resumeFrom();
		if (from != null) {
			StartingPoint resumed = StartingPoint.resume(topic.log(), from);
			if (resumed != null) {
				boolean near = topic.log().head() - resumed.offset() <= topic.policy().maxLag();
				return new StartingPoint(resumed.offset(), resumed.recovered() && near);
			}
			if (request.target() instanceof SubscribeRequest.Many) {
				// Not among the topics the subscriber knew, so it appeared since.
				return new StartingPoint(topic.log().tail() - 1, topic.log().tail() == 1);
			}
		}
		Integer wanted = request.replay();
		long replay = Math.min((wanted != null) ? wanted : topic.policy().replay(), topic.policy().maxLag());
		return StartingPoint.anew(topic, head, (int) replay);
	}

	private @Nullable Feed feed(Topic topic) {
		Feed feed = this.feeds.get(topic);
		if (feed == null) {
			feed = new Feed(topic, this);
			if (!topic.addListener(feed)) {
				return null;
			}
			this.feeds.put(topic, feed);
		}
		return feed;
	}

	private void attach(TopicSubscription subscription, Feed feed, long offset) {
		Cursor cursor = subscription.attach(feed, offset);
		feed.add(cursor);
		cursor.begin();
		if (feed.topic().policy().presence()) {
			this.listener.followed(subscription.session(), feed.topic());
		}
	}

	/** Judges the subscriptions of a session again. */
	void rejudge(List<Subscription> subscriptions) {
		for (Subscription one : subscriptions) {
			one.topics()
				.stream()
				.map((topic) -> new Review.Follower(one, topic))
				.filter((follower) -> !follower.isPermitted())
				.forEach(this::withdraw);
			if (one instanceof TopicSubscription subscription
					&& one.request().target() instanceof SubscribeRequest.Many(var pattern, var _)) {
				this.topics.matching(pattern)
					.toList()
					.forEach((topic) -> follow(subscription, topic,
							() -> start(topic, topic.log().head(), subscription.request()).offset()));
			}
		}
	}

	private void followCreated(Topic topic) {
		this.patterns.forEach((subscription) -> followAll(subscription, topic));
	}

	/** Follows a topic from its first entry. */
	private void followAll(TopicSubscription subscription, Topic topic) {
		follow(subscription, topic, () -> 0);
	}

	/** Follows a topic as soon as its log can be read. */
	private void follow(TopicSubscription subscription, Topic topic, LongSupplier from) {
		if (!subscription.wants(topic)) {
			return;
		}
		Session session = subscription.session();
		CompletableFuture<?> ready = topic.log().ready().toCompletableFuture();
		if (!ready.isDone()) {
			ready.whenComplete((_, _) -> session.execute(() -> follow(subscription, topic, from)));
		}
		else if (ready.isCompletedExceptionally()) {
			// Closing is the only way to say that something may be lost.
			session.close(CloseCode.SERVER_ERROR);
		}
		else if (session.subscription(subscription.id()) == subscription) {
			Feed feed = feed(topic);
			if (feed != null) {
				attach(subscription, feed, from.getAsLong());
			}
		}
	}

	/**
	 * Judges again those who follow some topics, and ends what they may not follow any
	 * more. Any thread.
	 * @param judge where rules are asked
	 */
	void review(Collection<Topic> reviewed, Executor judge) {
		Map<Topic, Long> heads = new HashMap<>();
		reviewed.forEach((topic) -> heads.put(topic, topic.log().head()));
		this.reviews.incrementAndGet();
		post(new Command.Task(() -> {
			this.reviews.decrementAndGet();
			Map<Feed, Long> held = new HashMap<>();
			heads.forEach((topic, head) -> {
				Feed feed = this.feeds.get(topic);
				if (feed != null) {
					held.put(feed, head);
				}
			});
			Review review = new Review(held, consumers(reviewed));
			judge.execute(() -> {
				List<Review.Follower> denied = review.judge();
				post(new Command.Task(() -> {
					denied.forEach(this::withdraw);
					review.end();
				}));
			});
		}));
	}

	private List<Review.Follower> consumers(Collection<Topic> reviewed) {
		if (reviewed.stream().noneMatch((topic) -> topic.destination().isQueue())) {
			return List.of();
		}
		List<Review.Follower> consumers = new ArrayList<>();
		for (Session session : this.sessions) {
			for (Subscription subscription : session.subscriptions()) {
				if (subscription instanceof QueueSubscription consumer && reviewed.contains(consumer.topic())) {
					consumers.add(new Review.Follower(consumer, consumer.topic()));
				}
			}
		}
		return consumers;
	}

	/** Unless it has ended meanwhile, or the right has come back. */
	private void withdraw(Review.Follower denied) {
		Session session = denied.subscription().session();
		String id = denied.subscription().id();
		if (session.subscription(id) == denied.subscription() && !denied.isPermitted()) {
			session.withdraw(denied.subscription(), denied.topic());
			this.listener.withdrawn(session, id, denied.topic());
		}
	}

	void detach(Cursor cursor) {
		Feed feed = cursor.feed();
		if (feed.remove(cursor)) {
			this.feeds.remove(feed.topic());
			feed.topic().removeListener(feed, this.topics.clock().millis());
		}
		if (feed.topic().policy().presence()) {
			this.listener.left(cursor.session(), feed.topic());
		}
	}

	void forgetPattern(TopicSubscription subscription, DestinationPattern pattern) {
		this.topics.followers().leave(pattern);
		this.patterns = this.patterns.stream().filter((other) -> other != subscription).toList();
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
		return gather(() -> wanted.stream()
			.map(this.feeds::get)
			.filter(Objects::nonNull)
			.map((feed) -> new Delivery.Following(feed.topic(), feed.size(), feed.slowest()))
			.toList());
	}

	private <T> CompletableFuture<T> gather(Supplier<T> look) {
		CompletableFuture<T> seen = new CompletableFuture<>();
		post(new Command.Task(() -> seen.complete(look.get())));
		return seen;
	}

}
