package dev.carillon.chat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

import dev.carillon.support.CarillonProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a process that has ended left in its database.
 */
final class StoredMessages {

	private StoredMessages() {
	}

	/** The texts of all messages by key; fails if a key is there twice. */
	static Map<String, String> read(Path home) throws SQLException {
		Map<String, String> stored = new TreeMap<>();
		try (Connection connection = DriverManager.getConnection(CarillonProcess.databaseUrl(home), "sa", "");
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("select message_key, content from chat_message")) {
			while (rows.next()) {
				String key = rows.getString("message_key");
				assertThat(stored.put(key, rows.getString("content"))).as("the second message with key " + key)
					.isNull();
			}
		}
		return stored;
	}

}
