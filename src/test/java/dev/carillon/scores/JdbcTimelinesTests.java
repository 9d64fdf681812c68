package dev.carillon.scores;

import java.util.UUID;

import javax.sql.DataSource;

import dev.carillon.topic.Refusal;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * {@link JdbcTimelines} on H2, in memory.
 */
class JdbcTimelinesTests extends TimelinesContract {

	private Timelines timelines;

	@BeforeEach
	void createTables() {
		this.timelines = new JdbcTimelines(new JdbcTemplate(migrated(inMemory())), new MatchJson());
	}

	@Override
	Timelines timelines() {
		return this.timelines;
	}

	@Test
	void allWhenTablesAreMissingThenUnavailable() {
		Timelines away = new JdbcTimelines(new JdbcTemplate(inMemory()), new MatchJson());
		assertThatExceptionOfType(Refusal.class).isThrownBy(away::all)
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(Refusal.Code.UNAVAILABLE));
	}

	static DataSource inMemory() {
		JdbcDataSource database = new JdbcDataSource();
		database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
		return database;
	}

	static DataSource migrated(DataSource database) {
		Flyway.configure().dataSource(database).load().migrate();
		return database;
	}

}
