package dev.carillon.chat;

import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * All rooms, in memory: who may do what in them, and changes to them.
 * <p>
 * Questions are answered on any thread without waiting. Changes take turns, are stored
 * first and block until they are. {@link #refresh} brings in what other nodes changed.
 */
final class Rooms implements RoomAccess {

	private final Database database;

	private final RoomStore store;

	private final ReadPositions positions;

	private final MessageStore messages;

	private final ChatProperties limits;

	private final Clock clock;

	private final Consumer<RoomAccessChanged> changed;

	/** Held while a room is changed or read anew; never by those who only ask. */
	private final ReentrantLock changing = new ReentrantLock();

	/** Null until the rooms were read for the first time. */
	private volatile @Nullable Map<String, Room> rooms;

	Rooms(Database database, RoomStore store, ReadPositions positions, MessageStore messages, ChatProperties limits,
			Clock clock, Consumer<RoomAccessChanged> changed) {
		this.database = database;
		this.store = store;
		this.positions = positions;
		this.messages = messages;
		this.limits = limits;
		this.clock = clock;
		this.changed = changed;
	}

	private Map<String, Room> known() {
		Map<String, Room> known = this.rooms;
		if (known == null) {
			throw Database.unavailable();
		}
		return known;
	}

	@Override
	public boolean mayRead(String room, @Nullable String user) {
		Room known = known().get(room);
		return known != null && known.mayRead(user);
	}

	@Override
	public boolean mayWrite(String room, @Nullable String user) {
		Room known = known().get(room);
		return user != null && known != null && known.mayRead(user) && !known.isMuted(user, this.clock.millis());
	}

	/**
	 * The rooms that a caller may read, by name.
	 */
	List<Room> readable(Caller caller) {
		return known().values()
			.stream()
			.filter((room) -> room.mayRead(caller.nameOrNull()))
			.sorted(Comparator.comparing(Room::name))
			.toList();
	}

	/**
	 * A room that the caller may read.
	 * @throws Refusal if there is none; a room for others looks like no room
	 */
	Room readable(String name, Caller caller) {
		Room room = known().get(Input.room(name));
		if (room == null || !(room.mayRead(caller.nameOrNull()) || room.hasRank(caller, Rank.MODERATOR))) {
			throw new Refusal(Refusal.Code.NOT_FOUND, "There is no room " + name);
		}
		return room;
	}

	/**
	 * A room that the caller may write in.
	 * @throws Refusal if the caller may not; it says why
	 */
	Room writable(String name, Caller caller) {
		Room room = readable(name, caller.signedIn());
		if (room.isMuted(caller.name(), this.clock.millis())) {
			long seconds = (room.mutes().getOrDefault(caller.name(), 0L) - this.clock.millis() + 999) / 1_000;
			throw new Refusal(Refusal.Code.ACCESS_DENIED,
					"You are muted in " + name + " for another " + seconds + " s");
		}
		return room;
	}

	private Room ranked(String name, Caller caller, Rank atLeast) {
		Room room = readable(name, caller.signedIn());
		if (!room.hasRank(caller, atLeast)) {
			throw new Refusal(Refusal.Code.ACCESS_DENIED,
					"Only " + ((atLeast == Rank.OWNER) ? "an owner" : "a moderator") + " of " + name + " may do this");
		}
		return room;
	}

	/**
	 * Creates a room, whose owner is the caller.
	 */
	Room create(Caller caller, String name, String description, Room.Access access) {
		String creator = caller.signedIn().name();
		return changing(() -> {
			if (known().containsKey(Input.room(name))) {
				throw new Refusal(Refusal.Code.CONFLICT, "room " + name + " exists already");
			}
			long mine = known().values().stream().filter((room) -> creator.equals(room.createdBy())).count();
			if (known().size() >= this.limits.rooms() || mine >= this.limits.roomsPerUser()) {
				throw new Refusal(Refusal.Code.LIMIT_REACHED, "There may be %d rooms, and %d of one user"
					.formatted(this.limits.rooms(), this.limits.roomsPerUser()));
			}
			long now = this.clock.millis();
			this.database.write(() -> {
				this.store.create(new Room(name, description, access, 0, creator, now, 1, Map.of(), Map.of()));
				this.store.putMember(name, creator, Rank.OWNER, now);
				return this.positions.begin(creator, name, 0);
			});
			return reload(name);
		});
	}

	/**
	 * Describes a room anew. Owners may.
	 * @param description the new description, or null to keep it
	 * @param access who may read from now on, or null to keep it
	 */
	Room describe(Caller caller, String name, @Nullable String description, Room.@Nullable Access access) {
		return changing(() -> {
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
		return changing(() -> {
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
		return changing(() -> {
			Room before = readable(name, caller.signedIn());
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
		return changing(() -> {
			ranked(name, caller, Rank.MODERATOR);
			return change(name, () -> this.store.slow(name, seconds));
		});
	}

	/**
	 * Keeps a user from writing for a time; 0 ends it. Moderators may mute those below
	 * them.
	 */
	Room mute(Caller caller, String name, String user, int seconds) {
		return changing(() -> {
			Room room = ranked(name, caller, Rank.MODERATOR);
			if (room.members().getOrDefault(user, Rank.MEMBER) != Rank.MEMBER) {
				ranked(name, caller, Rank.OWNER);
			}
			long now = this.clock.millis();
			return change(name, () -> this.store.mute(name, user, now + seconds * 1_000L, caller.name(), now));
		});
	}

	/**
	 * Reads the rooms that somebody changed since they were read last.
	 * @throws Refusal if the database is away
	 */
	void refresh() {
		changing(() -> {
			Map<String, Long> versions = this.database.read(this.store::versions);
			Map<String, Room> before = Objects.requireNonNullElse(this.rooms, Map.of());
			Map<String, Room> after = new HashMap<>();
			versions.forEach((name, version) -> {
				Room room = before.get(name);
				if (room == null || room.version() != version) {
					this.database.read(() -> this.store.find(name)).ifPresent((found) -> after.put(name, found));
				}
				else {
					after.put(name, room);
				}
			});
			this.rooms = Map.copyOf(after);
			before.values().forEach(this::tellIfNarrowed);
			return after.size();
		});
	}

	private <T> T changing(Supplier<T> work) {
		this.changing.lock();
		try {
			return work.get();
		}
		finally {
			this.changing.unlock();
		}
	}

	private Room change(String name, Runnable work) {
		this.database.write(() -> {
			this.store.touch(name);
			work.run();
			return name;
		});
		return reload(name);
	}

	private Room reload(String name) {
		Room room = this.database.read(() -> this.store.find(name)).orElseThrow(Database::unavailable);
		Map<String, Room> after = new HashMap<>(known());
		Room before = after.put(name, room);
		this.rooms = Map.copyOf(after);
		if (before != null) {
			tellIfNarrowed(before);
		}
		return room;
	}

	private void tellIfNarrowed(Room before) {
		Room after = known().get(before.name());
		if (after == null || after == before) {
			return;
		}
		boolean closed = before.access() == Room.Access.PUBLIC && after.access() != Room.Access.PUBLIC;
		boolean left = before.members().keySet().stream().anyMatch((user) -> !after.mayRead(user));
		if (closed || left) {
			this.changed.accept(new RoomAccessChanged(after.name()));
		}
	}

}
