package dev.carillon.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A message of a room, as it is stored.
 *
 * @param id rises within the room, and over all rooms
 * @param room the room
 * @param sender the name of its author
 * @param text the text, or null if the message is deleted
 * @param sentAt when it was stored, in milliseconds since 1970
 * @param replyTo the message it answers
 * @param editedAt when it was last edited
 * @param deletedAt when it was deleted
 * @param key what the sender named it, for a client to know its own message again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Message(long id, String room, String sender, @Nullable String text, long sentAt, @Nullable Long replyTo,
		@Nullable Long editedAt, @Nullable Long deletedAt, @Nullable String key) {

	Message edited(String newText, long at) {
		return new Message(this.id, this.room, this.sender, newText, this.sentAt, this.replyTo, at, this.deletedAt,
				this.key);
	}

	Message deleted(long at) {
		return new Message(this.id, this.room, this.sender, null, this.sentAt, this.replyTo, this.editedAt, at,
				this.key);
	}

}
