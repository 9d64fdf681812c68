package dev.carillon.chat;

import org.jspecify.annotations.Nullable;

/**
 * What makes a message the same as an earlier one: its sender gave both the same key.
 */
record SenderKey(String sender, String key) {

	/**
	 * The key of a sender, who must have given one.
	 */
	static SenderKey of(String sender, @Nullable String key) {
		if (key == null) {
			throw new IllegalArgumentException("no key");
		}
		return new SenderKey(sender, key);
	}

}
