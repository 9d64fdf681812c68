package dev.carillon.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what many callers submit in one order and in as few transactions as possible:
 * while one group is written the next one gathers.
 * <p>
 * One thread writes, so groups never overlap and changes keep the order in which they
 * were submitted. At most {@code capacity} changes wait; more are refused, and so is
 * everything for a moment after a group failed as a whole, rather than have each caller
 * wait for the same failure. {@link #close} writes what waits, for a limited time. The
 * thread is never interrupted: some embedded databases do not survive that.
 *
 * @param <C> what is submitted
 * @param <R> what comes of it
 */
final class GroupCommit<C, R> implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(GroupCommit.class);

	private static final Duration POLL = Duration.ofMillis(100);

	/**
	 * Writes one group.
	 */
	@FunctionalInterface
	interface Writer<C, R> {

		/**
		 * Writes all changes, in their order.
		 * @return what came of each, in the same order
		 * @throws RuntimeException if none was written
		 */
		List<Result<R>> write(List<C> changes);

	}

	/**
	 * What came of one change: a value or a refusal.
	 */
	sealed interface Result<R> {

		/** It is written. */
		record Done<R>(R value) implements Result<R> {
		}

		/** It is not written, and the others of its group are none the worse. */
		record Refused<R>(Refusal refusal) implements Result<R> {
		}

	}

	private record Pending<C, R>(C change, CompletableFuture<R> result) {
	}

	private final String name;

	private final Writer<C, R> writer;

	private final BlockingQueue<Pending<C, R>> queue;

	private final int largest;

	private final long pauseNanos;

	private final LongSupplier nanoTime;

	private final Thread thread;

	private volatile boolean open = true;

	private volatile @Nullable Long pausedUntil;

	/**
	 * Prepares the writing; {@link #start} begins it.
	 * @param capacity how many changes may wait
	 * @param largest how many changes a group has at most
	 * @param pause how long everything is refused after a failure
	 * @param nanoTime the clock, see {@link System#nanoTime}
	 */
	GroupCommit(String name, Writer<C, R> writer, int capacity, int largest, Duration pause, LongSupplier nanoTime) {
		this.name = name;
		this.writer = writer;
		this.queue = new LinkedBlockingQueue<>(capacity);
		this.largest = largest;
		this.pauseNanos = pause.toNanos();
		this.nanoTime = nanoTime;
		this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
	}

	void start() {
		this.thread.start();
	}

	/**
	 * Submits a change. Any thread; does not block.
	 * @return what comes of it, or a {@link Refusal}
	 */
	CompletionStage<R> submit(C change) {
		Long paused = this.pausedUntil;
		if (!this.open || (paused != null && this.nanoTime.getAsLong() - paused < 0)) {
			return CompletableFuture.failedStage(Database.unavailable());
		}
		Pending<C, R> pending = new Pending<>(change, new CompletableFuture<>());
		if (!this.queue.offer(pending)) {
			return CompletableFuture.failedStage(new Refusal(Refusal.Code.UNAVAILABLE,
					"Too many messages are waiting to be stored; try again shortly"));
		}
		if (!this.open && this.queue.remove(pending)) {
			return CompletableFuture.failedStage(Database.unavailable());
		}
		return pending.result();
	}

	private void run() {
		List<Pending<C, R>> group = new ArrayList<>();
		while (this.open || !this.queue.isEmpty()) {
			try {
				Pending<C, R> first = this.queue.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
				if (first != null) {
					group.add(first);
					this.queue.drainTo(group, this.largest - 1);
					write(group);
					group.clear();
				}
			}
			catch (InterruptedException _) {
				this.open = false;
			}
		}
	}

	private void write(List<Pending<C, R>> group) {
		try {
			List<Result<R>> results = this.writer.write(group.stream().map(Pending::change).toList());
			if (this.pausedUntil != null) {
				this.pausedUntil = null;
				logger.info("{} can write again", this.name);
			}
			for (int i = 0; i < group.size(); i++) {
				switch (results.get(i)) {
					case Result.Done<R>(R value) -> group.get(i).result().complete(value);
					case Result.Refused<R>(Refusal refusal) -> group.get(i).result().completeExceptionally(refusal);
				}
			}
		}
		catch (RuntimeException ex) {
			if (this.pausedUntil == null) {
				logger.warn("{} cannot write and refuses everything until it can", this.name, ex);
			}
			this.pausedUntil = this.nanoTime.getAsLong() + this.pauseNanos;
			group.forEach((pending) -> pending.result().completeExceptionally(Database.unavailable()));
		}
	}

	/**
	 * Refuses what is submitted from now on, and waits up to 10 seconds until what was
	 * submitted before is written.
	 */
	@Override
	public void close() {
		this.open = false;
		try {
			this.thread.join(Duration.ofSeconds(10));
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

}
