package dev.carillon.chat;

import java.net.http.HttpRequest;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import dev.carillon.security.Admissions;
import dev.carillon.support.RawStomp;
import dev.carillon.support.RawStomp.Answer;
import dev.carillon.support.http.Api;
import dev.carillon.support.http.EventStream;
import dev.carillon.support.http.Service;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What happens to those who follow a room when they may not read it any more, however
 * they are connected. Bob is the one who is sent away; demo stays.
 */
class RoomAccessIntegrationTests {

	private static final String LATER = "for those who stayed";

	private static Service service;

	private static int rooms;

	private final Api alice = service.api("alice");

	private String room;

	@BeforeAll
	static void start() {
		service = Service.demo("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
				"carillon.stocks.simulator.rate=0.001", "carillon.scores.simulator.enabled=false",
				"carillon.topics.chat.wildcards=true", "carillon.presence.interval=10ms",
				"carillon.http.heart-beat=300ms");
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@BeforeEach
	void createRoom() {
		this.room = "room" + ++rooms;
		assertThat(
				this.alice.post("/api/rooms", "{\"name\":\"%s\",\"access\":\"members\"}".formatted(this.room)).status())
			.isEqualTo(201);
		put("bob");
		put("demo");
	}

	private void put(String member) {
		assertThat(this.alice.method("PUT", "/api/rooms/" + this.room + "/members/" + member).status()).isEqualTo(200);
	}

	private void sendAway(String member) {
		assertThat(this.alice.method("DELETE", "/api/rooms/" + this.room + "/members/" + member).status())
			.isEqualTo(204);
	}

	private void say(String text) {
		assertThat(
				this.alice.post("/api/rooms/" + this.room + "/messages", "{\"text\":\"%s\"}".formatted(text)).status())
			.isEqualTo(201);
	}

	private String topic() {
		return "/topic/chat." + this.room;
	}

	@Test
	void removeMemberWhenPlainClientThenErrorSaysWhyAndTheConnectionEnds() {
		try (RawStomp bob = RawStomp.user(service.port(), "bob");
				RawStomp demo = RawStomp.user(service.port(), "demo")) {
			bob.subscribe("1", topic());
			demo.subscribe("1", topic());
			say("before");
			assertThat(bob.message().text()).contains("before");
			sendAway("bob");
			say(LATER);
			Answer error = bob.error();
			assertThat(error.header("code")).isEqualTo("access-denied");
			assertThat(error.header("message"))
				.isEqualTo("bob may not follow " + topic() + " any more: the rule of chat is subscribe: rule:room");
			assertThat(error.header("subscription")).isEqualTo("1");
			assertThat(error.header("destination")).isEqualTo(topic());
			assertThat(bob.closed()).isEqualTo(1008);
			assertThat(bob.unread()).isEmpty();
			assertThat(demo.bodies(2)).last().asString().contains(LATER);
		}
	}

	@Test
	void removeMemberWhenSoftErrorsThenEverythingOfTheRoomEndsAndTheConnectionGoesOn() {
		try (RawStomp bob = RawStomp.user(service.port(), "bob", "soft-errors:true")) {
			bob.subscribe("talk", topic(), "ack:client-individual");
			bob.subscribe("typing", "/topic/typing." + this.room);
			bob.subscribe("presence", "/topic/presence.chat." + this.room);
			bob.subscribe("other", "/topic/chat.general");
			say("before");
			Answer message = awaitMessage(bob, "talk");
			sendAway("bob");
			say(LATER);
			assertThat(new String[] { lost(bob), lost(bob), lost(bob) }).containsExactlyInAnyOrder("talk", "typing",
					"presence");
			bob.confirmed("ACK", "id:" + message.header("ack"));
			bob.confirmed("UNSUBSCRIBE", "id:talk");
			bob.send("SUBSCRIBE", "id:typing", "destination:" + topic(), "receipt:r");
			Answer refused = bob.error();
			assertThat(refused.header("receipt-id")).isEqualTo("r");
			assertThat(refused.header("code")).isEqualTo("access-denied");
			bob.subscribe("presence", "/topic/open.same-id");
			assertThat(this.alice.post("/api/rooms/general/messages", "{\"text\":\"in general\"}").status())
				.isEqualTo(201);
			assertThat(awaitMessage(bob, "other").text()).contains("in general");
			assertThat(bob.unread()).noneMatch((frame) -> frame.text().contains(LATER));
		}
	}

	@Test
	void putMemberWhenSentAwayBeforeThenMaySubscribeAgainUnderTheSameId() {
		try (RawStomp bob = RawStomp.user(service.port(), "bob", "soft-errors:true")) {
			bob.subscribe("1", topic());
			sendAway("bob");
			assertThat(lost(bob)).isEqualTo("1");
			put("bob");
			bob.subscribe("1", topic());
			say("welcome back");
			assertThat(bob.message().text()).contains("welcome back");
		}
	}

	@Test
	void removeMemberWhenWildcardThenOnlyThatRoomEnds() {
		try (RawStomp bob = RawStomp.user(service.port(), "bob", "soft-errors:true")) {
			bob.subscribe("all", "/topic/chat.*");
			say("before");
			assertThat(bob.message().text()).contains("before");
			sendAway("bob");
			say(LATER);
			Answer error = bob.error();
			assertThat(error.header("subscription")).isEqualTo("all");
			assertThat(error.header("destination")).isEqualTo(topic());
			assertThat(error.header("fatal")).isEqualTo("false");
			assertThat(this.alice.post("/api/rooms/general/messages", "{\"text\":\"in general\"}").status())
				.isEqualTo(201);
			assertThat(bob.message().text()).contains("in general");
		}
	}

	@Test
	void removeMemberWhenEventStreamThenRefusedAndClosed() {
		try (EventStream bob = service.api("bob").stream("destination=" + topic());
				EventStream demo = service.api("demo").stream("destination=" + topic())) {
			bob.next("placed");
			demo.next("placed");
			sendAway("bob");
			say(LATER);
			EventStream.Event event = bob.any();
			while (event.name().equals("comment")) {
				event = bob.any();
			}
			assertThat(event.name()).isEqualTo("refused");
			JsonNode refused = event.json();
			assertThat(refused.path("code").asString()).isEqualTo("access-denied");
			assertThat(refused.path("detail").asString()).contains("bob", topic(), "rule:room");
			assertThat(bob.next("closed").json().path("code").asInt()).isEqualTo(1008);
			bob.awaitEnd();
			assertThat(demo.message().body()).contains(LATER);
		}
		service.api("bob").get("/api/stream?destination=" + topic()).isProblem(403, "access-denied");
	}

	@Test
	void removeMemberWhenLongPollThenAnsweredWithAProblemAtOnce() {
		String path = "/api/messages?destination=" + topic() + "&after=";
		String start = service.api("bob").get(path).text("next");
		CompletableFuture<Api.Answer> bob = service.api("bob").getLater(path + start + "&wait=50s");
		CompletableFuture<Api.Answer> demo = service.api("demo").getLater(path + start + "&wait=50s");
		await().until(() -> service.bean(Admissions.class).count() == 2);
		sendAway("bob");
		Api.Answer refused = bob.join().isProblem(403, "access-denied");
		assertThat(refused.text("detail")).contains("bob", topic(), "rule:room");
		assertThat(demo).isNotDone();
		say(LATER);
		assertThat(demo.join().json().path("messages").path(0).path("body").asString()).contains(LATER);
	}

	@Test
	void describeWhenPublicRoomIsClosedThenGuestsAndOthersLoseIt() {
		String patch = "{\"access\":\"%s\"}";
		assertThat(patch(patch.formatted("public"))).isEqualTo(200);
		try (RawStomp guest = RawStomp.guest(service.port());
				RawStomp operator = RawStomp.user(service.port(), "operator");
				RawStomp bob = RawStomp.user(service.port(), "bob")) {
			guest.subscribe("1", topic());
			operator.subscribe("1", topic());
			bob.subscribe("1", topic());
			assertThat(patch(patch.formatted("members"))).isEqualTo(200);
			say(LATER);
			assertThat(guest.error().header("code")).isEqualTo("access-denied");
			assertThat(operator.error().header("code")).isEqualTo("access-denied");
			assertThat(guest.closed()).isEqualTo(1008);
			assertThat(bob.message().text()).contains(LATER);
		}
	}

	@Test
	void removeMemberWhenTheirOwnSessionsAreManyThenAllOfThemLoseTheRoom() {
		try (RawStomp phone = RawStomp.user(service.port(), "bob");
				RawStomp laptop = RawStomp.user(service.port(), "bob", "soft-errors:true")) {
			phone.subscribe("1", topic());
			laptop.subscribe("1", topic());
			assertThat(service.api("bob").method("DELETE", "/api/rooms/" + this.room + "/members/bob").status())
				.isEqualTo(204);
			assertThat(phone.closed()).isEqualTo(1008);
			assertThat(lost(laptop)).isEqualTo("1");
		}
	}

	/** The demo user with the role ADMIN, who is no member of the room. */
	@Test
	void moderateWhenAdminThenSeesAndModeratesEveryRoom() {
		Api moderator = service.api("moderator");
		assertThat(moderator.get("/api/rooms").json().valueStream().map((one) -> one.path("name").asString()))
			.contains(this.room);
		try (RawStomp client = RawStomp.user(service.port(), "moderator")) {
			client.subscribe("1", topic());
			assertThat(service.api("bob")
				.post("/api/rooms/" + this.room + "/messages", "{\"text\":\"something rude\"}")
				.status()).isEqualTo(201);
			String said = client.message().text();
			assertThat(said).contains("something rude");
			long id = moderator.get("/api/rooms/" + this.room + "/messages").json().at("/messages/0/id").asLong();
			command(client, "delete", "{\"id\":" + id + "}");
			assertThat(client.message().text()).contains("\"deleted\"", "\"by\":\"moderator\"")
				.doesNotContain("something rude");
			command(client, "mute", "{\"user\":\"bob\",\"seconds\":60}");
			Api.Answer refused = service.api("bob").post("/api/rooms/" + this.room + "/messages", "{\"text\":\"x\"}");
			assertThat(refused.isProblem(403, "access-denied").text("detail")).contains("muted");
			command(client, "slow", "{\"seconds\":30}");
			assertThat(moderator.get("/api/rooms/" + this.room).json().path("slowSeconds").asInt()).isEqualTo(30);
		}
		assertThat(moderator.method("DELETE", "/api/rooms/" + this.room + "/members/bob").status()).isEqualTo(204);
	}

	private void command(RawStomp client, String command, String body) {
		client.published("/app/chat." + this.room + "." + command, body, "content-type:application/json");
	}

	private int patch(String body) {
		return this.alice
			.send(this.alice.request("/api/rooms/" + this.room)
				.header("Content-Type", "application/json")
				.method("PATCH", HttpRequest.BodyPublishers.ofString(body)))
			.status();
	}

	/** The subscription that an ERROR says has ended. */
	private static String lost(RawStomp client) {
		Answer error = client.error();
		assertThat(error.header("code")).isEqualTo("access-denied");
		assertThat(error.header("fatal")).isEqualTo("false");
		return error.header("subscription");
	}

	private static Answer awaitMessage(RawStomp client, String subscription) {
		Answer message = client.message();
		while (!message.header("subscription").equals(subscription)) {
			message = client.message();
		}
		return message;
	}

}
