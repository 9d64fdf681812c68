package dev.carillon.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.carillon.topic.Topic;

/**
 * Judges again, after rules have changed, who follows some topics on one loop.
 * <p>
 * It begins and ends on the loop and judges elsewhere. Meanwhile the topics stand still
 * for everybody on the loop, so that whoever loses the right receives nothing that was
 * published after the review was asked for. Subscriptions that begin meanwhile are judged
 * when they are placed.
 */
final class Review {

	/**
	 * A subscription and one topic that it follows.
	 */
	record Follower(Subscription subscription, Topic topic) {

		/** A rule that fails to answer does not permit. */
		boolean isPermitted() {
			try {
				return this.subscription.request().target().permitted().test(this.topic);
			}
			catch (RuntimeException _) {
				return false;
			}
		}

	}

	private final Set<Feed> feeds;

	private final List<Follower> followers;

	/**
	 * Begins; on the loop.
	 * @param feeds those of the topics, with their heads when the review was asked for
	 * @param consumers of work queues among the topics
	 */
	Review(Map<Feed, Long> feeds, List<Follower> consumers) {
		this.feeds = feeds.keySet();
		this.followers = new ArrayList<>(consumers);
		feeds.forEach((feed, head) -> {
			feed.hold(head);
			feed.forEach((cursor) -> this.followers.add(new Follower(cursor.subscription(), feed.topic())));
		});
	}

	/** Those who may not follow any more; not on the loop. */
	List<Follower> judge() {
		return this.followers.stream().filter((follower) -> !follower.isPermitted()).toList();
	}

	/** Lets the topics go on; on the loop, when those who may not follow are gone. */
	void end() {
		this.feeds.forEach(Feed::release);
	}

}
