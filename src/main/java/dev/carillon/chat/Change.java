package dev.carillon.chat;

import org.jspecify.annotations.Nullable;

/**
 * Something that is to be stored and then published. Whoever submits it has checked the
 * input and the right to write in the room; what needs the database is judged when it is
 * applied.
 */
sealed interface Change {

	/**
	 * A new message.
	 *
	 * @param slowSeconds how long the sender has to wait between two messages
	 */
	record Post(String room, String sender, String text, @Nullable Long replyTo, @Nullable String key,
			int slowSeconds) implements Change {
	}

	/** A new text for one's own message. */
	record Edit(String room, String sender, long id, String text) implements Change {
	}

	/**
	 * The end of a message.
	 *
	 * @param whose whose message may be deleted: one's own, or with null anybody's
	 */
	record Delete(String room, String by, long id, @Nullable String whose) implements Change {
	}

	/** A reaction to a message, or its end. */
	record React(String room, String by, long id, String emoji, Reaction action) implements Change {
	}

	/** How far a user has read. */
	record Read(String room, String user, long id) implements Change {
	}

	/** A message from one user to another. */
	record Direct(String sender, String to, String text, @Nullable String key) implements Change {
	}

}
