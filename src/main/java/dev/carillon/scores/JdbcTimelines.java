package dev.carillon.scores;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.carillon.storage.Durability;
import dev.carillon.topic.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Timelines in a relational database, with the tables {@code score_match} and
 * {@code score_step}.
 * <p>
 * Uses nothing that H2 and PostgreSQL do not share. Each change is one statement, so none
 * needs a transaction. What a method has returned from, also that somebody else was
 * faster, is on the disk.
 */
final class JdbcTimelines implements Timelines {

	private static final Logger logger = LoggerFactory.getLogger(JdbcTimelines.class);

	private final JdbcClient jdbc;

	private final Durability durability;

	private final MatchJson json;

	JdbcTimelines(JdbcTemplate template, MatchJson json) {
		this.jdbc = JdbcClient.create(template);
		this.durability = new Durability(template);
		this.json = json;
	}

	@Override
	public boolean open(Opened opened) {
		return asking(() -> inserted(this.jdbc.sql("""
				insert into score_match (id, sport, fixture, opened_by, message_key, opened_at)
				values (:id, :sport, :fixture, :by, :key, :at)""")
			.param("id", opened.id())
			.param("sport", opened.fixture().sport().text())
			.param("fixture", this.json.write(opened.fixture()))
			.param("by", opened.by().name())
			.param("key", opened.by().key())
			.param("at", time(opened.at()))));
	}

	@Override
	public boolean append(String match, Step step) {
		Report report = (step instanceof Step.Reported reported) ? reported.report() : null;
		Integer withdrawn = (step instanceof Step.Withdrawn withdrawal) ? withdrawal.event() : null;
		JdbcClient.StatementSpec insert = this.jdbc.sql("""
				insert into score_step (match_id, number, reported_by, message_key, reported_at, report, withdrawn)
				values (:match, :number, :by, :key, :at, :report, :withdrawn)""")
			.param("match", match)
			.param("number", step.number())
			.param("by", step.by().name())
			.param("key", step.by().key())
			.param("at", time(step.at()))
			.param("report", (report != null) ? this.json.write(report) : null)
			.param("withdrawn", withdrawn);
		return asking(() -> {
			try {
				return inserted(insert);
			}
			catch (DataIntegrityViolationException _) {
				throw new Refusal(Refusal.Code.NOT_FOUND, "There is no match " + match);
			}
		});
	}

	/** False if a key of the table is taken. */
	private boolean inserted(JdbcClient.StatementSpec insert) {
		boolean inserted;
		try {
			inserted = insert.update() == 1;
		}
		catch (DuplicateKeyException _) {
			inserted = false;
		}
		this.durability.sync();
		return inserted;
	}

	@Override
	public List<Step> steps(String match) {
		return asking(() -> this.jdbc.sql("select * from score_step where match_id = :match order by number")
			.param("match", match)
			.query((row, _) -> step(row))
			.list());
	}

	@Override
	public List<Stored> all() {
		return asking(() -> {
			List<Opened> opened = this.jdbc.sql("select * from score_match order by opened_at, id")
				.query((row, _) -> opened(row))
				.list();
			Map<String, List<Step>> steps = new HashMap<>();
			this.jdbc.sql("select * from score_step order by match_id, number").query((RowCallbackHandler) (row) -> {
				steps.computeIfAbsent(row.getString("match_id"), (_) -> new ArrayList<>()).add(step(row));
			});
			return opened.stream()
				.map((match) -> new Stored(match, steps.getOrDefault(match.id(), List.of())))
				.toList();
		});
	}

	@Override
	public void remove(String match) {
		asking(() -> {
			int removed = this.jdbc.sql("delete from score_match where id = :match").param("match", match).update();
			this.durability.sync();
			return removed;
		});
	}

	private Step step(ResultSet row) throws SQLException {
		int number = row.getInt("number");
		Author by = new Author(row.getString("reported_by"), row.getString("message_key"));
		Instant at = row.getObject("reported_at", OffsetDateTime.class).toInstant();
		String report = row.getString("report");
		return (report != null) ? new Step.Reported(number, at, by, this.json.read(report, Report.class))
				: new Step.Withdrawn(number, at, by, row.getInt("withdrawn"));
	}

	private Opened opened(ResultSet row) throws SQLException {
		return new Opened(row.getString("id"), this.json.read(row.getString("fixture"), Fixture.class),
				new Author(row.getString("opened_by"), row.getString("message_key")),
				row.getObject("opened_at", OffsetDateTime.class).toInstant());
	}

	private static OffsetDateTime time(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

	private <T> T asking(Supplier<T> question) {
		try {
			return question.get();
		}
		catch (DataAccessException ex) {
			this.durability.recover(ex);
			logger.warn("The database of the scores does not answer: {}", ex.getMostSpecificCause().toString());
			throw new Refusal(Refusal.Code.UNAVAILABLE, "The scores cannot be stored at the moment; try again");
		}
	}

}
