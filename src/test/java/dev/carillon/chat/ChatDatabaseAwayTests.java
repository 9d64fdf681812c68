package dev.carillon.chat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.carillon.chat.Chat.Draft;
import dev.carillon.topic.Refusal;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static dev.carillon.chat.ChatFixture.ANN;
import static dev.carillon.chat.ChatFixture.GUEST;
import static dev.carillon.chat.ChatFixture.PROPERTIES;
import static dev.carillon.chat.ChatFixture.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ChatDatabaseAwayTests {

	private final ChatFixture fixture = new ChatFixture(TestDatabase.H2);

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void sendWhenDatabaseIsAwayThenRefusesAndHealsByItself() {
		this.fixture.dataSource.switchOff();
		assertUnavailable(() -> this.fixture.send(ANN, "general", "lost"));
		this.fixture.dataSource.switchOn();
		assertUnavailable(() -> this.fixture.send(ANN, "general", "too early"));
		this.fixture.clock.advance(PROPERTIES.retryPause());
		Message sent = this.fixture.send(ANN, "general", "back");
		this.fixture.send(ANN, "general", "and again");
		assertThat(this.fixture.count("chat_message")).isEqualTo(2);
		assertThat(published()).startsWith(sent.id()).hasSize(2);
	}

	@Test
	void sendWhenDatabaseIsAwayThenSlowModeDoesNotCountTheAttempt() {
		this.fixture.changes.slow(ChatFixture.ADMIN, "general", 60);
		this.fixture.dataSource.switchOff();
		assertUnavailable(() -> this.fixture.send(ANN, "general", "lost"));
		this.fixture.dataSource.switchOn();
		this.fixture.clock.advance(PROPERTIES.retryPause());
		assertThat(this.fixture.send(ANN, "general", "back").text()).isEqualTo("back");
	}

	@Test
	void sendWhenAnswerOfCommitIsLostThenMessageIsPublishedBeforeTheNext() {
		this.fixture.dataSource.loseNextAnswer();
		assertUnavailable(() -> this.fixture.send(ANN, "general", new Draft("in doubt", null, "k")));
		assertThat(this.fixture.count("chat_message")).isEqualTo(1);
		assertThat(published()).isEmpty();
		this.fixture.clock.advance(PROPERTIES.retryPause());
		Message repeated = this.fixture.send(ANN, "general", new Draft("in doubt", null, "k"));
		Message next = this.fixture.send(ANN, "general", "next");
		assertThat(this.fixture.count("chat_message")).isEqualTo(2);
		assertThat(published()).containsExactly(repeated.id(), next.id());
	}

	@Test
	void sendWhenAnswerOfCommitIsLostForDirectMessageThenRecipientHasItLater() {
		this.fixture.dataSource.loseNextAnswer();
		assertUnavailable(() -> done(this.fixture.chat.direct(ANN, "bob", new Draft("in doubt", null, null))));
		this.fixture.clock.advance(PROPERTIES.retryPause());
		this.fixture.send(ANN, "general", "next");
		assertThat(this.fixture.published("/user/bob/queue/chat")).hasSize(1);
	}

	@Test
	void sendWhenCommitFailedThenNothingOfItIsPublishedLater() {
		this.fixture.jdbc.execute("alter table chat_message add constraint no_bombs check (content <> 'bomb')");
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.fixture.send(ANN, "general", "bomb"))
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(Refusal.Code.CONFLICT));
		Message next = this.fixture.send(ANN, "general", "next");
		assertThat(published()).containsExactly(next.id());
	}

	@Test
	void historyWhenDatabaseIsAwayThenRefusesWhileRightsAreStillKnown() {
		this.fixture.dataSource.switchOff();
		assertUnavailable(() -> this.fixture.history.before(GUEST, "general", null, 50));
		assertUnavailable(() -> this.fixture.unreadCounts.of(ANN));
		assertThat(this.fixture.rooms.mayRead("general", null)).isTrue();
		assertThat(this.fixture.rooms.mayWrite("general", "ann")).isTrue();
	}

	@Test
	void createWhenDatabaseIsAwayThenRefusesAndRoomDoesNotExist() {
		this.fixture.dataSource.switchOff();
		assertUnavailable(() -> this.fixture.changes.create(ANN, "team", "", Room.Access.PUBLIC));
		assertThat(this.fixture.rooms.mayRead("team", "ann")).isFalse();
		this.fixture.dataSource.switchOn();
		assertThat(this.fixture.changes.create(ANN, "team", "", Room.Access.PUBLIC).name()).isEqualTo("team");
	}

	@Test
	void mayReadWhenRoomsWereNeverReadThenSaysUnavailableInsteadOfNo() {
		Rooms rooms = new Rooms(this.fixture.database, new RoomStore(this.fixture.jdbc), this.fixture.clock, (_) -> {
		});
		this.fixture.dataSource.switchOff();
		assertUnavailable(rooms::refresh);
		assertUnavailable(() -> rooms.mayRead("general", null));
		this.fixture.dataSource.switchOn();
		rooms.refresh();
		assertThat(rooms.mayRead("general", null)).isTrue();
	}

	@Test
	void readWhenAllReadersAreBusyThenRefusesAndWriterGoesOn() {
		Database narrow = new Database(this.fixture.jdbc, this.fixture.transactions, 1, Duration.ofMillis(1));
		boolean written = narrow.read(() -> {
			CompletableFuture<Integer> second = CompletableFuture.supplyAsync(() -> narrow.read(() -> 1));
			assertThat(second).failsWithin(Duration.ofSeconds(10));
			assertThat(Refusal.of(second.exceptionNow()).code()).isEqualTo(Refusal.Code.UNAVAILABLE);
			return narrow.write(() -> true);
		});
		assertThat(written).isTrue();
		assertThat(narrow.read(() -> 1)).isEqualTo(1);
	}

	private List<Long> published() {
		return this.fixture.published("/topic/chat.general").stream().map((event) -> event.get("id").asLong()).toList();
	}

	private static void assertUnavailable(ThrowingCallable call) {
		assertThatExceptionOfType(Refusal.class).isThrownBy(call)
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(Refusal.Code.UNAVAILABLE));
	}

}
