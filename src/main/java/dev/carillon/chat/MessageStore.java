package dev.carillon.chat;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.BatchPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;

/**
 * The messages of all rooms in the database.
 * <p>
 * Blocks; throws Spring's data access exceptions.
 */
final class MessageStore {

	/** Above every id. */
	static final long NEWEST = Long.MAX_VALUE;

	private static final String COLUMNS = "id, room, sender, content, sent_at, reply_to, edited_at, deleted_at, message_key";

	private final JdbcTemplate jdbc;

	private final JdbcClient client;

	MessageStore(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
		this.client = JdbcClient.create(jdbc);
	}

	/**
	 * Stores new messages, whose ids rise in the order given.
	 */
	List<Message> insert(List<Change.Post> posts, long now) {
		if (posts.isEmpty()) {
			return List.of();
		}
		GeneratedKeyHolder keys = new GeneratedKeyHolder();
		this.jdbc.batchUpdate((connection) -> connection.prepareStatement("""
				insert into chat_message (room, sender, content, folded, sent_at, reply_to, message_key)
				values (?, ?, ?, ?, ?, ?, ?)""", new String[] { "id" }), new BatchPreparedStatementSetter() {

			@Override
			public void setValues(PreparedStatement statement, int i) throws SQLException {
				Change.Post post = posts.get(i);
				statement.setString(1, post.room());
				statement.setString(2, post.sender());
				statement.setString(3, post.text());
				statement.setString(4, Input.folded(post.text()));
				statement.setLong(5, now);
				statement.setObject(6, post.replyTo(), Types.BIGINT);
				statement.setString(7, post.key());
			}

			@Override
			public int getBatchSize() {
				return posts.size();
			}

		}, keys);
		List<Message> messages = new ArrayList<>(posts.size());
		for (int i = 0; i < posts.size(); i++) {
			Change.Post post = posts.get(i);
			Number id = (Number) keys.getKeyList().get(i).values().iterator().next();
			messages.add(new Message(id.longValue(), post.room(), post.sender(), post.text(), now, post.replyTo(), null,
					null, post.key()));
		}
		return messages;
	}

	Optional<Message> find(String room, long id) {
		return this.client.sql("select " + COLUMNS + " from chat_message where room = ? and id = ?")
			.params(room, id)
			.query(MessageStore::message)
			.optional();
	}

	/**
	 * The messages that senders gave keys to, as far as there are any.
	 */
	Map<SenderKey, Message> find(Collection<SenderKey> keys) {
		Map<SenderKey, Message> found = new LinkedHashMap<>();
		if (!keys.isEmpty()) {
			List<Object[]> pairs = keys.stream().map((key) -> new Object[] { key.sender(), key.key() }).toList();
			this.client.sql("select " + COLUMNS + " from chat_message where (sender, message_key) in (:pairs)")
				.param("pairs", pairs)
				.query(MessageStore::message)
				.list()
				.forEach((message) -> found.put(SenderKey.of(message.sender(), message.key()), message));
		}
		return found;
	}

	/**
	 * Whether a message is stored.
	 */
	boolean exists(long id) {
		return this.client.sql("select count(*) from chat_message where id = ?")
			.param(id)
			.query(Long.class)
			.single() > 0;
	}

	void edit(long id, String text, long now) {
		this.client.sql("update chat_message set content = ?, folded = ?, edited_at = ? where id = ?")
			.params(text, Input.folded(text), now, id)
			.update();
	}

	/**
	 * Erases the text; the place of the message stays.
	 */
	void delete(long id, long now) {
		this.client.sql("update chat_message set content = null, folded = null, deleted_at = ? where id = ?")
			.params(now, id)
			.update();
	}

	/**
	 * The newest messages before an id, the oldest first.
	 */
	List<Message> before(String room, long id, int limit) {
		return this.client
			.sql("select " + COLUMNS + " from chat_message where room = ? and id < ? order by id desc limit ?")
			.params(room, id, limit)
			.query(MessageStore::message)
			.list()
			.reversed();
	}

	/**
	 * The oldest messages after an id, the oldest first.
	 */
	List<Message> after(String room, long id, int limit) {
		return this.client.sql("select " + COLUMNS + " from chat_message where room = ? and id > ? order by id limit ?")
			.params(room, id, limit)
			.query(MessageStore::message)
			.list();
	}

	/**
	 * The newest messages before an id that contain a text, the oldest first.
	 * @param depth how many messages are looked at
	 */
	List<Message> search(String room, String query, long before, int depth, int limit) {
		String pattern = "%" + Input.folded(query).replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
		return this.client
			.sql("select " + COLUMNS + " from (select " + COLUMNS
					+ ", folded from chat_message where room = ? and id < ? order by id desc limit ?) newest"
					+ " where folded like ? escape '!' order by id desc limit ?")
			.params(room, before, depth, pattern, limit)
			.query(MessageStore::message)
			.list()
			.reversed();
	}

	/**
	 * Counts the messages after an id that somebody else wrote and that are not deleted.
	 * @param most where counting ends
	 */
	long countAfter(String room, long id, String user, int most) {
		return this.client.sql("""
				select count(*) from (select id from chat_message
				where room = ? and id > ? and sender <> ? and deleted_at is null order by id limit ?) unread""")
			.params(room, id, user, most)
			.query(Long.class)
			.single();
	}

	/**
	 * The newest id of a room that is not above another, 0 if there is none.
	 */
	long newest(String room, long atMost) {
		return this.client.sql("select coalesce(max(id), 0) from chat_message where room = ? and id <= ?")
			.params(room, atMost)
			.query(Long.class)
			.single();
	}

	private static Message message(ResultSet row, int number) throws SQLException {
		return new Message(row.getLong("id"), row.getString("room"), row.getString("sender"), row.getString("content"),
				row.getLong("sent_at"), number(row, "reply_to"), number(row, "edited_at"), number(row, "deleted_at"),
				row.getString("message_key"));
	}

	private static @Nullable Long number(ResultSet row, String column) throws SQLException {
		long value = row.getLong(column);
		return row.wasNull() ? null : value;
	}

}
