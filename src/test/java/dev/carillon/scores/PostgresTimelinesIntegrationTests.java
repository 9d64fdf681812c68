package dev.carillon.scores;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import dev.carillon.topic.Refusal;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * {@link JdbcTimelines} on a real PostgreSQL.
 */
class PostgresTimelinesIntegrationTests extends TimelinesContract {

	private static EmbeddedPostgres postgres;

	private static DataSource database;

	private Timelines timelines;

	@BeforeAll
	static void startDatabase() throws IOException {
		postgres = EmbeddedPostgres.start();
		database = JdbcTimelinesTests.migrated(postgres.getPostgresDatabase());
	}

	@AfterAll
	static void stopDatabase() throws IOException {
		postgres.close();
	}

	@BeforeEach
	void emptyTables() {
		JdbcTemplate jdbc = new JdbcTemplate(database);
		jdbc.update("delete from score_match");
		this.timelines = new JdbcTimelines(jdbc, new MatchJson());
	}

	@Override
	Timelines timelines() {
		return this.timelines;
	}

	@Test
	void restartWhenMatchesWerePlayedThenTheyAreTheSame() {
		Board board = new Board(this.timelines);
		Simulator simulator = new Simulator(board.scoreboard, Board.simulator(5, 1, 1), board.clock);
		for (int i = 0; i < 300; i++) {
			board.clock.advance(Duration.ofMillis(200));
			simulator.advance();
		}
		List<Timeline> before = board.scoreboard.timelines();
		assertThat(before).hasSize(3).allMatch((timeline) -> timeline.number() > 0);
		assertThat(board.restarted().timelines()).isEqualTo(before);
	}

	@Test
	void appendWhenDatabaseIsGoneThenUnavailable() throws IOException {
		try (EmbeddedPostgres other = EmbeddedPostgres.start()) {
			DataSource gone = JdbcTimelinesTests.migrated(other.getPostgresDatabase());
			Timelines away = new JdbcTimelines(new JdbcTemplate(gone), new MatchJson());
			other.close();
			assertThatExceptionOfType(Refusal.class).isThrownBy(() -> away.steps("m"))
				.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(Refusal.Code.UNAVAILABLE));
		}
	}

}
