package dev.carillon.chat;

import java.security.Principal;
import java.util.Map;

import dev.carillon.topic.AccessRule;

/**
 * The rule {@code rule:room} of the chat's topics: whoever may read the room that is the
 * variable {@code room} of the pattern.
 */
final class RoomReaders implements AccessRule {

	private final RoomAccess access;

	RoomReaders(RoomAccess access) {
		this.access = access;
	}

	@Override
	public String name() {
		return "room";
	}

	@Override
	public boolean permits(Principal who, Map<String, String> variables) {
		String room = variables.get("room");
		return room != null && this.access.mayRead(room, Caller.of(who).nameOrNull());
	}

}
