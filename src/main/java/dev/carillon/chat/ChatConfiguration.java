package dev.carillon.chat;

import java.time.Clock;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.carillon.topic.Topics;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The parts of the chat.
 */
@Configuration(proxyBeanMethods = false)
class ChatConfiguration {

	@Bean
	Schema chatSchema() {
		return new Schema();
	}

	@Bean
	Database chatDatabase(JdbcTemplate jdbc, PlatformTransactionManager transactionManager, ChatProperties properties) {
		return new Database(jdbc, new TransactionTemplate(transactionManager), properties.concurrentReads(),
				properties.acceptTimeout());
	}

	@Bean
	MessageStore chatMessageStore(JdbcTemplate jdbc) {
		return new MessageStore(jdbc);
	}

	@Bean
	DirectStore chatDirectStore(JdbcTemplate jdbc) {
		return new DirectStore(jdbc);
	}

	@Bean
	ReadPositions chatReadPositions(JdbcTemplate jdbc) {
		return new ReadPositions(jdbc);
	}

	@Bean
	ReactionStore chatReactionStore(JdbcTemplate jdbc) {
		return new ReactionStore(jdbc);
	}

	@Bean
	RoomStore chatRoomStore(JdbcTemplate jdbc) {
		return new RoomStore(jdbc);
	}

	@Bean
	Rooms chatRooms(Database database, RoomStore store, Clock clock, ApplicationEventPublisher events) {
		return new Rooms(database, store, clock, events::publishEvent);
	}

	@Bean
	RoomChanges chatRoomChanges(Rooms rooms, RoomStore store, ReadPositions positions, MessageStore messages,
			ChatProperties properties, Clock clock) {
		return new RoomChanges(rooms, store, positions, messages, properties, clock);
	}

	@Bean
	Ledger chatLedger(MessageStore messages, ReactionStore reactions, DirectStore directs, ReadPositions positions,
			Rooms rooms, Clock clock) {
		return new Ledger(messages, reactions, directs, positions, rooms, clock);
	}

	@Bean
	RoomReaders chatRoomReaders(Rooms rooms) {
		return new RoomReaders(rooms);
	}

	@Bean
	Announcer chatAnnouncer(Topics topics, JsonMapper json) {
		return new Announcer(topics, json);
	}

	@Bean
	MessageWriter chatMessageWriter(Database database, Ledger ledger, Announcer announcer, ChatProperties properties) {
		return new MessageWriter(database, ledger, announcer, new SlowMode(Ticker.systemTicker()),
				new MessageWriter.Bounds(properties.queue(), properties.batch(), properties.retryPause()),
				System::nanoTime);
	}

	@Bean
	Upkeep chatUpkeep(Schema schema, Rooms rooms, ChatProperties properties) {
		return new Upkeep(schema, rooms, properties.refresh());
	}

	@Bean
	Chat chat(Rooms rooms, MessageWriter writer, ChatProperties properties) {
		return new Chat(rooms, writer, properties.acceptTimeout());
	}

	@Bean
	Typing chatTyping(Rooms rooms, Announcer announcer, Clock clock) {
		return new Typing(rooms, announcer, clock, Ticker.systemTicker());
	}

	@Bean
	History chatHistory(Database database, MessageStore messages, ReactionStore reactions, DirectStore directs,
			ChatProperties properties) {
		return new History(database, messages, reactions, directs, properties.searchDepth());
	}

	@Bean
	UnreadCounts chatUnreadCounts(Database database, ReadPositions positions, MessageStore messages, Rooms rooms) {
		return new UnreadCounts(database, positions, messages, rooms);
	}

}
