package dev.carillon.chat;

import java.util.List;

import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;

class ChatHttpTests {

	private final ChatFixture fixture = new ChatFixture(TestDatabase.H2);

	private final MockMvcTester mvc = MockMvcTester.of(
			new RoomController(this.fixture.rooms, this.fixture.changes, this.fixture.unreadCounts),
			new MessageController(this.fixture.chat, this.fixture.rooms, this.fixture.history));

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void listWhenGuestThenHasPublicRoomsWithoutCounts() {
		post(Users.user("ann"), "/api/rooms", "{\"name\": \"team\", \"access\": \"members\"}");
		assertThat(get(null, "/api/rooms")).hasStatusOk().bodyJson().isStrictlyEqualTo("""
				[{"name": "general", "description": "For everything that concerns everybody", "access": "public"},
				{"name": "random", "description": "For everything else", "access": "public"}]""");
	}

	@Test
	void listWhenSignedInThenHasUnreadCountsAndRanks() {
		Message first = this.fixture.send(ChatFixture.ANN, "general", "one");
		ChatFixture.done(this.fixture.chat.read(ChatFixture.BOB, "general", first.id()));
		this.fixture.send(ChatFixture.ANN, "general", "two");
		post(Users.user("bob"), "/api/rooms",
				"{\"name\": \"team\", \"description\": \"Ours\", \"access\": \"members\"}");
		assertThat(get(Users.user("bob"), "/api/rooms")).hasStatusOk().bodyJson().isStrictlyEqualTo("""
				[{"name": "general", "description": "For everything that concerns everybody", "access": "public",
				"unread": 1, "lastRead": %d},
				{"name": "random", "description": "For everything else", "access": "public", "unread": 0},
				{"name": "team", "description": "Ours", "access": "members", "rank": "owner", "unread": 0,
				"lastRead": 0}]""".formatted(first.id()));
	}

	@Test
	void createWhenNameIsBadThenNamesTheField() {
		assertRefused(post(Users.user("ann"), "/api/rooms", "{\"name\": \"Über uns\"}"), Refusal.Code.BAD_VALUE,
				"room");
		assertRefused(post(Users.user("ann"), "/api/rooms", "{}"), Refusal.Code.BAD_VALUE, "room");
	}

	@Test
	void getWhenCreatedThenShowsMembersToThoseSignedIn() {
		assertThat(post(Users.user("ann"), "/api/rooms", "{\"name\": \"team\", \"description\": \"Ours\"}"))
			.hasStatus(HttpStatus.CREATED);
		assertThat(get(Users.user("bob"), "/api/rooms/team")).bodyJson().isStrictlyEqualTo("""
				{"name": "team", "description": "Ours", "access": "public", "slowSeconds": 0, "createdBy": "ann",
				"createdAt": %d, "members": {"ann": "owner"}}""".formatted(this.fixture.clock.millis()));
		assertThat(get(null, "/api/rooms/team")).bodyJson().doesNotHavePath("$.members");
		assertRefused(get(null, "/api/rooms/nowhere"), Refusal.Code.NOT_FOUND, "nowhere");
	}

	@Test
	void membersWhenPutAndDeletedThenChange() {
		post(Users.user("ann"), "/api/rooms", "{\"name\": \"team\", \"access\": \"members\"}");
		assertThat(put(Users.user("ann"), "/api/rooms/team/members/bob", "{\"rank\": \"moderator\"}")).hasStatusOk()
			.bodyJson()
			.extractingPath("$.members.bob")
			.isEqualTo("moderator");
		assertThat(put(Users.user("bob"), "/api/rooms/team/members/eve", null)).hasStatusOk();
		assertThat(get(Users.user("eve"), "/api/rooms/team")).hasStatusOk();
		assertThat(delete(Users.user("bob"), "/api/rooms/team/members/eve")).hasStatus(HttpStatus.NO_CONTENT);
		assertRefused(get(Users.user("eve"), "/api/rooms/team"), Refusal.Code.NOT_FOUND, "team");
		assertRefused(delete(Users.user("bob"), "/api/rooms/team/members/eve"), Refusal.Code.NOT_FOUND, "eve");
		assertRefused(put(null, "/api/rooms/team/members/joe", null), Refusal.Code.ACCESS_DENIED, "sign in");
	}

	@Test
	void describeWhenOwnerThenChangesWhatIsGiven() {
		post(Users.user("ann"), "/api/rooms", "{\"name\": \"team\"}");
		assertThat(exchange(HttpMethod.PATCH, Users.user("ann"), "/api/rooms/team", "{\"description\": \"New\"}"))
			.hasStatusOk()
			.bodyJson()
			.extractingPath("$.description")
			.isEqualTo("New");
	}

	@Test
	void sendWhenSignedInThenAnswersTheStoredMessage() {
		MvcTestResult sent = post(Users.user("ann"), "/api/rooms/general/messages",
				"{\"text\": \"hello\", \"key\": \"k\"}");
		assertThat(sent).hasStatus(HttpStatus.CREATED);
		assertThat(sent).bodyJson().isStrictlyEqualTo("""
				{"type": "message", "id": 1, "room": "general", "sender": "ann", "text": "hello", "sentAt": %d,
				"key": "k"}""".formatted(this.fixture.clock.millis()));
		assertThat(this.fixture.published("/topic/chat.general")).hasSize(1);
	}

	@Test
	void sendWhenKeyIsInHeaderThenItCounts() {
		for (int i = 0; i < 2; i++) {
			assertThat(request(HttpMethod.POST, Users.user("ann"), "/api/rooms/general/messages")
				.header("message-key", "k")
				.contentType(MediaType.APPLICATION_JSON)
				.content("{\"text\": \"hello\"}")).bodyJson().extractingPath("$.id").isEqualTo(1);
		}
		assertThat(this.fixture.count("chat_message")).isEqualTo(1);
	}

	@Test
	void sendWhenRefusedThenSaysWhy() {
		assertRefused(post(null, "/api/rooms/general/messages", "{\"text\": \"hello\"}"), Refusal.Code.ACCESS_DENIED,
				"Guests");
		assertRefused(post(Users.guest("guest-1"), "/api/rooms/general/messages", "{\"text\": \"hello\"}"),
				Refusal.Code.ACCESS_DENIED, "Guests");
		assertRefused(post(Users.user("ann"), "/api/rooms/general/messages", "{}"), Refusal.Code.BAD_VALUE, "text");
		assertRefused(post(Users.user("ann"), "/api/rooms/nowhere/messages", "{\"text\": \"hello\"}"),
				Refusal.Code.NOT_FOUND, "nowhere");
		assertRefused(post(Users.user("ann"), "/api/rooms/general/messages", "{\"text\": \"a\", \"replyTo\": 99}"),
				Refusal.Code.BAD_VALUE, "replyTo");
	}

	@Test
	void messagesWhenPagedThenSaysHowToGoOn() {
		for (int i = 1; i <= 5; i++) {
			this.fixture.send(ChatFixture.ANN, "general", "m" + i);
		}
		assertThat(get(null, "/api/rooms/general/messages?limit=2")).bodyJson()
			.extractingPath("$.messages[*].id")
			.isEqualTo(List.of(4, 5));
		assertThat(get(null, "/api/rooms/general/messages?limit=2")).bodyJson().extractingPath("$.before").isEqualTo(4);
		assertThat(get(null, "/api/rooms/general/messages?limit=200&before=4")).bodyJson()
			.extractingPath("$.messages[*].text")
			.isEqualTo(List.of("m1", "m2", "m3"));
		assertThat(get(null, "/api/rooms/general/messages?limit=200&before=4")).bodyJson().doesNotHavePath("$.before");
		assertThat(get(null, "/api/rooms/general/messages?after=3&limit=1")).bodyJson()
			.extractingPath("$.after")
			.isEqualTo(4);
		assertThat(get(null, "/api/rooms/general/messages?query=M3")).bodyJson()
			.extractingPath("$.messages[*].id")
			.isEqualTo(List.of(3));
	}

	@Test
	void messagesWhenParametersAreBadThenNamesThem() {
		assertRefused(get(null, "/api/rooms/general/messages?limit=0"), Refusal.Code.BAD_VALUE, "limit");
		assertRefused(get(null, "/api/rooms/general/messages?limit=201"), Refusal.Code.BAD_VALUE, "limit");
		assertRefused(get(null, "/api/rooms/general/messages?query=a"), Refusal.Code.BAD_VALUE, "query");
		assertRefused(get(null, "/api/rooms/general/messages?after=1&before=2"), Refusal.Code.BAD_VALUE, "after");
		assertThat(get(null, "/api/rooms/general/messages?before=x")).hasStatus(HttpStatus.BAD_REQUEST);
	}

	@Test
	void directWhenPartyThenHasTheConversation() {
		ChatFixture.done(this.fixture.chat.direct(ChatFixture.ANN, "bob", new Chat.Draft("psst", null, null)));
		assertThat(get(Users.user("bob"), "/api/direct/ann/messages")).bodyJson()
			.isStrictlyEqualTo(
					"""
							{"messages": [{"type": "direct", "id": 1, "sender": "ann", "to": "bob", "text": "psst", "sentAt": %d}]}"""
						.formatted(this.fixture.clock.millis()));
		assertThat(get(Users.user("eve"), "/api/direct/ann/messages")).bodyJson()
			.isStrictlyEqualTo("{\"messages\": []}");
		assertRefused(get(null, "/api/direct/ann/messages"), Refusal.Code.ACCESS_DENIED, "sign in");
	}

	private MockMvcRequestBuilder request(HttpMethod method, @Nullable Authentication user, String uri) {
		MockMvcRequestBuilder request = this.mvc.method(method).uri(uri);
		return (user != null) ? request.principal(user) : request;
	}

	private MvcTestResult exchange(HttpMethod method, @Nullable Authentication user, String uri,
			@Nullable String body) {
		MockMvcRequestBuilder request = request(method, user, uri);
		return ((body != null) ? request.contentType(MediaType.APPLICATION_JSON).content(body) : request).exchange();
	}

	private MvcTestResult get(@Nullable Authentication user, String uri) {
		return exchange(HttpMethod.GET, user, uri, null);
	}

	private MvcTestResult post(@Nullable Authentication user, String uri, String body) {
		return exchange(HttpMethod.POST, user, uri, body);
	}

	private MvcTestResult put(@Nullable Authentication user, String uri, @Nullable String body) {
		return exchange(HttpMethod.PUT, user, uri, body);
	}

	private MvcTestResult delete(@Nullable Authentication user, String uri) {
		return exchange(HttpMethod.DELETE, user, uri, null);
	}

	private static void assertRefused(MvcTestResult result, Refusal.Code code, String words) {
		assertThat(result.getUnresolvedException()).isNotNull();
		Refusal refusal = Refusal.of(result.getUnresolvedException());
		assertThat(refusal.code()).isEqualTo(code);
		assertThat(refusal.reason()).contains(words);
	}

}
