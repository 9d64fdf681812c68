package dev.carillon.delivery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

import dev.carillon.topic.Destination;
import dev.carillon.topic.DestinationPattern;
import dev.carillon.topic.Position;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.StartingPoint;
import dev.carillon.topic.Topic;
import dev.carillon.topic.Topics;
import org.jspecify.annotations.Nullable;

/**
 * Who follows what among the sessions of one loop: begins and ends subscriptions, finds
 * the topics that patterns match, and ends what may not be followed any more. On the
 * loop, where nothing else is said.
 */
final class Interests {

	/** How many different encoders are shared by their sessions. */
	private static final int SHARED_ENCODERS = 512;

	private final DeliveryLoop loop;

	private final Topics topics;

	private final WorkQueues queues;

	private final DeliveryListener listener;

	private final Map<Topic, Feed> feeds = new HashMap<>();

	private final Map<MessageEncoder, MessageEncoder> encoders = new HashMap<>();

	/** Those who follow a pattern; read by threads that open topics. */
	private volatile List<TopicSubscription> patterns = List.of();

	/** How many reviews are in the inbox. */
	private final AtomicInteger reviews = new AtomicInteger();

	Interests(DeliveryLoop loop, Topics topics, WorkQueues queues, DeliveryListener listener) {
		this.loop = loop;
		this.topics = topics;
		this.queues = queues;
		this.listener = listener;
	}

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
		WorkQueue queue = this.queues.open(destination, this.loop);
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
			feed = new Feed(topic, this.loop);
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

	/** A topic was opened; on the thread that opened it. */
	void created(Topic topic) {
		if (!this.patterns.isEmpty()) {
			this.loop.post(new Command.Created(topic));
		}
	}

	/** Follows a topic for everybody whose pattern it matches. */
	void follow(Topic topic) {
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
		this.loop.post(new Command.Task(() -> {
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
				this.loop.post(new Command.Task(() -> {
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
		for (Session session : this.loop.sessions()) {
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

	/** A cursor moves no more. */
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

	/** A subscription to a pattern has ended. */
	void forgetPattern(TopicSubscription subscription, DestinationPattern pattern) {
		this.topics.followers().leave(pattern);
		this.patterns = this.patterns.stream().filter((other) -> other != subscription).toList();
	}

	/** How topics are followed, those that are. */
	List<Delivery.Following> of(Collection<Topic> wanted) {
		return wanted.stream()
			.map(this.feeds::get)
			.filter(Objects::nonNull)
			.map((feed) -> new Delivery.Following(feed.topic(), feed.size(), feed.slowest()))
			.toList();
	}

	/** Whether a review waits for its beginning. */
	boolean isToBeReviewed() {
		return this.reviews.get() > 0;
	}

}
