package dev.carillon.chat;

import dev.carillon.topic.AccessChanged;
import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Answers who may read and who may write in a room; made for rules that are asked on each
 * SUBSCRIBE and SEND.
 * <p>
 * Any thread; answers from memory and never waits. What another node changed is known
 * after {@code carillon.chat.refresh}. While nothing was read from the database yet, the
 * answer is a {@link Refusal} with {@link Refusal.Code#UNAVAILABLE}. When somebody loses
 * the right to read, an {@link AccessChanged} of the rule {@code room} is published as an
 * application event, on each node.
 */
public interface RoomAccess {

	/**
	 * Whether a user may read a room: everybody a public one, members every other.
	 * @param room the name of the room; one that does not exist may not be read
	 * @param user the name of the user, or null for a guest
	 */
	boolean mayRead(String room, @Nullable String user);

	/**
	 * Whether a user may write in a room: whoever may read it, has signed in and is not
	 * muted.
	 * @param room the name of the room
	 * @param user the name of the user, or null for a guest
	 */
	boolean mayWrite(String room, @Nullable String user);

}
