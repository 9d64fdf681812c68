package dev.carillon.chat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;

import com.zaxxer.hikari.HikariDataSource;
import dev.carillon.chat.Chat.Draft;
import dev.carillon.topic.AccessChanged;
import dev.carillon.topic.Destination;
import dev.carillon.topic.Entry;
import dev.carillon.topic.MemoryLogs;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.SlowPolicy;
import dev.carillon.topic.TopicLog;
import dev.carillon.topic.TopicPolicies;
import dev.carillon.topic.TopicProperties;
import dev.carillon.topic.TopicProperties.Family;
import dev.carillon.topic.TopicProperties.LogBounds;
import dev.carillon.topic.Topics;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/**
 * A whole chat without Spring and without sockets of its own: one node on a database.
 */
final class ChatFixture implements AutoCloseable {

	static final Caller ANN = new Caller("ann", Caller.Standing.USER);

	static final Caller BOB = new Caller("bob", Caller.Standing.USER);

	static final Caller EVE = new Caller("eve", Caller.Standing.USER);

	static final Caller ADMIN = new Caller("root", Caller.Standing.ADMIN);

	static final Caller GUEST = new Caller("", Caller.Standing.GUEST);

	static final ChatProperties PROPERTIES = new ChatProperties(10_000, 500, Duration.ofSeconds(20),
			Duration.ofMillis(500), Duration.ofSeconds(2), 6, 6, 2, 4, 1_000);

	final TestClock clock = new TestClock();

	final JsonMapper json = JsonMapper.builder().build();

	final Topics topics;

	final SwitchableDataSource dataSource;

	final JdbcTemplate jdbc;

	final TransactionTemplate transactions;

	final Database database;

	final MessageStore messages;

	final Rooms rooms;

	final RoomChanges changes;

	final MessageWriter writer;

	final Chat chat;

	final Typing typing;

	final History history;

	final UnreadCounts unreadCounts;

	final List<AccessChanged> accessChanges = new CopyOnWriteArrayList<>();

	private final HikariDataSource pool;

	private final boolean owner;

	ChatFixture(TestDatabase kind) {
		this(kind.fresh());
	}

	/**
	 * A chat on a database that is closed with it.
	 */
	ChatFixture(HikariDataSource pool) {
		this(pool, true);
	}

	private ChatFixture(HikariDataSource pool, boolean owner) {
		this.pool = pool;
		this.owner = owner;
		this.dataSource = new SwitchableDataSource(pool);
		this.jdbc = new JdbcTemplate(this.dataSource);
		this.topics = new Topics(
				new TopicPolicies(new TopicProperties(Map.of("chat", family("/topic/chat.{room}"), "typing",
						family("/topic/typing.{room}"), "user", family("/user/{user}/queue/{name}")))),
				new MemoryLogs(this.clock, new Random(1)), this.clock);
		this.transactions = new TransactionTemplate(new JdbcTransactionManager(this.dataSource));
		this.database = new Database(this.jdbc, this.transactions, PROPERTIES.concurrentReads(),
				PROPERTIES.acceptTimeout());
		this.messages = new MessageStore(this.jdbc);
		DirectStore directs = new DirectStore(this.jdbc);
		ReactionStore reactions = new ReactionStore(this.jdbc);
		ReadPositions positions = new ReadPositions(this.jdbc);
		RoomStore roomStore = new RoomStore(this.jdbc);
		this.rooms = new Rooms(this.database, roomStore, this.clock, this.accessChanges::add);
		this.changes = new RoomChanges(this.rooms, roomStore, positions, this.messages, PROPERTIES, this.clock);
		Announcer announcer = new Announcer(this.topics, this.json);
		this.writer = new MessageWriter(this.database,
				new Ledger(this.messages, reactions, directs, positions, this.rooms, this.clock), announcer,
				new SlowMode(this.clock::nanoTime),
				new MessageWriter.Bounds(PROPERTIES.queue(), PROPERTIES.batch(), PROPERTIES.retryPause()),
				this.clock::nanoTime);
		this.chat = new Chat(this.rooms, this.writer, PROPERTIES.acceptTimeout());
		this.typing = new Typing(this.rooms, announcer, this.clock, this.clock::nanoTime);
		this.history = new History(this.database, this.messages, reactions, directs, PROPERTIES.searchDepth());
		this.unreadCounts = new UnreadCounts(this.database, positions, this.messages, this.rooms);
		this.rooms.refresh();
		this.writer.start();
	}

	private static Family family(String pattern) {
		return new Family(pattern, "anyone", "nobody", false,
				new LogBounds(100_000, DataSize.ofMegabytes(100), Duration.ofHours(1)), 0, SlowPolicy.DROP, 0,
				Duration.ZERO, 0, DataSize.ofKilobytes(64), false);
	}

	/**
	 * Another node on the same database, to be closed first.
	 */
	ChatFixture anotherNode() {
		return new ChatFixture(this.pool, false);
	}

	Message send(Caller caller, String room, String text) {
		return send(caller, room, new Draft(text, null, null));
	}

	Message send(Caller caller, String room, Draft draft) {
		return ((ChatEvent.Posted) done(this.chat.send(caller, room, draft))).message();
	}

	/**
	 * Waits until a change is stored and published.
	 * @throws Refusal if it is refused
	 */
	static ChatEvent done(CompletionStage<ChatEvent> change) {
		try {
			return change.toCompletableFuture().join();
		}
		catch (CompletionException ex) {
			throw Refusal.of(ex);
		}
	}

	/**
	 * What was published on a destination, the oldest first.
	 */
	List<JsonNode> published(String destination) {
		TopicLog log = this.topics.open(Destination.of(destination)).log();
		List<JsonNode> events = new ArrayList<>();
		LongStream.rangeClosed(log.tail(), log.head()).mapToObj(log::read).map(this::event).forEach(events::add);
		return events;
	}

	private JsonNode event(Entry entry) {
		return this.json.readTree(new String(entry.body(), StandardCharsets.UTF_8));
	}

	long count(String table) {
		Long count = this.jdbc.queryForObject("select count(*) from " + table, Long.class);
		return (count != null) ? count : -1;
	}

	@Override
	public void close() {
		this.writer.stop();
		this.topics.close();
		if (this.owner) {
			this.pool.close();
		}
	}

}
