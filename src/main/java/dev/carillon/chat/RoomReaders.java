package dev.carillon.chat;

import java.security.Principal;
import java.util.Map;

import dev.carillon.topic.AccessRule;

/**
 * The rule {@code rule:room} of the chat's topics: whoever may read the room that is the
 * variable {@code room} of the pattern, and whoever moderates all of them.
 */
final class RoomReaders implements AccessRule {

	/** Its name. */
	static final String RULE = "room";

	/** The variable it judges by. */
	static final String ROOM = "room";

	private final Rooms rooms;

	RoomReaders(Rooms rooms) {
		this.rooms = rooms;
	}

	@Override
	public String name() {
		return RULE;
	}

	@Override
	public boolean permits(Principal who, Map<String, String> variables) {
		String room = variables.get(ROOM);
		return room != null && this.rooms.isReadableBy(room, Caller.of(who));
	}

}
