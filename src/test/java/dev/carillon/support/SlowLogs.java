package dev.carillon.support;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

import dev.carillon.topic.Destination;
import dev.carillon.topic.Entry;
import dev.carillon.topic.Position;
import dev.carillon.topic.Publication;
import dev.carillon.topic.TopicLog;
import dev.carillon.topic.TopicLogs;
import dev.carillon.topic.TopicPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Logs that take their time: an append happens later, where and when an executor says,
 * and fails for chosen publications; a log can be read only once it was made ready.
 * Appending after close and reading before ready are errors.
 */
public final class SlowLogs implements TopicLogs {

	private final TopicLogs delegate;

	private final Executor appends;

	private final Predicate<Publication> failing;

	private final List<SlowLog> logs = new ArrayList<>();

	private boolean readyAtOnce = true;

	private boolean readyLater;

	public SlowLogs(TopicLogs delegate, Executor appends, Predicate<Publication> failing) {
		this.delegate = delegate;
		this.appends = appends;
		this.failing = failing;
	}

	/** From now on logs are not ready until {@link #ready()}. */
	public synchronized void holdReady() {
		this.readyAtOnce = false;
	}

	/** From now on logs become ready where and when appends happen. */
	public synchronized SlowLogs readyLater() {
		this.readyLater = true;
		return this;
	}

	/** Makes all logs ready. */
	public void ready() {
		held().forEach((log) -> log.ready.complete(null));
	}

	/** Makes all logs that are not ready unreadable. */
	public void fail(Throwable cause) {
		held().forEach((log) -> log.ready.completeExceptionally(cause));
	}

	private synchronized List<SlowLog> held() {
		this.readyAtOnce = true;
		return List.copyOf(this.logs);
	}

	@Override
	public synchronized TopicLog create(Destination destination, TopicPolicy policy, Runnable news) {
		SlowLog log = new SlowLog(this.delegate.create(destination, policy, news));
		this.logs.add(log);
		if (this.readyLater) {
			this.appends.execute(() -> log.ready.complete(null));
		}
		else if (this.readyAtOnce) {
			log.ready.complete(null);
		}
		return log;
	}

	private final class SlowLog implements TopicLog {

		private final TopicLog log;

		private final CompletableFuture<@Nullable Void> ready = new CompletableFuture<>();

		private volatile boolean closed;

		SlowLog(TopicLog log) {
			this.log = log;
		}

		@Override
		public long epoch() {
			return this.log.epoch();
		}

		@Override
		public CompletionStage<?> ready() {
			return this.ready;
		}

		@Override
		public CompletionStage<Position> append(Publication publication) {
			CompletableFuture<Position> appended = new CompletableFuture<>();
			SlowLogs.this.appends.execute(() -> {
				if (this.closed) {
					appended.completeExceptionally(new IllegalStateException("appended after close"));
				}
				else if (SlowLogs.this.failing.test(publication)) {
					appended.completeExceptionally(new IllegalStateException("the disk is full"));
				}
				else {
					this.log.append(publication).whenComplete((position, failure) -> {
						if (failure != null) {
							appended.completeExceptionally(failure);
						}
						else {
							appended.complete(position);
						}
					});
				}
			});
			return appended;
		}

		private TopicLog readable() {
			if (!this.ready.isDone()) {
				throw new IllegalStateException("read before it was ready");
			}
			return this.log;
		}

		@Override
		public long head() {
			return readable().head();
		}

		@Override
		public long tail() {
			return readable().tail();
		}

		@Override
		public @Nullable Entry read(long offset) {
			return readable().read(offset);
		}

		@Override
		public void release(long offset) {
			this.log.release(offset);
		}

		@Override
		public void expire(long now) {
			this.log.expire(now);
		}

		@Override
		public long bytes() {
			return this.log.bytes();
		}

		@Override
		public void close() {
			this.closed = true;
			this.log.close();
		}

	}

}
