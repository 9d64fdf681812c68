package dev.carillon.topic;

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

	private final Destination destination;

	private final TopicPolicy policy;

	private final TopicLog log;

	/** Replaced as a whole; read without a lock on every append. */
	private volatile Runnable[] listeners = {};

	private int appending;

	private volatile boolean closed;

	private volatile long lastUsed;

	Topic(Destination destination, TopicPolicy policy, TopicLogs logs, long now) {
		this.destination = destination;
		this.policy = policy;
		this.lastUsed = now;
		this.log = logs.create(destination, policy, this::tellNews);
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
	public synchronized boolean addListener(Runnable listener) {
		if (this.closed) {
			return false;
		}
		Runnable[] extended = new Runnable[this.listeners.length + 1];
		System.arraycopy(this.listeners, 0, extended, 0, this.listeners.length);
		extended[this.listeners.length] = listener;
		this.listeners = extended;
		return true;
	}

	/**
	 * Ends what {@link #addListener} began.
	 * @param now the time, in milliseconds since 1970
	 */
	public synchronized void removeListener(Runnable listener, long now) {
		this.listeners = Arrays.stream(this.listeners).filter((other) -> other != listener).toArray(Runnable[]::new);
		this.lastUsed = now;
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
			if (appended.toCompletableFuture().isDone()) {
				appendEnded();
				return appended;
			}
			return appended.whenComplete((_, _) -> appendEnded());
		}
		catch (RuntimeException ex) {
			appendEnded();
			return CompletableFuture.failedStage(ex);
		}
	}

	private synchronized void appendEnded() {
		this.appending--;
	}

	/**
	 * Closes the topic if nobody listens, nothing is kept and it was not used for as long
	 * as entries are kept.
	 * @return whether it is closed
	 */
	synchronized boolean closeIfIdle(long now) {
		if (!this.closed && this.listeners.length == 0 && this.appending == 0 && this.log.tail() > this.log.head()
				&& now - this.lastUsed >= this.policy.log().keep().toMillis()) {
			this.closed = true;
			this.log.close();
		}
		return this.closed;
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
