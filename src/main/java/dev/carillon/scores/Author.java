package dev.carillon.scores;

import dev.carillon.topic.Idempotency;
import org.jspecify.annotations.Nullable;

/**
 * Who changes something, and under which {@code message-key}.
 *
 * @param name the name of the user
 * @param key the same key of the same user means the same change, for as long as the
 * match is kept; null if each call is a change of its own
 */
record Author(String name, @Nullable String key) {

	Author {
		if (key != null && (key.isBlank() || key.length() > Idempotency.MAX_KEY_LENGTH)) {
			throw Fields.bad("message-key must have 1 to " + Idempotency.MAX_KEY_LENGTH + " characters");
		}
	}

	/**
	 * Whether both are the same attempt.
	 */
	boolean repeats(Author other) {
		return this.key != null && equals(other);
	}

}
