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

import dev.carillon.topic.AccessChanged;
import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * All rooms, in memory: who may read and write in them.
 * <p>
 * Questions are answered on any thread without waiting. Changes take turns, are stored
 * first and block until they are. {@link #refresh} brings in what other nodes changed.
 */
final class Rooms implements RoomAccess {

	private final Database database;

	private final RoomStore store;

	private final Clock clock;

	private final Consumer<AccessChanged> changed;

	/** Held while a room is changed or read anew; never by those who only ask. */
	private final ReentrantLock changing = new ReentrantLock();

	/** Null until the rooms were read for the first time. */
	private volatile @Nullable Map<String, Room> rooms;

	Rooms(Database database, RoomStore store, Clock clock, Consumer<AccessChanged> changed) {
		this.database = database;
		this.store = store;
		this.clock = clock;
		this.changed = changed;
	}

	/**
	 * All rooms by name.
	 * @throws Refusal if they were not read yet
	 */
	Map<String, Room> known() {
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

	/**
	 * Whether somebody may read a room; those who moderate every room may.
	 */
	boolean isReadableBy(String room, Caller caller) {
		Room known = known().get(room);
		return known != null && known.isReadableBy(caller);
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
			.filter((room) -> room.isReadableBy(caller))
			.sorted(Comparator.comparing(Room::name))
			.toList();
	}

	/**
	 * A room that the caller may read.
	 * @throws Refusal if there is none; a room for others looks like no room
	 */
	Room readable(String name, Caller caller) {
		Room room = known().get(Input.room(name));
		if (room == null || !room.isReadableBy(caller)) {
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

	/**
	 * Reads the rooms that somebody changed since they were read last.
	 * @throws Refusal if the database is away
	 */
	void refresh() {
		inTurn(() -> {
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

	/**
	 * Does something while no room is changed by anybody else on this node.
	 */
	<T> T inTurn(Supplier<T> work) {
		this.changing.lock();
		try {
			return work.get();
		}
		finally {
			this.changing.unlock();
		}
	}

	/**
	 * Stores a change of a room and answers by it from then on. Only in turn.
	 */
	Room change(String name, Runnable work) {
		this.database.write(() -> {
			work.run();
			return name;
		});
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
		if (after != before && (after == null || isNarrower(after, before))) {
			this.changed.accept(new AccessChanged(RoomReaders.RULE, Map.of(RoomReaders.ROOM, before.name())));
		}
	}

	private static boolean isNarrower(Room after, Room before) {
		return (before.access() == Room.Access.PUBLIC && after.access() != Room.Access.PUBLIC)
				|| before.members().keySet().stream().anyMatch((user) -> !after.mayRead(user));
	}

}
