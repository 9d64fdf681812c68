package dev.carillon.presence;

import java.util.List;

/**
 * Who is present on a topic, as it is published.
 *
 * @param count how many people, guests among them; somebody with several sessions counts
 * once
 * @param guests how many of them are guests
 * @param users their names in order, guests left out; empty beyond {@link Roll#EXACT}
 * @param exact whether {@code users}, {@code joined} and {@code left} are complete
 * @param joined who came since the last message, guests left out
 * @param left who went since the last message
 */
public record Attendance(int count, int guests, List<String> users, boolean exact, List<String> joined,
		List<String> left) {

	public Attendance {
		users = List.copyOf(users);
		joined = List.copyOf(joined);
		left = List.copyOf(left);
	}

}
