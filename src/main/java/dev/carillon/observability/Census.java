package dev.carillon.observability;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import dev.carillon.topic.Topic;
import dev.carillon.topic.TopicPolicy;
import dev.carillon.topic.Topics;

/**
 * Topics and their memory by family, counted at most once a second however many meters
 * ask. Any thread.
 */
final class Census {

	private static final Duration LIFE = Duration.ofSeconds(1);

	/**
	 * What one family has.
	 *
	 * @param topics how many topics
	 * @param bytes what their logs take
	 */
	record Count(int topics, long bytes) {

		private static final Count NOTHING = new Count(0, 0);

		private Count plus(Count other) {
			return new Count(this.topics + other.topics, this.bytes + other.bytes);
		}

	}

	private record Taken(long at, Map<String, Count> counts) {
	}

	private final Topics topics;

	private volatile Taken last = new Taken(Long.MIN_VALUE, Map.of());

	Census(Topics topics) {
		this.topics = topics;
	}

	Count of(TopicPolicy family) {
		long now = this.topics.clock().millis();
		Taken taken = this.last;
		if (taken.at() == Long.MIN_VALUE || Math.abs(now - taken.at()) >= LIFE.toMillis()) {
			taken = new Taken(now, count());
			this.last = taken;
		}
		return taken.counts().getOrDefault(family.family(), Count.NOTHING);
	}

	private Map<String, Count> count() {
		Map<String, Count> counts = new HashMap<>();
		for (Topic topic : this.topics.all()) {
			counts.merge(topic.policy().family(), new Count(1, topic.log().bytes()), Count::plus);
		}
		return counts;
	}

}
