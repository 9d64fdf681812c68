package dev.carillon.chat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The reactions to messages in the database.
 * <p>
 * Blocks; throws Spring's data access exceptions.
 */
final class ReactionStore {

	private final JdbcClient client;

	ReactionStore(JdbcTemplate jdbc) {
		this.client = JdbcClient.create(jdbc);
	}

	/**
	 * Adds a reaction.
	 * @return false if it was there already
	 */
	boolean add(long message, String emoji, String user, long now) {
		boolean known = this.client
			.sql("select count(*) from chat_reaction where message = ? and emoji = ? and username = ?")
			.params(message, emoji, user)
			.query(Long.class)
			.single() > 0;
		return !known && this.client
			.sql("insert into chat_reaction (message, emoji, username, reacted_at) values (?, ?, ?, ?)")
			.params(message, emoji, user, now)
			.update() > 0;
	}

	/**
	 * Takes a reaction back.
	 * @return false if there was none
	 */
	boolean remove(long message, String emoji, String user) {
		return this.client.sql("delete from chat_reaction where message = ? and emoji = ? and username = ?")
			.params(message, emoji, user)
			.update() > 0;
	}

	/**
	 * The reactions to some messages, those that came first before the others.
	 * @param user whose own reactions are marked
	 */
	Map<Long, List<ReactionCount>> of(Collection<Long> messages, @Nullable String user) {
		Map<Long, List<ReactionCount>> reactions = new LinkedHashMap<>();
		if (!messages.isEmpty()) {
			this.client.sql("""
					select message, emoji, count(*) as users, sum(case when username = :user then 1 else 0 end) as mine
					from chat_reaction where message in (:messages)
					group by message, emoji order by min(reacted_at), emoji""")
				.param("user", (user != null) ? user : "")
				.param("messages", messages)
				.query((row) -> {
					reactions.computeIfAbsent(row.getLong("message"), (_) -> new ArrayList<>())
						.add(new ReactionCount(row.getString("emoji"), row.getLong("users"), row.getLong("mine") > 0));
				});
		}
		return reactions;
	}

	/**
	 * Takes all reactions to a message back.
	 */
	void clear(long message) {
		this.client.sql("delete from chat_reaction where message = ?").param(message).update();
	}

	/**
	 * How many users reacted with an emoji, and whether the asking one did.
	 */
	record ReactionCount(String emoji, long users, boolean mine) {
	}

}
