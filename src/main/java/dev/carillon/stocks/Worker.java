package dev.carillon.stocks;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One thread that does things in turn, now or later. What it is asked after it is closed
 * it leaves undone without a word.
 */
final class Worker implements Executor, AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final ScheduledThreadPoolExecutor executor;

	/**
	 * Makes a worker; its thread comes with the first task.
	 * @param name the name of the thread
	 */
	Worker(String name) {
		this.executor = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name(name).daemon().factory(),
				new ThreadPoolExecutor.DiscardPolicy());
	}

	@Override
	public void execute(Runnable task) {
		this.executor.execute(task);
	}

	/** Does something once, after a while. */
	void later(Duration delay, Runnable task) {
		this.executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
	}

	/** Does something again and again, with a pause in between; it must not throw. */
	void repeat(Duration pause, Runnable task) {
		this.executor.scheduleWithFixedDelay(task, pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
	}

	/**
	 * Drops what is waiting, interrupts what is running and waits for it, five seconds at
	 * most.
	 */
	@Override
	public void close() {
		this.executor.shutdownNow();
		try {
			this.executor.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

}
