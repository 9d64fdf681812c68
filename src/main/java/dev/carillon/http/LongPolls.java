package dev.carillon.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

import dev.carillon.topic.AccessChanged;
import dev.carillon.topic.Topic;
import dev.carillon.topic.Topics;

import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;

/**
 * Requests that wait for news of a topic. A waiting request costs its object and no
 * thread, and a topic is listened to once however many wait.
 * <p>
 * Any thread. Answers are given on the executor, so that a publisher is not held up.
 */
final class LongPolls implements SmartLifecycle {

	private final Topics topics;

	private final Executor executor;

	private final Map<Topic, Group> groups = new HashMap<>();

	private boolean running;

	LongPolls(Topics topics, Executor executor) {
		this.topics = topics;
		this.executor = executor;
	}

	/**
	 * One request.
	 */
	interface Waiting {

		/** Whether it may still be answered; any thread, must not block. */
		boolean isPermitted();

		/** Ends the waiting; on the executor. */
		void answer();

	}

	/** Those who wait for one topic. */
	private final class Group implements Runnable {

		private final Topic topic;

		private Set<Waiting> waiting = new HashSet<>();

		Group(Topic topic) {
			this.topic = topic;
		}

		/** News, on a publisher's thread. */
		@Override
		public void run() {
			List<Waiting> told;
			synchronized (LongPolls.this.groups) {
				told = new ArrayList<>(this.waiting);
				this.waiting = new HashSet<>();
				end(this);
			}
			told.forEach((one) -> LongPolls.this.executor.execute(one::answer));
		}

	}

	/**
	 * Waits for news.
	 * @param waiting answers once when there is news, unless {@link #forget} comes first
	 * @return false if the topic is closed, or the instance stops
	 */
	boolean await(Topic topic, Waiting waiting) {
		synchronized (this.groups) {
			if (!this.running) {
				return false;
			}
			Group group = this.groups.get(topic);
			if (group == null) {
				group = new Group(topic);
				if (!topic.addListener(group)) {
					return false;
				}
				this.groups.put(topic, group);
			}
			group.waiting.add(waiting);
			return true;
		}
	}

	/** Waits no more. */
	void forget(Topic topic, Waiting waiting) {
		synchronized (this.groups) {
			Group group = this.groups.get(topic);
			if (group != null) {
				group.waiting.remove(waiting);
				if (group.waiting.isEmpty()) {
					end(group);
				}
			}
		}
	}

	private void end(Group group) {
		if (this.groups.remove(group.topic, group)) {
			group.topic.removeListener(group, this.topics.clock().millis());
		}
	}

	/** Ends the waiting of those who may not wait any more. */
	@EventListener
	void review(AccessChanged change) {
		List<Waiting> concerned = new ArrayList<>();
		synchronized (this.groups) {
			this.groups.values()
				.stream()
				.filter((group) -> change.concerns(group.topic))
				.forEach((group) -> concerned.addAll(group.waiting));
		}
		concerned.stream()
			.filter((waiting) -> !waiting.isPermitted())
			.forEach((waiting) -> this.executor.execute(waiting::answer));
	}

	/** How many requests wait. */
	int waiting() {
		synchronized (this.groups) {
			return this.groups.values().stream().mapToInt((group) -> group.waiting.size()).sum();
		}
	}

	@Override
	public void start() {
		synchronized (this.groups) {
			this.running = true;
		}
	}

	/** Answers whoever waits, so that nobody holds up the end of the instance. */
	@Override
	public void stop() {
		List<Group> waiting;
		synchronized (this.groups) {
			this.running = false;
			waiting = List.copyOf(this.groups.values());
		}
		waiting.forEach(Group::run);
	}

	@Override
	public boolean isRunning() {
		synchronized (this.groups) {
			return this.running;
		}
	}

	/** Stops before the web server waits for its requests to end. */
	@Override
	public int getPhase() {
		return SmartLifecycle.DEFAULT_PHASE;
	}

}
