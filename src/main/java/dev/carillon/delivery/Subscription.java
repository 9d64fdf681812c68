package dev.carillon.delivery;

import java.util.List;

import dev.carillon.topic.Position;
import dev.carillon.topic.Topic;

/**
 * One subscription of one session. Only the session's loop touches it.
 */
abstract sealed class Subscription permits TopicSubscription, QueueSubscription {

	private final Session session;

	private final SubscribeRequest request;

	Subscription(Session session, SubscribeRequest request) {
		this.session = session;
		this.request = request;
	}

	String id() {
		return this.request.id();
	}

	Session session() {
		return this.session;
	}

	SubscribeRequest request() {
		return this.request;
	}

	MessageEncoder encoder() {
		return this.request.encoder();
	}

	AckMode ackMode() {
		return this.request.ackMode();
	}

	/** What it follows: a destination or a pattern. */
	String target() {
		return switch (this.request.target()) {
			case SubscribeRequest.One(var destination, var _) -> destination.toString();
			case SubscribeRequest.Many(var pattern, var _) -> pattern.toString();
		};
	}

	/**
	 * Settles a message.
	 * @return false if no message at this position waits for it
	 */
	abstract boolean settle(Position position, Settlement settlement);

	/** How many entries it is behind. */
	abstract long lag();

	/** The topics it is attached to at the moment. */
	abstract List<Topic> topics();

	/** Lets go of everything. */
	abstract void end();

}
