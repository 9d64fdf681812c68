package dev.carillon.delivery;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A session as it stood at one moment.
 *
 * @param id which session
 * @param user the name of its user, or null before CONNECT
 * @param subscriptions what it follows
 * @param bytes how many bytes were written to it
 * @param writing whether a write is under way
 */
public record SessionState(String id, @Nullable String user, List<Subscribed> subscriptions, long bytes,
		boolean writing) {

	public SessionState {
		subscriptions = List.copyOf(subscriptions);
	}

	/**
	 * One subscription.
	 *
	 * @param id its name within the session
	 * @param target the destination or pattern
	 * @param topics how many topics it is attached to
	 * @param lag how many entries it is behind, at the topic where that is most
	 */
	public record Subscribed(String id, String target, int topics, long lag) {
	}

}
