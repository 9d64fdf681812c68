package dev.carillon.chat;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A room with its members and mutes, at one moment.
 *
 * @param name lower-case letters, digits, {@code -} and {@code _}
 * @param description what the room is for
 * @param access who may read
 * @param slowSeconds how long a member waits between two messages, 0 for not at all
 * @param createdBy who created it, or null for a room that came with the service
 * @param createdAt when, in milliseconds since 1970
 * @param version counts the changes
 * @param members the rank of each member
 * @param mutes until when a user may not write, in milliseconds since 1970
 */
record Room(String name, String description, Access access, int slowSeconds, @Nullable String createdBy, long createdAt,
		long version, Map<String, Rank> members, Map<String, Long> mutes) {

	/**
	 * Who may read a room.
	 */
	enum Access {

		/** Everybody, guests too. */
		@JsonProperty("public")
		PUBLIC,
		/** Members. */
		@JsonProperty("members")
		MEMBERS

	}

	Room {
		members = Map.copyOf(members);
		mutes = Map.copyOf(mutes);
	}

	boolean mayRead(@Nullable String user) {
		return this.access == Access.PUBLIC || (user != null && this.members.containsKey(user));
	}

	/**
	 * Whether somebody may read, as one of those the room is for or as a moderator of all
	 * rooms.
	 */
	boolean isReadableBy(Caller caller) {
		return mayRead(caller.nameOrNull()) || hasRank(caller, Rank.MODERATOR);
	}

	boolean isMuted(String user, long now) {
		return this.mutes.getOrDefault(user, 0L) > now;
	}

	/**
	 * Whether somebody's word counts at least as much as that of a rank.
	 */
	boolean hasRank(Caller caller, Rank atLeast) {
		Rank rank = this.members.get(caller.name());
		return caller.standing() == Caller.Standing.ADMIN
				|| (caller.standing() == Caller.Standing.USER && rank != null && rank.compareTo(atLeast) >= 0);
	}

}
