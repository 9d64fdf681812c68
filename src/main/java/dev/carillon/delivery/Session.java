package dev.carillon.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import dev.carillon.topic.Entry;
import dev.carillon.topic.Position;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.Topic;
import dev.carillon.topic.Trace;
import org.jspecify.annotations.Nullable;

/**
 * One connected client: its subscriptions and the one place through which all of its
 * frames leave, control frames first.
 * <p>
 * Public methods may be called on any thread and return at once; what they ask for
 * happens on the session's loop, in the order of the calls. Nothing else touches the
 * delivery state.
 */
public final class Session implements Sink.Completion {

	/** How long a session that is closing may take to write what is left. */
	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

	/** How long a session that is sent away may take to answer what has come. */
	private static final Duration FINISH_TIMEOUT = Duration.ofSeconds(5);

	/**
	 * After how much silence a client is asked for a sign of life; after three times it
	 * is closed.
	 */
	private static final Duration PROBE = Duration.ofSeconds(30);

	private final String id;

	private final long number;

	private final DeliveryLoop loop;

	private final Sink sink;

	private final Object owner;

	private final Origin origin;

	/** When it began, in milliseconds since 1970. */
	private final long since;

	private volatile @Nullable String user;

	/** When bytes last came from the client, in nanoseconds of the loop's clock. */
	private volatile long lastRead;

	private final Map<String, Subscription> subscriptions = new HashMap<>(4);

	/** By id: what waits for a subscription that waits for its log. */
	private final Map<String, List<Runnable>> opening = new HashMap<>(0);

	private @Nullable Deque<Encoded> control;

	private int controlBytes;

	private final Deque<Source> ready = new ArrayDeque<>(2);

	private @Nullable List<Source> tellWhenWritten;

	private boolean queued;

	private boolean writing;

	private long writeStarted;

	private long lastWritten;

	private @Nullable CloseCode closing;

	private Duration retryAfter = Duration.ZERO;

	private boolean sentAway;

	private boolean closed;

	private long writtenBytes;

	private int writeBytes;

	/** What the write under way carries and somebody follows; null for most. */
	private @Nullable List<Trace> writeTraces;

	private @Nullable HeartBeat heartBeat;

	private boolean beatDue;

	private boolean probed;

	private long expiresAt = Long.MAX_VALUE;

	private CloseCode expiry = CloseCode.EXPIRED;

	private @Nullable Runnable onExpiry;

	private long remindAt = Long.MAX_VALUE;

	private @Nullable Runnable reminder;

	/**
	 * What both sides have promised.
	 *
	 * @param beat what the server sends
	 * @param sendNanos the longest silence of the server, 0 for any
	 * @param receiveNanos the longest silence of the client, after which it is closed, 0
	 * for any
	 */
	private record HeartBeat(Encoded beat, long sendNanos, long receiveNanos) {
	}

	Session(String id, long number, DeliveryLoop loop, Sink sink, Object owner, Origin origin) {
		this.id = id;
		this.number = number;
		this.loop = loop;
		this.sink = sink;
		this.owner = owner;
		this.origin = origin;
		this.since = loop.topics().clock().millis();
		this.lastRead = loop.now();
		this.lastWritten = loop.now();
	}

	/** Names the session; cannot be guessed and does not come again. */
	public String id() {
		return this.id;
	}

	/** Its place in the order in which the sessions of this process began. */
	public long number() {
		return this.number;
	}

	/** Where the client comes from. */
	public Origin origin() {
		return this.origin;
	}

	/** The adapter's object for this client. */
	public Object owner() {
		return this.owner;
	}

	/** The name of the user, once it is known. */
	public @Nullable String user() {
		return this.user;
	}

	public void setUser(String user) {
		this.user = user;
	}

	DeliveryLoop loop() {
		return this.loop;
	}

	/** Runs something on the session's loop, unless the session is over by then. */
	public void execute(Runnable action) {
		if (this.loop.isCurrent()) {
			if (!this.closed) {
				action.run();
			}
		}
		else {
			this.loop.post(new Command.Task(() -> {
				if (!this.closed) {
					action.run();
				}
			}));
		}
	}

	/**
	 * Sends a frame that belongs to no subscription's log: a receipt, an error, an
	 * answer.
	 */
	public void send(Encoded frame) {
		execute(() -> {
			if (this.closing != null) {
				return;
			}
			Deque<Encoded> waiting = this.control;
			if (waiting == null) {
				waiting = new ArrayDeque<>(4);
				this.control = waiting;
			}
			waiting.add(frame);
			this.controlBytes += frame.bytes().length;
			if (this.controlBytes > this.loop.limits().controlBytes()) {
				abort(CloseCode.SLOW_CONSUMER);
			}
			markDirty();
		});
	}

	/**
	 * Closes the session when the frames sent so far have left.
	 */
	public void close(CloseCode code) {
		close(code, Duration.ZERO);
	}

	/**
	 * Closes the session when the frames sent so far have left.
	 * @param retryAfter how long the client is asked to stay away, zero for no hint
	 */
	public void close(CloseCode code, Duration retryAfter) {
		execute(() -> {
			if (this.closing == null) {
				this.closing = code;
				this.retryAfter = retryAfter;
				this.writeStarted = this.loop.now();
				endSubscriptions();
				markDirty();
			}
		});
	}

	/**
	 * The transport is gone; idempotent.
	 */
	public void transportClosed(CloseCode code) {
		execute(() -> end(code));
	}

	/**
	 * Begins a subscription, as soon as the logs it reads from are ready.
	 * @param placed told on the loop, before the first message leaves: the placement, or
	 * the refusal if the id is in use or a log cannot be read
	 */
	public void subscribe(SubscribeRequest request, BiConsumer<@Nullable Placement, @Nullable Refusal> placed) {
		List<Topic> topics = switch (request.target()) {
			case SubscribeRequest.One(var destination, var _) -> List.of(this.loop.topics().open(destination));
			case SubscribeRequest.Many(var pattern, var _) -> this.loop.topics().matching(pattern).toList();
		};
		CompletableFuture<?> ready = CompletableFuture.allOf(topics.stream()
			.map((topic) -> topic.log().ready().toCompletableFuture())
			.toArray(CompletableFuture<?>[]::new));
		if (ready.isDone()) {
			place(request, topics, ready, placed);
			return;
		}
		execute(() -> {
			if (this.opening.putIfAbsent(request.id(), new ArrayList<>(1)) != null) {
				placed.accept(null, Interests.inUse(request));
				return;
			}
			ready.whenComplete((_, _) -> execute(() -> {
				List<Runnable> deferred = this.opening.remove(request.id());
				place(request, topics, ready, placed);
				if (deferred != null) {
					deferred.forEach(Runnable::run);
				}
			}));
		});
	}

	/** The heads are those of this moment, which may be before the loop comes to it. */
	private void place(SubscribeRequest request, List<Topic> topics, CompletableFuture<?> ready,
			BiConsumer<@Nullable Placement, @Nullable Refusal> placed) {
		if (ready.isCompletedExceptionally()) {
			execute(() -> placed.accept(null,
					new Refusal(Refusal.Code.UNAVAILABLE, "The log of this destination cannot be read at the moment")));
			return;
		}
		Map<Topic, Long> heads = new HashMap<>();
		topics.forEach((topic) -> heads.put(topic, topic.log().head()));
		execute(() -> this.loop.interests().subscribe(this, request, heads, placed));
	}

	/**
	 * Ends a subscription.
	 * @param ended told on the loop whether there was one with this id
	 */
	public void unsubscribe(String subscription, Consumer<Boolean> ended) {
		execute(() -> {
			List<Runnable> deferred = this.opening.get(subscription);
			if (deferred != null) {
				deferred.add(() -> unsubscribe(subscription, ended));
				return;
			}
			Subscription known = this.subscriptions.remove(subscription);
			if (known != null) {
				known.end();
				this.ready.removeIf(Source::isEnded);
			}
			ended.accept(known != null);
		});
	}

	/**
	 * Judges all subscriptions again, for their user may have other rights by now: topics
	 * that they may not follow any more are withdrawn, and wildcards follow others from
	 * now on.
	 */
	public void rejudge() {
		execute(() -> this.loop.interests().rejudge(List.copyOf(this.subscriptions.values())));
	}

	/**
	 * Settles a message.
	 * @param subscription the id of the subscription, or null to look in all of them
	 * @param settled told on the loop whether such a message was waiting
	 */
	public void settle(@Nullable String subscription, Position position, Settlement settlement,
			Consumer<Boolean> settled) {
		execute(() -> {
			boolean found = false;
			if (subscription != null) {
				Subscription known = this.subscriptions.get(subscription);
				found = known != null && known.settle(position, settlement);
			}
			else {
				for (Subscription known : this.subscriptions.values()) {
					if (known.settle(position, settlement)) {
						found = true;
						break;
					}
				}
			}
			settled.accept(found);
		});
	}

	/**
	 * Agrees on heart-beats (STOMP 1.2, Heart-beating). A client that is silent for twice
	 * its promise is closed.
	 * @param beat what the server sends
	 * @param sendMillis the longest silence of the server, 0 for any
	 * @param receiveMillis the promise of the client, 0 for none
	 */
	public void heartBeat(Encoded beat, long sendMillis, long receiveMillis) {
		execute(() -> this.heartBeat = new HeartBeat(beat, sendMillis * 1_000_000, receiveMillis * 2_000_000));
	}

	/** Bytes came from the client. */
	public void touched() {
		this.lastRead = this.loop.now();
	}

	/**
	 * Sets when the session ends by itself: from that moment on no message leaves.
	 * @param inNanos from now; {@link Long#MAX_VALUE} for never
	 * @param code why
	 * @param before what to do first, for example to send an ERROR frame; runs on the
	 * loop
	 */
	public void expire(long inNanos, CloseCode code, Runnable before) {
		long deadline = (inNanos == Long.MAX_VALUE) ? Long.MAX_VALUE : this.loop.time() + inNanos;
		execute(() -> {
			this.expiresAt = deadline;
			this.expiry = code;
			this.onExpiry = before;
			this.loop.expiryChanged(this.expiresAt);
		});
	}

	/**
	 * Sets what is to be done once, in a while; replaces what was set before.
	 * @param inNanos from now; {@link Long#MAX_VALUE} for never
	 * @param reminder runs on the loop
	 */
	public void remind(long inNanos, Runnable reminder) {
		execute(() -> {
			this.remindAt = (inNanos == Long.MAX_VALUE) ? Long.MAX_VALUE : this.loop.now() + inNanos;
			this.reminder = reminder;
		});
	}

	// From here on: only on the loop.

	/** The session as it stands; for listeners, which run on the loop. */
	public SessionState state() {
		List<SessionState.Subscribed> list = this.subscriptions.values()
			.stream()
			.map((one) -> new SessionState.Subscribed(one.id(), one.target(), one.topics().size(), one.lag()))
			.toList();
		Duration writing = this.writing ? Duration.ofNanos(this.loop.now() - this.writeStarted) : null;
		return new SessionState(this.id, this.number, this.user, this.origin, Instant.ofEpochMilli(this.since), list,
				this.writtenBytes, writing);
	}

	@Nullable Subscription subscription(String name) {
		return this.subscriptions.get(name);
	}

	Collection<Subscription> subscriptions() {
		return this.subscriptions.values();
	}

	void add(Subscription subscription) {
		this.subscriptions.put(subscription.id(), subscription);
	}

	/** Takes a topic from a subscription, which ends if it follows no others. */
	void withdraw(Subscription subscription, Topic topic) {
		if (!(subscription instanceof TopicSubscription following) || !following.dropIfOneOfMany(topic)) {
			this.subscriptions.remove(subscription.id());
			subscription.end();
		}
		this.ready.removeIf(Source::isEnded);
	}

	boolean isSentAway() {
		return this.sentAway || this.closed || this.closing != null;
	}

	/**
	 * Closes the session for a restart, when its owner has finished what it is amid.
	 */
	void sendAway(Duration hint) {
		this.sentAway = true;
		CompletableFuture<?> finished = (this.owner instanceof Finishing amid)
				? amid.finish().toCompletableFuture().copy() : CompletableFuture.completedFuture(null);
		finished.orTimeout(FINISH_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
			.whenComplete((_, _) -> close(CloseCode.RESTART, hint));
	}

	boolean isOver() {
		return this.closed || this.closing != null;
	}

	void arrived(QueueSubscription consumer, Entry entry, int deliveries) {
		if (!this.closed && this.subscriptions.get(consumer.id()) == consumer) {
			consumer.arrived(entry, deliveries);
		}
	}

	void addReady(Source source) {
		this.ready.add(source);
		markDirty();
	}

	void tellWhenWritten(Source source) {
		if (this.tellWhenWritten == null) {
			this.tellWhenWritten = new ArrayList<>(1);
		}
		if (!this.tellWhenWritten.contains(source)) {
			this.tellWhenWritten.add(source);
		}
	}

	private void markDirty() {
		if (!this.queued && !this.writing && !this.closed) {
			this.queued = true;
			this.loop.addDirty(this);
		}
	}

	/** Hands the next frames to the sink. */
	void flush(long now) {
		this.queued = false;
		if (this.writing || this.closed) {
			return;
		}
		if (this.expiresAt != Long.MAX_VALUE) {
			// The turn may have begun some time ago, and what is read below came before
			// now.
			checkExpiry(this.loop.time());
		}
		Flush flush = new Flush(now, this.loop.limits().flushBytes());
		takeControl(flush);
		if (this.closing == null) {
			takeMessages(flush);
			takeBeat(flush);
		}
		if (!flush.isEmpty()) {
			write(flush);
		}
		else if (this.closing != null) {
			CloseCode code = this.closing;
			end(code);
			this.sink.close(code, this.retryAfter);
		}
	}

	private void takeControl(Flush flush) {
		Deque<Encoded> waiting = this.control;
		if (waiting != null) {
			waiting.forEach(flush::add);
			this.control = null;
			this.controlBytes = 0;
		}
	}

	/** Anything that is sent serves as a heart-beat, so one of its own is sent alone. */
	private void takeBeat(Flush flush) {
		HeartBeat promised = this.heartBeat;
		if (this.beatDue && promised != null && flush.isEmpty()) {
			flush.add(promised.beat());
		}
		this.beatDue = false;
	}

	private void takeMessages(Flush flush) {
		Source source;
		while (this.closing == null && flush.hasRoom() && (source = this.ready.poll()) != null) {
			source.unqueued();
			if (source.take(flush)) {
				source.ready();
			}
		}
	}

	private void write(Flush flush) {
		this.writing = true;
		this.writeStarted = flush.now();
		this.writeBytes = flush.bytes();
		this.writeTraces = flush.traces();
		this.loop.stats().flushSize().add(flush.bytes(), 1);
		this.sink.write(flush.frames(), this);
	}

	/** A write of the sink has ended, on any thread. */
	@Override
	public void written() {
		if (this.loop.isCurrent()) {
			wrote(null);
		}
		else {
			this.loop.post(new Command.Written(this, null));
		}
	}

	@Override
	public void failed(Throwable cause) {
		this.loop.post(new Command.Written(this, cause));
	}

	void wrote(@Nullable Throwable failure) {
		this.writing = false;
		this.lastWritten = this.loop.now();
		this.writtenBytes += this.writeBytes;
		if (failure != null) {
			abort(CloseCode.GOING_AWAY);
			return;
		}
		List<Trace> traces = this.writeTraces;
		if (traces != null) {
			this.writeTraces = null;
			traces.forEach(Trace::delivered);
		}
		List<Source> tell = this.tellWhenWritten;
		if (tell != null && !this.closed) {
			this.tellWhenWritten = null;
			tell.forEach(Source::written);
		}
		if (!this.ready.isEmpty() || this.control != null || this.closing != null) {
			markDirty();
		}
	}

	/** What has to happen by the clock: heart-beats, deadlines, ends. */
	void sweep(long now, long period) {
		if (this.closed) {
			return;
		}
		if (isOverdue(now)) {
			abort(CloseCode.WRITE_TIMEOUT);
			return;
		}
		checkReminder(now);
		checkExpiry(now);
		HeartBeat promised = this.heartBeat;
		if (this.closing != null) {
			return;
		}
		if (promised == null || promised.receiveNanos() == 0) {
			probe(now);
		}
		if (promised == null) {
			return;
		}
		if (promised.receiveNanos() > 0 && now - this.lastRead > promised.receiveNanos() + period) {
			close(CloseCode.SILENT);
		}
		else if (promised.sendNanos() > 0 && !this.writing && now - this.lastWritten + period >= promised.sendNanos()) {
			this.beatDue = true;
			markDirty();
		}
	}

	/**
	 * A client that promises no heart-beats is asked now and then whether it is still
	 * there.
	 */
	private void probe(long now) {
		long silence = now - this.lastRead;
		if (this.probed && silence > 3 * PROBE.toNanos()) {
			close(CloseCode.SILENT);
		}
		else if (silence < PROBE.toNanos()) {
			this.probed = false;
		}
		else if (!this.probed && !this.writing) {
			this.probed = this.sink.probe();
		}
	}

	private boolean isOverdue(long now) {
		long since = now - this.writeStarted;
		return (this.writing && since > this.sink.writeTimeout(this.loop.limits().writeTimeout()).toNanos())
				|| (this.closing != null && since > CLOSE_TIMEOUT.toNanos());
	}

	private void checkReminder(long now) {
		Runnable due = this.reminder;
		if (due != null && this.remindAt != Long.MAX_VALUE && now - this.remindAt >= 0) {
			this.remindAt = Long.MAX_VALUE;
			this.reminder = null;
			due.run();
		}
	}

	private void checkExpiry(long now) {
		if (this.expiresAt != Long.MAX_VALUE && now - this.expiresAt >= 0 && this.closing == null) {
			this.expiresAt = Long.MAX_VALUE;
			Runnable before = this.onExpiry;
			if (before != null) {
				before.run();
			}
			close(this.expiry);
		}
	}

	/** Ends the session at once, even in the middle of a write. */
	void abort(CloseCode code) {
		if (!this.closed) {
			CloseCode first = (this.closing != null) ? this.closing : code;
			end(first);
			this.sink.abort(first);
		}
	}

	private void endSubscriptions() {
		this.subscriptions.values().forEach(Subscription::end);
		this.subscriptions.clear();
		this.ready.clear();
	}

	private void end(CloseCode code) {
		if (this.closed) {
			return;
		}
		endSubscriptions();
		this.closed = true;
		this.control = null;
		this.tellWhenWritten = null;
		this.loop.ended(this, (this.closing != null) ? this.closing : code);
	}

	@Override
	public String toString() {
		return "session " + this.id;
	}

}
