package dev.carillon.chat;

import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SchemaTests {

	private final Schema schema = new Schema();

	@Test
	void migrateWhenDatabaseIsThereThenMigratesAtOnce() {
		try (HikariDataSource pool = TestDatabase.H2.open("schema_there")) {
			this.schema.migrate(Flyway.configure().dataSource(pool).load());
			assertThat(rooms(pool)).isEqualTo(2);
			assertThat(this.schema.complete()).isTrue();
		}
	}

	@Test
	void migrateWhenDatabaseIsAwayThenMigratesOnceItIsThere() {
		try (HikariDataSource pool = TestDatabase.H2.open("schema_away")) {
			SwitchableDataSource dataSource = new SwitchableDataSource(pool);
			dataSource.switchOff();
			this.schema.migrate(Flyway.configure().dataSource(dataSource).load());
			assertThat(this.schema.complete()).isFalse();
			dataSource.switchOn();
			assertThat(this.schema.complete()).isTrue();
			assertThat(rooms(pool)).isEqualTo(2);
		}
	}

	@Test
	void migrateWhenMigrationFailsThenSaysSo() {
		try (HikariDataSource pool = TestDatabase.H2.open("schema_broken")) {
			JdbcClient.create(pool).sql("create table chat_room (name int)").update();
			Flyway flyway = Flyway.configure().dataSource(pool).baselineOnMigrate(true).baselineVersion("0").load();
			assertThatExceptionOfType(FlywayException.class).isThrownBy(() -> this.schema.migrate(flyway));
		}
	}

	private static long rooms(HikariDataSource pool) {
		return JdbcClient.create(pool).sql("select count(*) from chat_room").query(Long.class).single();
	}

}
