package dev.carillon.chat;

import java.util.List;
import java.util.UUID;

import dev.carillon.support.RawStomp;
import dev.carillon.support.RawStomp.Answer;
import dev.carillon.support.http.Api;
import dev.carillon.support.http.Service;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The chat as two people use it, over real connections.
 */
class ChatIntegrationTests {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static Service service;

	private static int rooms;

	private final String room = "room" + ++rooms;

	private RawStomp alice;

	private RawStomp bob;

	@BeforeAll
	static void start() {
		service = Service.demo("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
				"carillon.stocks.simulator.rate=0.001", "carillon.scores.simulator.enabled=false");
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@BeforeEach
	void connect() {
		assertThat(service.api("alice").post("/api/rooms", "{\"name\":\"" + this.room + "\"}").status()).isEqualTo(201);
		this.alice = RawStomp.user(service.port(), "alice", "soft-errors:true");
		this.bob = RawStomp.user(service.port(), "bob", "soft-errors:true");
		this.bob.subscribe("room", "/topic/chat." + this.room);
	}

	@AfterEach
	void disconnect() {
		this.alice.close();
		this.bob.close();
	}

	/** Sends a command to the room and waits for its RECEIPT. */
	private void command(RawStomp client, String command, String body, String... headers) {
		client.published("/app/chat." + this.room + "." + command, body, headers(headers));
	}

	private Answer refusal(RawStomp client, String command, String body) {
		client.publish("/app/chat." + this.room + "." + command, body, headers("receipt:refused"));
		Answer error = client.error();
		assertThat(error.header("receipt-id")).isEqualTo("refused");
		assertThat(error.header("fatal")).isEqualTo("false");
		return error;
	}

	private static String[] headers(String... more) {
		String[] headers = new String[more.length + 1];
		headers[0] = "content-type:application/json";
		System.arraycopy(more, 0, headers, 1, more.length);
		return headers;
	}

	private static JsonNode event(RawStomp client) {
		return JSON.readTree(client.message().text());
	}

	/** The next event, of this type. */
	private static JsonNode event(RawStomp client, String type) {
		JsonNode event = event(client);
		assertThat(event.get("type").asString()).isEqualTo(type);
		return event;
	}

	private JsonNode history(String query) {
		return service.api().get("/api/rooms/" + this.room + "/messages" + query).json();
	}

	private JsonNode summary(String user) {
		return service.api(user)
			.get("/api/rooms")
			.json()
			.valueStream()
			.filter((one) -> one.get("name").asString().equals(this.room))
			.findFirst()
			.orElseThrow();
	}

	private long said(String text) {
		command(this.alice, "send", "{\"text\":\"" + text + "\"}");
		return event(this.bob, "message").get("id").asLong();
	}

	@Test
	void sendWhenConfirmedThenOnTheTopicAndInTheHistory() {
		command(this.alice, "send", "{\"text\":\"hello\"}", "message-key:k");
		JsonNode event = event(this.bob, "message");
		assertThat(event.get("sender").asString()).isEqualTo("alice");
		assertThat(event.get("key").asString()).isEqualTo("k");
		assertThat(history("").get("messages")).containsExactly(event);
		command(this.alice, "send", "{\"text\":\"hello\"}", "message-key:k");
		command(this.bob, "send", "{\"text\":\"hi\",\"replyTo\":" + event.get("id").asLong() + "}");
		JsonNode reply = event(this.bob, "message");
		assertThat(reply.get("replyTo").asLong()).isEqualTo(event.get("id").asLong());
		assertThat(history("").get("messages")).containsExactly(event, reply);
	}

	@Test
	void editReactDeleteWhenSentThenEverybodySees() {
		long id = said("helo");
		command(this.alice, "edit", "{\"id\":" + id + ",\"text\":\"hello\"}");
		assertThat(event(this.bob, "edited").get("text").asString()).isEqualTo("hello");
		command(this.bob, "react", "{\"id\":" + id + ",\"emoji\":\"👍\",\"action\":\"add\"}");
		assertThat(event(this.bob, "reaction").at("/reactions/👍").asInt()).isOne();
		assertThat(history("").at("/messages/0/reactions/👍").asInt()).isOne();
		assertThat(refusal(this.bob, "delete", "{\"id\":" + id + "}").header("code")).isEqualTo("access-denied");
		command(this.alice, "delete", "{\"id\":" + id + "}");
		assertThat(event(this.bob, "deleted").has("text")).isFalse();
		assertThat(history("").at("/messages/0").has("text")).isFalse();
	}

	@Test
	void typingWhenSentThenToldAndNeverStored() {
		this.bob.subscribe("typing", "/topic/typing." + this.room);
		command(this.alice, "typing", "");
		JsonNode typing = event(this.bob, "typing");
		assertThat(typing.get("sender").asString()).isEqualTo("alice");
		assertThat(history("").get("messages")).isEmpty();
	}

	@Test
	void readWhenOnOneDeviceThenTheOthersKnowAndNothingIsUnread() {
		long first = said("one");
		command(this.bob, "read", "{\"id\":" + first + "}");
		long second = said("two");
		assertThat(summary("bob").get("unread").asInt()).isOne();
		try (RawStomp phone = RawStomp.user(service.port(), "bob")) {
			phone.subscribe("own", "/user/queue/chat");
			command(this.bob, "read", "{\"id\":" + second + "}");
			JsonNode read = event(phone, "read");
			assertThat(read.get("room").asString()).isEqualTo(this.room);
			assertThat(read.get("id").asLong()).isEqualTo(second);
		}
		assertThat(summary("bob").get("unread").asInt()).isZero();
		assertThat(summary("bob").get("lastRead").asLong()).isEqualTo(second);
	}

	@Test
	void mentionWhenInAMessageThenTheUserIsTold() {
		this.bob.confirmed("UNSUBSCRIBE", "id:room");
		this.bob.subscribe("mentions", "/user/queue/mentions");
		command(this.alice, "send", "{\"text\":\"@bob, look\"}");
		JsonNode mention = event(this.bob, "mention");
		assertThat(mention.get("room").asString()).isEqualTo(this.room);
		assertThat(mention.get("text").asString()).isEqualTo("@bob, look");
	}

	@Test
	void directWhenSentThenBothHaveItAndItsHistory() {
		this.alice.subscribe("own", "/user/queue/chat");
		this.bob.subscribe("own", "/user/queue/chat");
		String text = "psst " + this.room;
		this.alice.published("/app/chat.direct", "{\"to\":\"bob\",\"text\":\"" + text + "\"}", headers());
		JsonNode event = event(this.bob, "direct");
		assertThat(event.get("text").asString()).isEqualTo(text);
		assertThat(event(this.alice, "direct")).isEqualTo(event);
		assertThat(service.api("bob").get("/api/direct/alice/messages?limit=1").json().get("messages"))
			.containsExactly(event);
		assertThat(service.api("demo").get("/api/direct/alice/messages").json().get("messages")).isEmpty();
	}

	@Test
	void sendWhenTextIsAtItsLimitThenFourThousandCodePointsAndNoMore() {
		String longest = "😀".repeat(4_000);
		command(this.alice, "send", "{\"text\":\"" + longest + "\"}");
		assertThat(event(this.bob, "message").get("text").asString()).isEqualTo(longest);
		String tooLong = "{\"text\":\"" + longest + "x\"}";
		Answer error = refusal(this.alice, "send", tooLong);
		assertThat(error.header("code")).isEqualTo("bad-value");
		assertThat(error.header("message")).isEqualTo("text has 4001 characters; at most 4000 are allowed");
		Api.Answer problem = service.api("alice").post("/api/rooms/" + this.room + "/messages", tooLong);
		assertThat(problem.isProblem(400, "bad-value").text("detail"))
			.isEqualTo("text has 4001 characters; at most 4000 are allowed");
		assertThat(history("").get("messages")).hasSize(1);
	}

	@Test
	void commandWhenRefusedThenNamesTheFieldAndTheConnectionGoesOn() {
		long id = said("one");
		assertThat(List.of(refusal(this.alice, "send", "{}"), refusal(this.alice, "send", "{\"text\":\"  \"}"),
				refusal(this.alice, "send", "{\"text\":\"a\",\"replyTo\":0}"),
				refusal(this.alice, "edit", "{\"id\":-1,\"text\":\"a\"}"),
				refusal(this.alice, "react", "{\"id\":" + id + ",\"emoji\":\"abc\",\"action\":\"add\"}"),
				refusal(this.alice, "react", "{\"id\":" + id + ",\"emoji\":\"👍\"}"),
				refusal(this.alice, "mute", "{\"user\":\"bob\",\"seconds\":-1}"),
				refusal(this.alice, "mute", "{\"user\":\"\",\"seconds\":1}"),
				refusal(this.alice, "slow", "{\"seconds\":21601}")))
			.extracting((error) -> error.header("message").split(" ")[0])
			.containsExactly("text", "text", "replyTo", "id", "emoji", "action", "seconds", "user", "seconds");
		assertThat(refusal(this.alice, "send", "not JSON").header("code")).isEqualTo("bad-value");
		assertThat(said("two")).isGreaterThan(id);
	}

	@Test
	void slowAndMuteWhenSetByTheOwnerThenHoldForOthers() {
		command(this.alice, "slow", "{\"seconds\":600}");
		command(this.bob, "send", "{\"text\":\"one\"}");
		Answer tooSoon = refusal(this.bob, "send", "{\"text\":\"two\"}");
		assertThat(tooSoon.header("code")).isEqualTo("rate-limited");
		assertThat(tooSoon.header("message")).contains(this.room, "600 s");
		command(this.alice, "slow", "{\"seconds\":0}");
		command(this.bob, "send", "{\"text\":\"two\"}");
		command(this.alice, "mute", "{\"user\":\"bob\",\"seconds\":600}");
		assertThat(refusal(this.bob, "send", "{\"text\":\"three\"}").header("message")).contains("muted");
		command(this.alice, "mute", "{\"user\":\"bob\",\"seconds\":0}");
		command(this.bob, "send", "{\"text\":\"three\"}");
		assertThat(refusal(this.bob, "mute", "{\"user\":\"alice\",\"seconds\":1}").header("code"))
			.isEqualTo("access-denied");
	}

	@Test
	void searchWhenAskedThenFindsWhateverTheCase() {
		said("The Quick brown fox");
		said("the lazy dog");
		JsonNode found = history("?query=quICK");
		assertThat(found.at("/messages").valueStream().map((message) -> message.get("text").asString()))
			.containsExactly("The Quick brown fox");
	}

	@Test
	void pagesWhenPeopleWriteBetweenThemThenMeetEverythingOnce() {
		List<Long> old = List.of(said("1"), said("2"), said("3"), said("4"), said("5"));
		JsonNode newest = history("?limit=2");
		said("6");
		JsonNode middle = history("?limit=2&before=" + newest.get("before").asLong());
		said("7");
		JsonNode oldest = history("?limit=2&before=" + middle.get("before").asLong());
		assertThat(ids(oldest)).isEqualTo(old.subList(0, 1));
		assertThat(ids(middle)).isEqualTo(old.subList(1, 3));
		assertThat(ids(newest)).isEqualTo(old.subList(3, 5));
		assertThat(oldest.has("before")).isFalse();
	}

	private static List<Long> ids(JsonNode page) {
		return page.get("messages").valueStream().map((message) -> message.get("id").asLong()).toList();
	}

}
