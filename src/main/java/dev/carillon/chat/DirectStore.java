package dev.carillon.chat;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;

/**
 * The direct messages in the database.
 * <p>
 * Blocks; throws Spring's data access exceptions.
 */
final class DirectStore {

	private static final String COLUMNS = "id, sender, recipient, content, sent_at, message_key";

	private final JdbcClient client;

	DirectStore(JdbcTemplate jdbc) {
		this.client = JdbcClient.create(jdbc);
	}

	DirectMessage insert(Change.Direct direct, long now) {
		GeneratedKeyHolder keys = new GeneratedKeyHolder();
		this.client.sql("""
				insert into chat_direct (sender, recipient, first_party, second_party, content, sent_at, message_key)
				values (?, ?, ?, ?, ?, ?, ?)""")
			.params(direct.sender(), direct.to(), first(direct.sender(), direct.to()),
					second(direct.sender(), direct.to()), direct.text(), now)
			.param(direct.key())
			.update(keys, "id");
		Number id = (Number) keys.getKeyList().getFirst().values().iterator().next();
		return new DirectMessage(id.longValue(), direct.sender(), direct.to(), direct.text(), now, direct.key());
	}

	Optional<DirectMessage> find(SenderKey key) {
		return this.client.sql("select " + COLUMNS + " from chat_direct where sender = ? and message_key = ?")
			.params(key.sender(), key.key())
			.query(DirectStore::message)
			.optional();
	}

	/**
	 * Whether a message is stored.
	 */
	boolean exists(long id) {
		return this.client.sql("select count(*) from chat_direct where id = ?")
			.param(id)
			.query(Long.class)
			.single() > 0;
	}

	/**
	 * The newest messages between two users before an id, the oldest first.
	 */
	List<DirectMessage> before(String one, String other, long id, int limit) {
		return this.client
			.sql("select " + COLUMNS + " from chat_direct where first_party = ? and second_party = ? and id < ?"
					+ " order by id desc limit ?")
			.params(first(one, other), second(one, other), id, limit)
			.query(DirectStore::message)
			.list()
			.reversed();
	}

	private static String first(String one, String other) {
		return (one.compareTo(other) <= 0) ? one : other;
	}

	private static String second(String one, String other) {
		return (one.compareTo(other) <= 0) ? other : one;
	}

	private static DirectMessage message(ResultSet row, int number) throws SQLException {
		return new DirectMessage(row.getLong("id"), row.getString("sender"), row.getString("recipient"),
				row.getString("content"), row.getLong("sent_at"), row.getString("message_key"));
	}

}
