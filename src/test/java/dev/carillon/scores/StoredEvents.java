package dev.carillon.scores;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.carillon.support.CarillonProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a process that has ended left of a match in its database.
 */
final class StoredEvents {

	private StoredEvents() {
	}

	/**
	 * The players of all events by the key of their reports, in the order of the
	 * timeline; fails if a key is there twice or a number is left out.
	 */
	static Map<String, String> read(Path home, String match) throws SQLException {
		Map<String, String> stored = new LinkedHashMap<>();
		try (Connection connection = DriverManager.getConnection(CarillonProcess.databaseUrl(home), "sa", "");
				PreparedStatement query = connection.prepareStatement(
						"select number, message_key, report from score_step where match_id = ? order by number")) {
			query.setString(1, match);
			ResultSet rows = query.executeQuery();
			for (int number = 1; rows.next(); number++) {
				assertThat(rows.getInt("number")).isEqualTo(number);
				String key = rows.getString("message_key");
				String player = new MatchJson().read(rows.getString("report"), Report.class)
					.event() instanceof BasketballEvent.Basket basket ? String.valueOf(basket.player()) : "";
				assertThat(stored.put(key, player)).as("the second event with key " + key).isNull();
			}
		}
		return stored;
	}

}
