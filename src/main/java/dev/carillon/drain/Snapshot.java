package dev.carillon.drain;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.carillon.topic.Destination;
import dev.carillon.topic.Idempotency;
import dev.carillon.topic.MemoryLogs;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.SavedLog;
import dev.carillon.topic.Topic;
import dev.carillon.topic.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Carries all logs over a restart, so that clients that come back resume as if nothing
 * had happened, and the keys of messages, so that a publisher may send again what was not
 * answered.
 * <p>
 * Written last of all, when nobody publishes any more; read first of all. A snapshot is
 * read once: it is put aside before anything is published, so that a crash never brings
 * an old one back. One that is damaged is put aside too, and topics start over.
 */
final class Snapshot implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(Snapshot.class);

	private final SnapshotFile file;

	private final Topics topics;

	private final MemoryLogs logs;

	private final Idempotency idempotency;

	private volatile boolean running;

	Snapshot(SnapshotFile file, Topics topics, MemoryLogs logs, Idempotency idempotency) {
		this.file = file;
		this.topics = topics;
		this.logs = logs;
		this.idempotency = idempotency;
	}

	@Override
	public void start() {
		this.running = true;
		if (!this.file.exists()) {
			return;
		}
		try {
			Saved saved = this.file.read();
			this.file.setAside(".read");
			saved.logs().forEach(this.logs::remember);
			this.idempotency.remember(saved.keys());
			long opened = saved.logs().keySet().stream().filter(this::open).count();
			logger.info("{} of {} topics go on where they were", opened, saved.logs().size());
		}
		catch (IOException ex) {
			logger.warn("The snapshot cannot be used, topics start over: {}", ex.getMessage());
			setBrokenAside();
		}
	}

	/** Unless there is no policy for it any more. */
	private boolean open(Destination destination) {
		try {
			this.topics.open(destination);
			return true;
		}
		catch (Refusal _) {
			return false;
		}
	}

	private void setBrokenAside() {
		try {
			this.file.setAside(".broken");
		}
		catch (IOException ex) {
			logger.warn("The snapshot cannot be put aside either: {}", ex.getMessage());
		}
	}

	@Override
	public void stop() {
		this.running = false;
		Map<Destination, SavedLog> saved = new LinkedHashMap<>();
		for (Topic topic : this.topics.all()) {
			SavedLog log = SavedLog.of(topic.log());
			if (log.head() > 0) {
				saved.put(topic.destination(), log);
			}
		}
		try {
			this.file.write(new Saved(saved, this.idempotency.known()));
			logger.info("{} topics are written down", saved.size());
		}
		catch (IOException ex) {
			logger.error("The logs cannot be written down, topics will start over", ex);
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** Starts before everything and stops after everything. */
	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

}
