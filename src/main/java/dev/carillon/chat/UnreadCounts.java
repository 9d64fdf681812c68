package dev.carillon.chat;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts what a user has not read yet.
 * <p>
 * A room counts from the user's read position on; before there is one (nothing read, not
 * made a member) it has nothing unread. One's own messages and deleted ones do not count.
 * Blocks.
 */
final class UnreadCounts {

	/** Where counting ends. */
	static final int MOST = 1_000;

	private final Database database;

	private final ReadPositions positions;

	private final MessageStore messages;

	private final RoomAccess access;

	UnreadCounts(Database database, ReadPositions positions, MessageStore messages, RoomAccess access) {
		this.database = database;
		this.positions = positions;
		this.messages = messages;
		this.access = access;
	}

	/**
	 * What is unread in one room.
	 *
	 * @param messages how many messages, at most {@value UnreadCounts#MOST}
	 * @param lastRead the newest message that was read
	 */
	record Unread(long messages, long lastRead) {
	}

	/**
	 * What is unread by room, empty for a guest.
	 */
	Map<String, Unread> of(Caller caller) {
		String user = caller.nameOrNull();
		return (user != null) ? this.database.read(() -> of(user)) : Map.of();
	}

	private Map<String, Unread> of(String user) {
		Map<String, Unread> unread = new HashMap<>();
		this.positions.of(user).forEach((room, lastRead) -> {
			if (this.access.mayRead(room, user)) {
				unread.put(room, new Unread(this.messages.countAfter(room, lastRead, user, MOST), lastRead));
			}
		});
		return unread;
	}

}
