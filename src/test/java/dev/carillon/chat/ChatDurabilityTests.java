package dev.carillon.chat;

import java.nio.file.Files;
import java.nio.file.Path;

import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.simple.JdbcClient;

import static dev.carillon.chat.ChatFixture.ANN;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a killed process leaves behind: the database file as it is at the moment in which
 * a message is accepted.
 */
class ChatDurabilityTests {

	private static final String OPTIONS = ";RETENTION_TIME=5000;DB_CLOSE_ON_EXIT=FALSE";

	@TempDir
	Path directory = Path.of("");

	@Test
	void sendWhenAcceptedThenFileHasTheMessage() throws Exception {
		HikariDataSource pool = TestDatabase.pool(url("live"), "sa");
		Flyway.configure().dataSource(pool).load().migrate();
		try (ChatFixture fixture = new ChatFixture(pool)) {
			for (int i = 1; i <= 10; i++) {
				fixture.send(ANN, "general", "message " + i);
				assertThat(messagesInCopy("copy" + i)).isEqualTo(i);
			}
			fixture.changes.create(ANN, "team", "", Room.Access.MEMBERS);
			fixture.send(ANN, "team", "first");
			assertThat(messagesInCopy("last")).isEqualTo(11);
		}
	}

	private long messagesInCopy(String name) throws Exception {
		Files.copy(this.directory.resolve("live.mv.db"), this.directory.resolve(name + ".mv.db"));
		try (HikariDataSource copy = TestDatabase.pool(url(name), "sa")) {
			return JdbcClient.create(copy).sql("select count(*) from chat_message").query(Long.class).single();
		}
	}

	private String url(String name) {
		return "jdbc:h2:async:" + this.directory.resolve(name) + OPTIONS;
	}

}
