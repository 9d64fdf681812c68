package dev.carillon.topic;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * One destination with its log and those who want to be told of news.
 * <p>
 * Any thread. A topic that nobody uses is closed and forgotten; a reader or a publisher
 * that comes in that very moment is told to open the topic again.
 */
public final class Topic {

	/** How long the last values of a topic stay that only the application publishes. */
	static final Duration LAST_VALUES = Duration.ofDays(7);

	/** For how long one who only looks counts as a follower, in milliseconds. */
	private static final long READ_COUNTS = 30_000;

	private final Destination destination;

	private final TopicPolicy policy;

	private final TopicLog log;

	private final Traffic traffic;

	private final Followers followers;

	private final Pace pace = new Pace();

	/** Replaced as a whole; read without a lock on every append. */
	private volatile Runnable[] listeners = {};

	private int appending;

	private volatile boolean closed;

	private volatile long lastUsed;

	/** When somebody read who does not listen; 0 for never. */
	private volatile long lastRead;

	Topic(Destination destination, TopicPolicy policy, TopicLogs logs, Traffic traffic, Followers followers, long now) {
		this.destination = destination;
		this.policy = policy;
		this.traffic = traffic;
		this.followers = followers;
		this.lastUsed = now;
		this.log = logs.create(destination, policy, this::tellNews);
		markPace(now);
	}

	public Destination destination() {
		return this.destination;
	}

	public TopicPolicy policy() {
		return this.policy;
	}

	public TopicLog log() {
		return this.log;
	}

	/**
	 * Where the log stands: the position of its newest entry.
	 */
	public Position head() {
		return new Position(this.log.epoch(), this.log.head());
	}

	/**
	 * The position of an entry.
	 */
	public Position position(Entry entry) {
		return new Position(this.log.epoch(), entry.offset());
	}

	/**
	 * Asks to be told of news until {@link #removeListener}. The listener runs on any
	 * thread, must not block and must not throw.
	 * @return false if the topic is closed and must be opened again
	 */
	public boolean addListener(Runnable listener) {
		int before;
		synchronized (this) {
			if (this.closed) {
				return false;
			}
			before = this.listeners.length;
			Runnable[] extended = Arrays.copyOf(this.listeners, before + 1);
			extended[before] = listener;
			this.listeners = extended;
		}
		if (before == 0) {
			this.followers.tell();
		}
		return true;
	}

	/**
	 * Ends what {@link #addListener} began.
	 * @param now the time, in milliseconds since 1970
	 */
	public void removeListener(Runnable listener, long now) {
		boolean last;
		synchronized (this) {
			boolean listened = this.listeners.length > 0;
			this.listeners = Arrays.stream(this.listeners)
				.filter((other) -> other != listener)
				.toArray(Runnable[]::new);
			this.lastUsed = now;
			last = listened && this.listeners.length == 0;
		}
		if (last) {
			this.followers.tell();
		}
	}

	/**
	 * Notes a reader who looks at the log without listening, as one who polls does.
	 * @param now the time, in milliseconds since 1970
	 */
	public void noteRead(long now) {
		boolean followed = isFollowed(now);
		this.lastRead = now;
		if (!followed) {
			this.followers.tell();
		}
	}

	/** Whether somebody listens, or has looked a moment ago. */
	boolean isFollowed(long now) {
		return this.listeners.length > 0 || (this.lastRead > 0 && now - this.lastRead < READ_COUNTS);
	}

	private void tellNews() {
		for (Runnable listener : this.listeners) {
			listener.run();
		}
	}

	/**
	 * Appends, or answers null if the topic is closed and must be opened again.
	 */
	@Nullable CompletionStage<Position> append(Publication publication, long now) {
		synchronized (this) {
			if (this.closed) {
				return null;
			}
			this.appending++;
			this.lastUsed = now;
		}
		try {
			CompletionStage<Position> appended = this.log.append(publication);
			if (appended.toCompletableFuture().isDone() && !appended.toCompletableFuture().isCompletedExceptionally()) {
				appended(null);
				return appended;
			}
			return appended.whenComplete((_, failure) -> appended(failure));
		}
		catch (RuntimeException ex) {
			appendEnded();
			return CompletableFuture.failedStage(ex);
		}
	}

	private void appended(@Nullable Throwable failure) {
		if (failure == null) {
			this.traffic.notePublished();
		}
		appendEnded();
	}

	private synchronized void appendEnded() {
		this.appending--;
	}

	/** Notes how far the log has come; one thread, about once a second. */
	void markPace(long now) {
		if (isReadable()) {
			this.pace.mark(now, this.log.head());
		}
	}

	private boolean isReadable() {
		CompletableFuture<?> ready = this.log.ready().toCompletableFuture();
		return ready.isDone() && !ready.isCompletedExceptionally();
	}

	/**
	 * How many entries a second come in: over the last 30 to 60 seconds, or since the
	 * topic was opened.
	 * @param now the time, in milliseconds since 1970
	 */
	public double rate(long now) {
		return isReadable() ? this.pace.perSecond(now, this.log.head()) : 0;
	}

	/**
	 * Closes the topic if nobody listens and it was not used for long enough: for as long
	 * as entries are kept, or longer if it has last values. Messages of a work queue keep
	 * it open.
	 * @return whether it is closed
	 */
	synchronized boolean closeIfIdle(long now) {
		if (!this.closed && this.listeners.length == 0 && this.appending == 0
				&& now - this.lastUsed >= patience().toMillis() && !hasMoreThanLastValues()) {
			this.closed = true;
			this.log.close();
		}
		return this.closed;
	}

	/**
	 * Where clients may send they decide how many topics there are, so that last values
	 * that nobody asks for do not stay.
	 */
	private Duration patience() {
		Duration keep = this.policy.log().keep();
		boolean bounded = this.policy.send() instanceof Access.Nobody;
		return (bounded && this.log.tail() <= this.log.head() && keep.compareTo(LAST_VALUES) < 0) ? LAST_VALUES : keep;
	}

	private boolean hasMoreThanLastValues() {
		long count = this.log.head() - this.log.tail() + 1;
		return count > (this.destination.isQueue() ? 0 : this.policy.replay());
	}

	boolean isClosed() {
		return this.closed;
	}

	synchronized void close() {
		this.closed = true;
		this.log.close();
	}

	@Override
	public String toString() {
		return this.destination.toString();
	}

}
