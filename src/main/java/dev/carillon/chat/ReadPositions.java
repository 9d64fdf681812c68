package dev.carillon.chat;

import java.util.HashMap;
import java.util.Map;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How far each user has read each room, in the database.
 * <p>
 * A position only moves forward. Blocks; throws Spring's data access exceptions.
 */
final class ReadPositions {

	private final JdbcClient client;

	ReadPositions(JdbcTemplate jdbc) {
		this.client = JdbcClient.create(jdbc);
	}

	/**
	 * Moves a position forward.
	 * @return false if it was there or further already
	 */
	boolean advance(String user, String room, long id) {
		boolean moved = this.client
			.sql("update chat_read set last_read = ? where username = ? and room = ? and last_read < ?")
			.params(id, user, room, id)
			.update() > 0;
		return moved || begin(user, room, id);
	}

	/**
	 * Sets a position unless there is one.
	 * @return false if there was one
	 */
	boolean begin(String user, String room, long id) {
		boolean known = this.client.sql("select count(*) from chat_read where username = ? and room = ?")
			.params(user, room)
			.query(Long.class)
			.single() > 0;
		return !known && this.client.sql("insert into chat_read (username, room, last_read) values (?, ?, ?)")
			.params(user, room, id)
			.update() > 0;
	}

	/**
	 * The positions of a user by room.
	 */
	Map<String, Long> of(String user) {
		Map<String, Long> positions = new HashMap<>();
		this.client.sql("select room, last_read from chat_read where username = ?").param(user).query((row) -> {
			positions.put(row.getString("room"), row.getLong("last_read"));
		});
		return positions;
	}

}
