package dev.carillon.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.carillon.chat.Chat.Draft;
import dev.carillon.chat.ChatEvent.Posted;
import dev.carillon.chat.History.Page;
import dev.carillon.topic.AccessChanged;
import dev.carillon.topic.Destination;
import dev.carillon.topic.Refusal;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static dev.carillon.chat.ChatFixture.ADMIN;
import static dev.carillon.chat.ChatFixture.ANN;
import static dev.carillon.chat.ChatFixture.BOB;
import static dev.carillon.chat.ChatFixture.EVE;
import static dev.carillon.chat.ChatFixture.GUEST;
import static dev.carillon.chat.ChatFixture.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is stored, on whichever database.
 */
abstract class ChatStorageContract {

	private final ChatFixture fixture;

	ChatStorageContract(TestDatabase database) {
		this.fixture = new ChatFixture(database);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void sendWhenAcceptedThenIsInHistoryAndOnTopic() {
		Message sent = this.fixture.send(ANN, "general", new Draft("Hällo 😀\n@bob", null, "k1"));
		assertThat(history("general")).containsExactly(new Posted(sent));
		assertThat(sent.sentAt()).isEqualTo(this.fixture.clock.millis());
		JsonNode event = this.fixture.published("/topic/chat.general").getFirst();
		assertThat(event).isEqualTo(this.fixture.json.readTree("""
				{"type": "message", "id": %d, "room": "general", "sender": "ann", "text": "Hällo 😀\\n@bob",
				"sentAt": %d, "key": "k1"}""".formatted(sent.id(), sent.sentAt())));
	}

	@Test
	void sendWhenPublishedThenIsStoredAlready() {
		List<Long> stored = new ArrayList<>();
		this.fixture.topics.open(Destination.of("/topic/chat.general"))
			.addListener(() -> stored.add(this.fixture.count("chat_message")));
		this.fixture.send(ANN, "general", "one");
		this.fixture.send(ANN, "general", "two");
		assertThat(stored).containsExactly(1L, 2L);
	}

	@Test
	void sendWhenLongestTextThenStoresAllOfIt() {
		String text = "😀İ".repeat(Input.MAX_TEXT / 2);
		this.fixture.send(ANN, "general", text);
		assertThat(messages("general")).singleElement().extracting(Message::text).isEqualTo(text);
	}

	@Test
	void sendWhenUserIsMentionedThenTheyAreTold() {
		this.fixture.send(ANN, "general", "@bob, @ann: look");
		assertThat(this.fixture.published("/user/bob/queue/mentions")).singleElement()
			.satisfies((event) -> assertThat(event.get("type").asString()).isEqualTo("mention"))
			.satisfies((event) -> assertThat(event.get("text").asString()).isEqualTo("@bob, @ann: look"));
		assertThat(this.fixture.published("/user/ann/queue/mentions")).isEmpty();
	}

	@Test
	void sendWhenMentionedUserMayNotReadTheRoomThenTheyAreNotTold() {
		this.fixture.changes.create(ANN, "secret", "", Room.Access.MEMBERS);
		this.fixture.send(ANN, "secret", "about @bob");
		assertThat(this.fixture.published("/user/bob/queue/mentions")).isEmpty();
	}

	@Test
	void sendWhenReplyThenNamesTheMessage() {
		Message first = this.fixture.send(ANN, "general", "question");
		Message reply = this.fixture.send(BOB, "general", new Draft("answer", first.id(), null));
		assertThat(messages("general")).last().isEqualTo(reply).extracting(Message::replyTo).isEqualTo(first.id());
	}

	@Test
	void sendWhenReplyToAnotherRoomThenRefusesAndStoresNothing() {
		Message first = this.fixture.send(ANN, "general", "question");
		assertRefused(Refusal.Code.BAD_VALUE, "replyTo",
				() -> this.fixture.send(BOB, "random", new Draft("answer", first.id(), null)));
		assertThat(messages("random")).isEmpty();
	}

	@Test
	void sendWhenKeyIsRepeatedThenAnswersFirstAndPublishesOnce() {
		Message first = this.fixture.send(ANN, "general", new Draft("once", null, "k"));
		this.fixture.clock.advance(Duration.ofDays(1));
		assertThat(this.fixture.send(ANN, "general", new Draft("again", null, "k"))).isEqualTo(first);
		assertThat(this.fixture.send(BOB, "general", new Draft("mine", null, "k")).id()).isGreaterThan(first.id());
		assertThat(messages("general")).hasSize(2);
		assertThat(this.fixture.published("/topic/chat.general")).hasSize(2);
	}

	@Test
	void sendWhenKeyBelongsToAnotherRoomThenRefuses() {
		this.fixture.send(ANN, "general", new Draft("once", null, "k"));
		assertRefused(Refusal.Code.CONFLICT, "message-key",
				() -> this.fixture.send(ANN, "random", new Draft("again", null, "k")));
	}

	@Test
	void sendWhenRoomIsSlowThenMembersWaitAndModeratorsDoNot() {
		this.fixture.changes.slow(ADMIN, "general", 30);
		this.fixture.send(ANN, "general", "one");
		assertRefused(Refusal.Code.RATE_LIMITED, "wait 30 s", () -> this.fixture.send(ANN, "general", "two"));
		this.fixture.send(ADMIN, "general", "one");
		this.fixture.send(ADMIN, "general", "two");
		this.fixture.clock.advance(Duration.ofSeconds(30));
		this.fixture.send(ANN, "general", "two");
		assertThat(messages("general")).hasSize(4);
	}

	@Test
	void sendWhenMutedThenRefusesUntilItIsOver() {
		this.fixture.changes.mute(ADMIN, "general", "ann", 60);
		assertRefused(Refusal.Code.ACCESS_DENIED, "muted in general for another 60 s",
				() -> this.fixture.send(ANN, "general", "one"));
		this.fixture.clock.advance(Duration.ofSeconds(60));
		this.fixture.send(ANN, "general", "two");
		this.fixture.changes.mute(ADMIN, "general", "ann", 60);
		this.fixture.changes.mute(ADMIN, "general", "ann", 0);
		this.fixture.send(ANN, "general", "three");
		assertThat(messages("general")).extracting(Message::text).containsExactly("two", "three");
	}

	@Test
	void sendWhenGuestThenRefuses() {
		assertRefused(Refusal.Code.ACCESS_DENIED, "Guests", () -> this.fixture.send(GUEST, "general", "hello"));
	}

	@Test
	void editWhenAuthorThenHistoryAndTopicHaveTheNewText() {
		Message sent = this.fixture.send(ANN, "general", "helo");
		this.fixture.clock.advance(Duration.ofSeconds(1));
		done(this.fixture.chat.edit(ANN, "general", sent.id(), "hello"));
		assertThat(messages("general")).containsExactly(sent.edited("hello", this.fixture.clock.millis()));
		assertThat(lastType("general")).isEqualTo("edited");
		assertThat(search("HELLO")).hasSize(1);
		assertThat(search("helo")).isEmpty();
	}

	@Test
	void editWhenNotAuthorThenRefuses() {
		Message sent = this.fixture.send(ANN, "general", "hello");
		assertRefused(Refusal.Code.ACCESS_DENIED, "ann",
				() -> done(this.fixture.chat.edit(ADMIN, "general", sent.id(), "forged")));
		assertThat(messages("general")).containsExactly(sent);
	}

	@Test
	void deleteWhenAuthorThenTextIsGoneAndThePlaceStays() {
		Message sent = this.fixture.send(ANN, "general", new Draft("secret", null, "k"));
		done(this.fixture.chat.react(BOB, "general", sent.id(), "👍", Reaction.ADD));
		done(this.fixture.chat.delete(ANN, "general", sent.id()));
		assertThat(history("general")).containsExactly(new Posted(sent.deleted(this.fixture.clock.millis())));
		assertThat(this.fixture.jdbc.queryForList("select content, folded from chat_message")).singleElement()
			.satisfies((row) -> assertThat(row.values()).containsOnlyNulls());
		assertThat(this.fixture.published("/topic/chat.general").getLast().has("text")).isFalse();
		assertRefused(Refusal.Code.NOT_FOUND, "id",
				() -> done(this.fixture.chat.edit(ANN, "general", sent.id(), "back")));
		assertRefused(Refusal.Code.NOT_FOUND, "id",
				() -> done(this.fixture.chat.react(ANN, "general", sent.id(), "👍", Reaction.ADD)));
	}

	@Test
	void deleteWhenModeratorThenDeletesAndSaysWho() {
		Message sent = this.fixture.send(ANN, "general", "rude");
		assertRefused(Refusal.Code.ACCESS_DENIED, "ann",
				() -> done(this.fixture.chat.delete(BOB, "general", sent.id())));
		done(this.fixture.chat.delete(ADMIN, "general", sent.id()));
		JsonNode event = this.fixture.published("/topic/chat.general").getLast();
		assertThat(event.get("type").asString()).isEqualTo("deleted");
		assertThat(event.get("by").asString()).isEqualTo("root");
		assertThat(event.get("sender").asString()).isEqualTo("ann");
	}

	@Test
	void reactWhenAddedAndRemovedThenCounts() {
		Message sent = this.fixture.send(ANN, "general", "hello");
		done(this.fixture.chat.react(ANN, "general", sent.id(), "🎉", Reaction.ADD));
		this.fixture.clock.advance(Duration.ofSeconds(1));
		done(this.fixture.chat.react(ANN, "general", sent.id(), "👍", Reaction.ADD));
		done(this.fixture.chat.react(BOB, "general", sent.id(), "👍", Reaction.ADD));
		done(this.fixture.chat.react(BOB, "general", sent.id(), "👍", Reaction.ADD));
		Posted posted = (Posted) this.fixture.history.before(BOB, "general", null, 50).messages().getFirst();
		assertThat(posted.reactions()).containsExactly(Map.entry("🎉", 1L), Map.entry("👍", 2L));
		assertThat(posted.mine()).containsExactly("👍");
		assertThat(this.fixture.published("/topic/chat.general")).as("a repetition is no event").hasSize(4);
		done(this.fixture.chat.react(ANN, "general", sent.id(), "🎉", Reaction.REMOVE));
		assertThat(this.fixture.published("/topic/chat.general").getLast()).isEqualTo(this.fixture.json.readTree("""
				{"type": "reaction", "id": %d, "room": "general", "by": "ann", "emoji": "🎉", "action": "remove",
				"reactions": {"👍": 2}}""".formatted(sent.id())));
	}

	@Test
	void reactWhenMessageHasTooManyEmojiThenRefusesAnother() {
		Message sent = this.fixture.send(ANN, "general", "hello");
		IntStream.range(0, Ledger.MAX_EMOJI)
			.forEach((i) -> done(
					this.fixture.chat.react(ANN, "general", sent.id(), Character.toString(0x1F600 + i), Reaction.ADD)));
		assertRefused(Refusal.Code.LIMIT_REACHED, "20",
				() -> done(this.fixture.chat.react(ANN, "general", sent.id(), "👍", Reaction.ADD)));
		done(this.fixture.chat.react(BOB, "general", sent.id(), Character.toString(0x1F600), Reaction.ADD));
		Posted posted = (Posted) history("general").getFirst();
		assertThat(posted.reactions()).hasSize(Ledger.MAX_EMOJI).containsEntry(Character.toString(0x1F600), 2L);
	}

	@Test
	void readWhenAdvancedThenCountsWhatOthersWroteSince() {
		Message first = this.fixture.send(ANN, "general", "one");
		done(this.fixture.chat.read(BOB, "general", first.id()));
		this.fixture.send(ANN, "general", "two");
		Message third = this.fixture.send(ANN, "general", "three");
		this.fixture.send(BOB, "general", "mine");
		done(this.fixture.chat.delete(ANN, "general", third.id()));
		assertThat(this.fixture.unreadCounts.of(BOB)).containsOnlyKeys("general")
			.containsEntry("general", new UnreadCounts.Unread(1, first.id()));
		assertThat(this.fixture.unreadCounts.of(EVE)).isEmpty();
		assertThat(this.fixture.unreadCounts.of(GUEST)).isEmpty();
	}

	@Test
	void readWhenBackwardsOrBeyondTheNewestThenStaysWithinTheRoom() {
		Message first = this.fixture.send(ANN, "general", "one");
		Message second = this.fixture.send(ANN, "general", "two");
		this.fixture.send(ANN, "random", "elsewhere");
		done(this.fixture.chat.read(BOB, "general", Long.MAX_VALUE));
		done(this.fixture.chat.read(BOB, "general", first.id()));
		assertThat(this.fixture.unreadCounts.of(BOB)).containsEntry("general", new UnreadCounts.Unread(0, second.id()));
		assertThat(this.fixture.published("/user/bob/queue/chat")).as("the other devices are told once")
			.singleElement()
			.satisfies((event) -> assertThat(event.get("id").asLong()).isEqualTo(second.id()));
	}

	@Test
	void directWhenSentThenBothPartiesHaveItAndNobodyElse() {
		done(this.fixture.chat.direct(ANN, "bob", new Draft("psst", null, "k")));
		done(this.fixture.chat.direct(ANN, "bob", new Draft("psst", null, "k")));
		done(this.fixture.chat.direct(BOB, "ann", new Draft("yes?", null, null)));
		done(this.fixture.chat.direct(EVE, "bob", new Draft("hi", null, null)));
		Page page = this.fixture.history.direct(ANN, "bob", null, 50);
		assertThat(page).isEqualTo(this.fixture.history.direct(BOB, "ann", null, 50));
		assertThat(page.messages()).extracting((event) -> ((ChatEvent.Direct) event).message().text())
			.containsExactly("psst", "yes?");
		assertThat(this.fixture.published("/user/ann/queue/chat")).hasSize(2);
		assertThat(this.fixture.published("/user/bob/queue/chat")).hasSize(3)
			.first()
			.satisfies((event) -> assertThat(event.get("to").asString()).isEqualTo("bob"));
	}

	@Test
	void directWhenPagedThenComesBackInParts() {
		IntStream.range(0, 5)
			.forEach((i) -> done(this.fixture.chat.direct(ANN, "bob", new Draft("m" + i, null, null))));
		Page newest = this.fixture.history.direct(ANN, "bob", null, 3);
		Page rest = this.fixture.history.direct(ANN, "bob", newest.before(), 3);
		assertThat(newest.messages()).hasSize(3);
		assertThat(rest.messages()).hasSize(2);
		assertThat(rest.before()).isNull();
	}

	@Test
	void beforeAndAfterWhenPagedThenMeetEverythingOnce() {
		List<Long> ids = IntStream.range(0, 7)
			.mapToLong((i) -> this.fixture.send(ANN, "general", "m" + i).id())
			.boxed()
			.toList();
		this.fixture.send(ANN, "random", "elsewhere");
		Page newest = this.fixture.history.before(GUEST, "general", null, 3);
		assertThat(ids(newest)).isEqualTo(ids.subList(4, 7));
		Page older = this.fixture.history.before(GUEST, "general", newest.before(), 3);
		assertThat(ids(older)).isEqualTo(ids.subList(1, 4));
		Page oldest = this.fixture.history.before(GUEST, "general", older.before(), 3);
		assertThat(ids(oldest)).isEqualTo(ids.subList(0, 1));
		assertThat(oldest.before()).isNull();
		Page forward = this.fixture.history.after(GUEST, "general", ids.get(1), 3);
		assertThat(ids(forward)).isEqualTo(ids.subList(2, 5));
		Page last = this.fixture.history.after(GUEST, "general", required(forward.after()), 3);
		assertThat(ids(last)).isEqualTo(ids.subList(5, 7));
		assertThat(last.after()).isNull();
	}

	@Test
	void searchWhenTextHasWildcardsThenTheyAreMeantLiterally() {
		this.fixture.send(ANN, "general", "100% sure_thing!");
		this.fixture.send(ANN, "general", "1000 surething");
		this.fixture.send(ANN, "random", "100% sure_thing!");
		assertThat(search("0% SURE_T")).hasSize(1);
		assertThat(search("thing!")).hasSize(1);
		assertThat(search("thing")).hasSize(2);
		assertThat(search("ÄÖ")).isEmpty();
	}

	@Test
	void searchWhenDeeperThanAllowedThenLooksAtTheNewest() {
		this.fixture.send(ANN, "general", "needle");
		Message second = this.fixture.send(ANN, "general", "needle");
		assertThat(search("needle")).hasSize(2);
		IntStream.range(0, ChatFixture.PROPERTIES.searchDepth() - 1)
			.forEach((_) -> this.fixture.send(ANN, "general", "hay"));
		assertThat(search("needle")).extracting(Message::id).containsExactly(second.id());
	}

	@Test
	void roomsWhenReadByAnotherNodeThenSameAfterRefresh() {
		this.fixture.changes.create(ANN, "team", "Ours", Room.Access.MEMBERS);
		this.fixture.changes.putMember(ANN, "team", "bob", Rank.MODERATOR);
		this.fixture.changes.mute(ANN, "team", "eve", 60);
		try (ChatFixture other = this.fixture.anotherNode()) {
			assertThat(other.rooms.readable("team", BOB)).isEqualTo(this.fixture.rooms.readable("team", BOB));
			other.changes.removeMember(ANN, "team", "bob");
			assertThat(this.fixture.rooms.mayRead("team", "bob")).isTrue();
			this.fixture.rooms.refresh();
			assertThat(this.fixture.rooms.mayRead("team", "bob")).isFalse();
			assertThat(this.fixture.accessChanges).containsExactly(new AccessChanged("room", Map.of("room", "team")));
		}
	}

	@Test
	void putMemberWhenRoomHasMessagesThenNewMemberHasReadThem() {
		this.fixture.changes.create(ANN, "team", "Ours", Room.Access.MEMBERS);
		this.fixture.send(ANN, "team", "old");
		this.fixture.changes.putMember(ANN, "team", "bob", Rank.MEMBER);
		this.fixture.send(ANN, "team", "new");
		assertThat(this.fixture.unreadCounts.of(BOB).get("team")).extracting(UnreadCounts.Unread::messages)
			.isEqualTo(1L);
	}

	private List<ChatEvent> history(String room) {
		return this.fixture.history.before(GUEST, room, null, History.LARGEST_PAGE).messages();
	}

	private List<Message> messages(String room) {
		return history(room).stream().map((event) -> ((Posted) event).message()).toList();
	}

	private List<Message> search(String query) {
		return this.fixture.history.search(GUEST, "general", query, null, 50)
			.messages()
			.stream()
			.map((event) -> ((Posted) event).message())
			.toList();
	}

	private String lastType(String room) {
		return this.fixture.published("/topic/chat." + room).getLast().get("type").asString();
	}

	private static List<Long> ids(Page page) {
		return page.messages().stream().map((event) -> ((Posted) event).message().id()).toList();
	}

	private static long required(@Nullable Long value) {
		assertThat(value).isNotNull();
		return (value != null) ? value : -1;
	}

	private static void assertRefused(Refusal.Code code, String words, ThrowingCallable call) {
		assertThatExceptionOfType(Refusal.class).isThrownBy(call)
			.withMessageContaining(words)
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(code));
	}

}
