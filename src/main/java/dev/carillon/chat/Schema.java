package dev.carillon.chat;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;

/**
 * Brings the database to the newest migration: at the start, or if the database is away
 * then, as soon as it is there.
 * <p>
 * Only a database that cannot be reached is waited for. A migration that fails at the
 * start stops it.
 */
final class Schema implements FlywayMigrationStrategy {

	private static final Logger logger = LoggerFactory.getLogger(Schema.class);

	private volatile @Nullable Flyway postponed;

	@Override
	public void migrate(Flyway flyway) {
		String failure = failureToReach(flyway.getConfiguration().getDataSource());
		if (failure == null) {
			flyway.migrate();
		}
		else {
			logger.warn("The database cannot be reached ({}); the chat is refused until it can", failure);
			this.postponed = flyway;
		}
	}

	/**
	 * Does what could not be done at the start. One thread.
	 * @return whether the database is ready
	 */
	boolean complete() {
		Flyway flyway = this.postponed;
		if (flyway == null) {
			return true;
		}
		if (failureToReach(flyway.getConfiguration().getDataSource()) != null) {
			return false;
		}
		flyway.migrate();
		this.postponed = null;
		return true;
	}

	private static @Nullable String failureToReach(DataSource dataSource) {
		try (Connection connection = dataSource.getConnection()) {
			return connection.isValid(1) ? null : "the connection is not valid";
		}
		catch (SQLException ex) {
			return String.valueOf(ex.getMessage());
		}
	}

}
