package dev.carillon.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;

/**
 * The databases that the chat runs on; each call gives a fresh one with all migrations.
 */
enum TestDatabase {

	/** H2 in memory, gone when the pool is closed. */
	H2 {

		@Override
		HikariDataSource open(String name) {
			return pool("jdbc:h2:mem:" + name + "", "sa");
		}

	},

	/** A PostgreSQL of its own, started once per JVM. */
	POSTGRESQL {

		@Override
		HikariDataSource open(String name) {
			try (Connection connection = Server.RUNNING.getPostgresDatabase().getConnection();
					Statement statement = connection.createStatement()) {
				statement.execute("create database " + name);
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
			return pool(Server.RUNNING.getJdbcUrl("postgres", name), "postgres");
		}

	};

	abstract HikariDataSource open(String name);

	HikariDataSource fresh() {
		HikariDataSource dataSource = open("chat_" + UUID.randomUUID().toString().replace('-', '_'));
		Flyway.configure().dataSource(dataSource).load().migrate();
		return dataSource;
	}

	static HikariDataSource pool(String url, String user) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(url);
		config.setUsername(user);
		config.setPassword("");
		config.setMaximumPoolSize(10);
		config.setMinimumIdle(1);
		return new HikariDataSource(config);
	}

	/** Holds the server, so that it starts with its first use. */
	private static final class Server {

		static final EmbeddedPostgres RUNNING = start();

		private static EmbeddedPostgres start() {
			try {
				return EmbeddedPostgres.builder()
					.setServerConfig("fsync", "off")
					.setServerConfig("full_page_writes", "off")
					.start();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
