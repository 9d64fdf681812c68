package dev.carillon.chat;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;

import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Changes to rooms, and who may make them.
 * <p>
 * They are stored when a method returns, and hold at once on this node. Blocks.
 */
final class RoomChanges {

	private final Rooms rooms;

	private final RoomStore store;

	private final ReadPositions positions;

	private final MessageStore messages;

	private final ChatProperties limits;

	private final Clock clock;

	RoomChanges(Rooms rooms, RoomStore store, ReadPositions positions, MessageStore messages, ChatProperties limits,
			Clock clock) {
		this.rooms = rooms;
		this.store = store;
		this.positions = positions;
		this.messages = messages;
		this.limits = limits;
		this.clock = clock;
	}

	/**
	 * Creates a room, whose owner is the caller.
	 */
	Room create(Caller caller, String name, String description, Room.Access access) {
		String creator = caller.signedIn().name();
		return this.rooms.inTurn(() -> {
			if (this.rooms.known().containsKey(Input.room(name))) {
				throw new Refusal(Refusal.Code.CONFLICT, "room " + name + " exists already");
			}
			long mine = this.rooms.known().values().stream().filter((room) -> creator.equals(room.createdBy())).count();
			if (this.rooms.known().size() >= this.limits.rooms() || mine >= this.limits.roomsPerUser()) {
				throw new Refusal(Refusal.Code.LIMIT_REACHED, "There may be %d rooms, and %d of one user"
					.formatted(this.limits.rooms(), this.limits.roomsPerUser()));
			}
			long now = this.clock.millis();
			return this.rooms.change(name, () -> {
				this.store.create(new Room(name, description, access, 0, creator, now, 1, Map.of(), Map.of()));
				this.store.putMember(name, creator, Rank.OWNER, now);
				this.positions.begin(creator, name, 0);
			});
		});
	}

	/**
	 * Describes a room anew. Owners may.
	 * @param description the new description, or null to keep it
	 * @param access who may read from now on, or null to keep it
	 */
	Room describe(Caller caller, String name, @Nullable String description, Room.@Nullable Access access) {
		return this.rooms.inTurn(() -> {
			Room room = ranked(name, caller, Rank.OWNER);
			return change(name,
					() -> this.store.describe(name,
							(description != null) ? Input.description(description) : room.description(),
							Objects.requireNonNullElse(access, room.access())));
		});
	}

	/**
	 * Makes a user a member, or gives a member another rank. Moderators may let members
	 * in; the rest is for owners.
	 */
	Room putMember(Caller caller, String name, String user, Rank rank) {
		return this.rooms.inTurn(() -> {
			Room before = ranked(name, caller, (rank == Rank.MEMBER) ? Rank.MODERATOR : Rank.OWNER);
			Rank had = before.members().get(user);
			if (had != null && had != rank) {
				ranked(name, caller, Rank.OWNER);
				requireOtherOwner(before, user);
			}
			if (had == null && before.members().size() >= this.limits.membersPerRoom()) {
				throw new Refusal(Refusal.Code.LIMIT_REACHED,
						"A room may have " + this.limits.membersPerRoom() + " members");
			}
			return change(name, () -> {
				this.store.putMember(name, user, rank, this.clock.millis());
				this.positions.begin(user, name, this.messages.newest(name, MessageStore.NEWEST));
			});
		});
	}

	/**
	 * Ends a membership. Everybody may end their own; moderators that of members, owners
	 * every one.
	 */
	Room removeMember(Caller caller, String name, String user) {
		return this.rooms.inTurn(() -> {
			Room before = this.rooms.readable(name, caller.signedIn());
			Rank rank = before.members().get(user);
			if (rank == null) {
				throw new Refusal(Refusal.Code.NOT_FOUND, user + " is no member of " + name);
			}
			if (!user.equals(caller.name())) {
				ranked(name, caller, (rank == Rank.MEMBER) ? Rank.MODERATOR : Rank.OWNER);
			}
			requireOtherOwner(before, user);
			return change(name, () -> this.store.removeMember(name, user));
		});
	}

	private static void requireOtherOwner(Room room, String user) {
		long owners = room.members().values().stream().filter((rank) -> rank == Rank.OWNER).count();
		if (room.members().get(user) == Rank.OWNER && owners == 1) {
			throw new Refusal(Refusal.Code.CONFLICT, user + " is the last owner of " + room.name());
		}
	}

	/**
	 * Sets how long members wait between two messages. Moderators may; it does not hold
	 * for them.
	 */
	Room slow(Caller caller, String name, int seconds) {
		return this.rooms.inTurn(() -> {
			ranked(name, caller, Rank.MODERATOR);
			return change(name, () -> this.store.slow(name, seconds));
		});
	}

	/**
	 * Keeps a user from writing for a time; 0 ends it. Moderators may mute those below
	 * them.
	 */
	Room mute(Caller caller, String name, String user, int seconds) {
		return this.rooms.inTurn(() -> {
			Room room = ranked(name, caller, Rank.MODERATOR);
			if (room.members().getOrDefault(user, Rank.MEMBER) != Rank.MEMBER) {
				ranked(name, caller, Rank.OWNER);
			}
			long now = this.clock.millis();
			return change(name, () -> this.store.mute(name, user, now + seconds * 1_000L, caller.name(), now));
		});
	}

	private Room ranked(String name, Caller caller, Rank atLeast) {
		Room room = this.rooms.readable(name, caller.signedIn());
		if (!room.hasRank(caller, atLeast)) {
			throw new Refusal(Refusal.Code.ACCESS_DENIED,
					"Only " + ((atLeast == Rank.OWNER) ? "an owner" : "a moderator") + " of " + name + " may do this");
		}
		return room;
	}

	private Room change(String name, Runnable work) {
		return this.rooms.change(name, () -> {
			this.store.touch(name);
			work.run();
		});
	}

}
