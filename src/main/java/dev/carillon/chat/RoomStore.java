package dev.carillon.chat;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rooms in the database, with their members and mutes.
 * <p>
 * Each change of a room counts its version up, and takes the lock on its row first, so
 * that changes of one room follow each other. Blocks; throws Spring's data access
 * exceptions.
 */
final class RoomStore {

	private final JdbcClient client;

	RoomStore(JdbcTemplate jdbc) {
		this.client = JdbcClient.create(jdbc);
	}

	/**
	 * The version of each room.
	 */
	Map<String, Long> versions() {
		Map<String, Long> versions = new HashMap<>();
		this.client.sql("select name, version from chat_room").query((row) -> {
			versions.put(row.getString("name"), row.getLong("version"));
		});
		return versions;
	}

	Optional<Room> find(String name) {
		Map<String, Rank> members = new HashMap<>();
		this.client.sql("select username, rank from chat_member where room = ?").param(name).query((row) -> {
			members.put(row.getString("username"), Rank.valueOf(row.getString("rank").toUpperCase(Locale.ROOT)));
		});
		Map<String, Long> mutes = new HashMap<>();
		this.client.sql("select username, muted_until from chat_mute where room = ?").param(name).query((row) -> {
			mutes.put(row.getString("username"), row.getLong("muted_until"));
		});
		return this.client.sql("select * from chat_room where name = ?")
			.param(name)
			.query((row, _) -> new Room(row.getString("name"), row.getString("description"),
					Room.Access.valueOf(row.getString("access").toUpperCase(Locale.ROOT)), row.getInt("slow_seconds"),
					row.getString("created_by"), row.getLong("created_at"), row.getLong("version"), members, mutes))
			.optional();
	}

	void create(Room room) {
		this.client.sql("""
				insert into chat_room (name, description, access, slow_seconds, created_at, version, created_by)
				values (?, ?, ?, ?, ?, ?, ?)""")
			.params(room.name(), room.description(), text(room.access()), room.slowSeconds(), room.createdAt(),
					room.version())
			.param(room.createdBy())
			.update();
	}

	/**
	 * Counts the version up and locks the room until the transaction ends.
	 */
	void touch(String room) {
		this.client.sql("update chat_room set version = version + 1 where name = ?").param(room).update();
	}

	void describe(String room, String description, Room.Access access) {
		this.client.sql("update chat_room set description = ?, access = ? where name = ?")
			.params(description, text(access), room)
			.update();
	}

	void slow(String room, int seconds) {
		this.client.sql("update chat_room set slow_seconds = ? where name = ?").params(seconds, room).update();
	}

	/**
	 * Makes a user a member, or gives a member another rank.
	 */
	void putMember(String room, String user, Rank rank, long now) {
		int updated = this.client.sql("update chat_member set rank = ? where room = ? and username = ?")
			.params(text(rank), room, user)
			.update();
		if (updated == 0) {
			this.client.sql("insert into chat_member (room, username, rank, since) values (?, ?, ?, ?)")
				.params(room, user, text(rank), now)
				.update();
		}
	}

	void removeMember(String room, String user) {
		this.client.sql("delete from chat_member where room = ? and username = ?").params(room, user).update();
	}

	/**
	 * Mutes a user until a time; one in the past ends it.
	 */
	void mute(String room, String user, long until, String by, long now) {
		this.client.sql("delete from chat_mute where room = ? and (username = ? or muted_until <= ?)")
			.params(room, user, now)
			.update();
		if (until > now) {
			this.client.sql("insert into chat_mute (room, username, muted_until, muted_by) values (?, ?, ?, ?)")
				.params(room, user, until, by)
				.update();
		}
	}

	private static String text(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

}
