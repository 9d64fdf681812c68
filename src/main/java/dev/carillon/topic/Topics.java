package dev.carillon.topic;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All topics that are in use. This is where applications publish.
 * <p>
 * Any thread; nothing here blocks. Nobody's rights are judged here, that happens at the
 * edges.
 */
public final class Topics implements AutoCloseable {

	private final TopicPolicies policies;

	private final TopicLogs logs;

	private final Clock clock;

	private final Map<Destination, Topic> topics = new ConcurrentHashMap<>();

	/** By the names of the families. */
	private final Map<String, Traffic> traffic;

	private final Followers followers = new Followers();

	private final List<Consumer<Topic>> watchers = new CopyOnWriteArrayList<>();

	public Topics(TopicPolicies policies, TopicLogs logs, Clock clock) {
		this.policies = policies;
		this.logs = logs;
		this.clock = clock;
		this.traffic = policies.all()
			.stream()
			.collect(Collectors.toUnmodifiableMap(TopicPolicy::family, (_) -> new Traffic()));
	}

	public TopicPolicies policies() {
		return this.policies;
	}

	public Clock clock() {
		return this.clock;
	}

	/**
	 * Appends a message to a topic, which is opened if need be.
	 * @return the position, when the message is in the log; or a failure, which is a
	 * {@link Refusal} where the publisher is to blame: no family has the destination, the
	 * body is above the family's {@code message-size}, or the queue is full
	 */
	public CompletionStage<Position> publish(Destination destination, Publication publication) {
		try {
			while (true) {
				Topic topic = open(destination);
				long limit = topic.policy().messageSize().toBytes();
				if (publication.body().length > limit) {
					throw new Refusal(Refusal.Code.TOO_LARGE, "The body has " + publication.body().length
							+ " bytes; message-size of " + topic.policy().family() + " allows " + limit);
				}
				CompletionStage<Position> appended = topic.append(publication, this.clock.millis());
				if (appended != null) {
					return appended;
				}
			}
		}
		catch (Refusal refusal) {
			return CompletableFuture.failedStage(refusal);
		}
	}

	/**
	 * The topic of a destination, made if it is not in use.
	 * @throws Refusal if no family has the destination
	 */
	public Topic open(Destination destination) {
		Topic topic = this.topics.get(destination);
		while (topic == null || topic.isClosed()) {
			if (topic != null) {
				this.topics.remove(destination, topic);
			}
			topic = create(destination);
		}
		return topic;
	}

	private Topic create(Destination destination) {
		TopicPolicy policy = this.policies.require(destination);
		Topic fresh = new Topic(destination, policy, this.logs, traffic(policy), this.followers, this.clock.millis());
		Topic known = this.topics.putIfAbsent(destination, fresh);
		if (known != null) {
			fresh.close();
			return known;
		}
		this.watchers.forEach((watcher) -> watcher.accept(fresh));
		return fresh;
	}

	/**
	 * What has happened to the topics of a family.
	 */
	public Traffic traffic(TopicPolicy family) {
		return Objects.requireNonNull(this.traffic.get(family.family()));
	}

	/**
	 * The topic of a destination if it is in use.
	 */
	public Optional<Topic> find(Destination destination) {
		return Optional.ofNullable(this.topics.get(destination));
	}

	/**
	 * The topics in use that a pattern reaches.
	 */
	public Stream<Topic> matching(DestinationPattern pattern) {
		return this.topics.values().stream().filter((topic) -> pattern.matches(topic.destination()));
	}

	/**
	 * All topics in use.
	 */
	public Collection<Topic> all() {
		return this.topics.values();
	}

	/**
	 * Asks to be told of each topic that is opened from now on, before its first entry is
	 * appended by whoever opened it. The watcher runs on the thread that opens, must not
	 * block and must not throw.
	 */
	public void watch(Consumer<Topic> watcher) {
		this.watchers.add(watcher);
	}

	/**
	 * Those who follow topics.
	 */
	public Followers followers() {
		return this.followers;
	}

	/**
	 * Whether somebody follows a destination, by its name or by a pattern, or has looked
	 * at it in the last half minute. The topic need not be in use.
	 */
	public boolean isFollowed(Destination destination) {
		Topic topic = this.topics.get(destination);
		return (topic != null && topic.isFollowed(this.clock.millis())) || this.followers.reach(destination);
	}

	/**
	 * Lets go of old entries and of topics that nobody uses; to be run about once a
	 * second.
	 */
	public void sweep() {
		long now = this.clock.millis();
		this.topics.values().removeIf((topic) -> {
			topic.log().expire(now);
			topic.markPace(now);
			boolean idle = topic.closeIfIdle(now);
			if (idle) {
				traffic(topic.policy()).noteEvicted();
			}
			return idle;
		});
	}

	@Override
	public void close() {
		this.topics.values().forEach(Topic::close);
		this.topics.clear();
	}

}
