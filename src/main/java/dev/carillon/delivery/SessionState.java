package dev.carillon.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A session as it stood at one moment.
 *
 * @param id which session
 * @param number its place in the order in which the sessions of the process began
 * @param user the name of its user, or null before CONNECT
 * @param origin where its client comes from
 * @param since when it began
 * @param subscriptions what it follows
 * @param bytes how many bytes were written to it
 * @param writing how long the write under way has taken so far, or null if there is none
 */
public record SessionState(String id, long number, @Nullable String user, Origin origin, Instant since,
		List<Subscribed> subscriptions, long bytes, @Nullable Duration writing) {

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
