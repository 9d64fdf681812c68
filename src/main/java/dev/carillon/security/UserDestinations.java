package dev.carillon.security;

import java.security.Principal;

import dev.carillon.topic.Destination;

/**
 * Translates {@code /user/queue/x}, as a client says it of itself, to the topic
 * {@code /user/<name>/queue/x} that all sessions of that user share.
 */
public final class UserDestinations {

	private static final String USER = "/user/";

	private static final String OWN = USER + "queue/";

	private UserDestinations() {
	}

	/**
	 * The destination that a user means.
	 */
	public static Destination resolve(String destination, Principal user) {
		return destination.startsWith(OWN)
				? Destination.forUser(user.getName(), destination.substring("/user".length()))
				: Destination.of(destination);
	}

	/**
	 * The destination that application code means, which leaves the encoding of a user's
	 * name to us: {@code /user/<name>/queue/x}.
	 */
	public static Destination ofTemplate(String destination) {
		int end = destination.startsWith(USER) ? destination.indexOf("/queue/", USER.length()) : -1;
		if (end < 0) {
			return Destination.of(destination);
		}
		// The template has replaced slashes in the name.
		String name = destination.substring(USER.length(), end).replace("%2F", "/");
		return Destination.forUser(name, destination.substring(end));
	}

}
