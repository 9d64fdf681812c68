package dev.carillon.observability;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.delivery.Delivery;
import dev.carillon.topic.Destination;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.SlowPolicy;
import dev.carillon.topic.Topic;
import dev.carillon.topic.TopicLog;
import dev.carillon.topic.TopicPolicy;
import dev.carillon.topic.Topics;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * The topics that are in use on this instance: a page of them, or one.
 */
@WebEndpoint(id = "topics")
final class TopicsEndpoint {

	private final Topics topics;

	private final Delivery delivery;

	TopicsEndpoint(Topics topics, Delivery delivery) {
		this.topics = topics;
		this.delivery = delivery;
	}

	/**
	 * A page of topics, in the order of their names.
	 *
	 * @param total how many topics there are
	 * @param topics those of the page
	 * @param after what to ask for to see the next page; absent on the last
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Page(int total, List<Summary> topics, @Nullable String after) {
	}

	/**
	 * One topic in a page.
	 *
	 * @param destination its name
	 * @param family the family it belongs to
	 * @param head the position of its newest entry
	 * @param tail the offset of its oldest entry, one above the head if it has none
	 * @param bytes what its entries take
	 * @param subscribers how many follow it, or consume from it if it is a work queue
	 * @param rate how many entries a second come in, over the last 30 to 60 seconds or
	 * since it was opened
	 * @param slowest the offset up to which the slowest subscriber was served; absent
	 * without subscribers and for work queues
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Summary(String destination, String family, String head, long tail, long bytes, int subscribers, double rate,
			@Nullable Long slowest) {
	}

	/**
	 * One topic with what holds for it.
	 *
	 * @param topic the topic
	 * @param policy the policy of its family
	 */
	record Details(Summary topic, Policy policy) {
	}

	/**
	 * A policy in the words of the configuration.
	 *
	 * @param pattern the destinations of the family
	 * @param subscribe who may subscribe
	 * @param send who may send
	 * @param wildcards whether subscriptions may use wildcards
	 * @param entries how many entries a log may have
	 * @param bytes how many bytes they may take
	 * @param keep how long they are kept
	 * @param replay how many entries a new subscription receives
	 * @param slow what happens to slow subscriptions
	 * @param maxLag how far they may be behind; absent for as far as the log goes
	 * @param staleAfter after how long without an entry the topic is stale
	 * @param sendRate how many messages a second a session may send, 0 for any number
	 * @param messageSize the largest body, in bytes
	 * @param presence whether coming and going is published
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Policy(String pattern, String subscribe, String send, boolean wildcards, int entries, long bytes,
			Duration keep, int replay, SlowPolicy slow, @Nullable Long maxLag, @Nullable Duration staleAfter,
			int sendRate, long messageSize, boolean presence) {

		private static Policy of(TopicPolicy policy) {
			return new Policy(policy.pattern().toString(), policy.subscribe().toString(), policy.send().toString(),
					policy.wildcards(), policy.log().entries(), policy.log().bytes().toBytes(), policy.log().keep(),
					policy.replay(), policy.slow(), (policy.maxLag() == Long.MAX_VALUE) ? null : policy.maxLag(),
					policy.staleAfter(), policy.sendRate(), policy.messageSize().toBytes(), policy.presence());
		}

	}

	/**
	 * Lists topics.
	 * @param prefix only those whose names begin so
	 * @param limit how many at most
	 * @param after where the last page said to go on
	 */
	@ReadOperation
	Page list(@Nullable String prefix, @Nullable Integer limit, @Nullable String after) {
		int most = Answer.limit(limit);
		List<Topic> found = this.topics.all()
			.stream()
			.filter((topic) -> prefix == null || topic.toString().startsWith(prefix))
			.filter((topic) -> after == null || topic.toString().compareTo(after) > 0)
			.sorted(Comparator.comparing(Topic::toString))
			.limit(most + 1L)
			.toList();
		List<Topic> page = found.subList(0, Math.min(most, found.size()));
		return new Page(this.topics.all().size(), summaries(page),
				(found.size() > most) ? page.getLast().toString() : null);
	}

	/**
	 * Describes one topic.
	 * @param name its destination, without the first slash
	 */
	@ReadOperation
	@Nullable Details one(@Selector(match = Selector.Match.ALL_REMAINING) String[] name) {
		return find("/" + String.join("/", name))
			.map((topic) -> new Details(summaries(List.of(topic)).getFirst(), Policy.of(topic.policy())))
			.orElse(null);
	}

	private Optional<Topic> find(String destination) {
		try {
			return this.topics.find(Destination.of(destination));
		}
		catch (Refusal refusal) {
			throw Answer.bad(refusal.reason());
		}
	}

	private List<Summary> summaries(List<Topic> page) {
		Map<Topic, Delivery.Following> followings = Answer.of(this.delivery.followings(page));
		long now = this.topics.clock().millis();
		return page.stream().map((topic) -> summary(topic, followings.get(topic), now)).toList();
	}

	private static Summary summary(Topic topic, Delivery.@Nullable Following following, long now) {
		TopicLog log = topic.log();
		int subscribers = (following != null) ? following.subscribers() : 0;
		Long slowest = (following != null && following.slowest() != Long.MAX_VALUE) ? following.slowest() : null;
		return new Summary(topic.toString(), topic.policy().family(), topic.head().toString(), log.tail(), log.bytes(),
				subscribers, Math.round(topic.rate(now) * 100) / 100.0, slowest);
	}

}
