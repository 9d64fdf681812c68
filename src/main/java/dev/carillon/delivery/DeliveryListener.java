package dev.carillon.delivery;

import dev.carillon.topic.Topic;

/**
 * Told of what happens to sessions. Runs on the session's loop, must neither block nor
 * throw.
 */
public interface DeliveryListener {

	/** A session begins; its user may not be known yet. */
	default void opened(Session session) {
	}

	/** A session follows one more topic. */
	default void followed(Session session, Topic topic) {
	}

	/** A session follows a topic no more. */
	default void left(Session session, Topic topic) {
	}

	/**
	 * A session may not follow a topic any more and does not. What was a subscription of
	 * this topic only has ended.
	 */
	default void withdrawn(Session session, String subscription, Topic topic) {
	}

	/** A session is over; {@link #left} was called for each topic before. */
	default void closed(Session session, CloseCode code) {
	}

}
