package dev.carillon.chat;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * What the chat does from time to time: finishes migrations that had to wait for the
 * database, and looks at what other nodes changed in the rooms.
 * <p>
 * The first time is part of the start, so that a started service knows its rooms if the
 * database is there. One thread, which is not interrupted when it stops.
 */
final class Upkeep implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(Upkeep.class);

	private final Schema schema;

	private final Rooms rooms;

	private final Duration interval;

	private volatile @Nullable ScheduledExecutorService executor;

	/** Whether the present fault was logged; one thread at a time. */
	private boolean complained;

	Upkeep(Schema schema, Rooms rooms, Duration interval) {
		this.schema = schema;
		this.rooms = rooms;
		this.interval = interval;
	}

	@Override
	public void start() {
		run();
		ScheduledExecutorService fresh = Executors
			.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("chat-upkeep").daemon().factory());
		fresh.scheduleWithFixedDelay(this::run, this.interval.toMillis(), this.interval.toMillis(),
				TimeUnit.MILLISECONDS);
		this.executor = fresh;
	}

	private void run() {
		try {
			if (this.schema.complete()) {
				this.rooms.refresh();
				this.complained = false;
			}
		}
		catch (Refusal refusal) {
			logger.debug("The rooms were not refreshed: {}", refusal.reason());
		}
		catch (RuntimeException ex) {
			if (!this.complained) {
				logger.error("The database is there, but not fit for the chat", ex);
			}
			this.complained = true;
		}
	}

	@Override
	public void stop() {
		ScheduledExecutorService running = this.executor;
		if (running != null) {
			running.shutdown();
			try {
				running.awaitTermination(5, TimeUnit.SECONDS);
			}
			catch (InterruptedException _) {
				Thread.currentThread().interrupt();
			}
			this.executor = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.executor != null;
	}

	@Override
	public int getPhase() {
		return MessageWriter.PHASE;
	}

}
