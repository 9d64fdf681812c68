package dev.carillon.presence;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.carillon.delivery.Delivery;
import dev.carillon.support.RawStomp;
import dev.carillon.support.http.EventStream;
import dev.carillon.support.http.Service;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Presence of real connections, which end in different ways.
 */
class PresenceIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static Service service;

	private static int rooms;

	private final String room = "room" + ++rooms;

	@BeforeAll
	static void start() {
		service = Service.demo("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
				"carillon.stocks.simulator.rate=0.001", "carillon.scores.simulator.enabled=false",
				"carillon.stomp.heart-beat-receive=500ms", "carillon.presence.interval=20ms",
				"carillon.http.heart-beat=300ms");
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	/** Bob, who watches who is in a new room and is in it himself. */
	private RawStomp watcher() {
		assertThat(service.api("bob").post("/api/rooms", "{\"name\":\"%s\"}".formatted(this.room)).status())
			.isEqualTo(201);
		RawStomp bob = RawStomp.user(service.port(), "bob");
		bob.subscribe("presence", "/topic/presence.chat." + this.room);
		bob.subscribe("room", "/topic/chat." + this.room);
		assertThat(names(awaitAttendance(bob), "users")).containsExactly("bob");
		return bob;
	}

	private RawStomp enter(String user, String... headers) {
		RawStomp client = RawStomp.user(service.port(), user, headers);
		client.subscribe("room", "/topic/chat." + this.room);
		return client;
	}

	private static JsonNode awaitAttendance(RawStomp client) {
		return JsonMapper.shared().readTree(client.message().text());
	}

	private static List<String> names(JsonNode attendance, String field) {
		return attendance.path(field).valueStream().map(JsonNode::asString).toList();
	}

	private static void assertJoined(RawStomp watcher, String user) {
		JsonNode attendance = awaitAttendance(watcher);
		assertThat(names(attendance, "joined")).containsExactly(user);
		assertThat(names(attendance, "left")).isEmpty();
	}

	private static void assertLeft(RawStomp watcher, String user) {
		JsonNode attendance = awaitAttendance(watcher);
		assertThat(names(attendance, "left")).containsExactly(user);
		assertThat(names(attendance, "users")).containsExactly("bob");
	}

	private static void awaitSessions(String user, int count) {
		await().atMost(PATIENCE)
			.until(() -> service.bean(Delivery.class)
				.sessions((session) -> user.equals(session.user()), 100)
				.join()
				.size() == count);
	}

	@Test
	void cutWhenOnePersonHasTwoConnectionsThenTheyLeaveWithTheLast() {
		try (RawStomp bob = watcher(); RawStomp phone = enter("alice")) {
			assertJoined(bob, "alice");
			RawStomp laptop = enter("alice");
			awaitSessions("alice", 2);
			laptop.socket().reset();
			awaitSessions("alice", 1);
			phone.socket().close();
			assertLeft(bob, "alice");
		}
	}

	@Test
	void unsubscribeWhenLastSubscriptionOfTheRoomThenTheyLeaveAndStayConnected() {
		try (RawStomp bob = watcher(); RawStomp alice = enter("alice")) {
			assertJoined(bob, "alice");
			alice.confirmed("UNSUBSCRIBE", "id:room");
			assertLeft(bob, "alice");
			alice.subscribe("room", "/topic/chat." + this.room);
			assertJoined(bob, "alice");
		}
	}

	@Test
	void disconnectWhenSaidThenTheyLeave() {
		try (RawStomp bob = watcher(); RawStomp alice = enter("alice")) {
			assertJoined(bob, "alice");
			alice.confirmed("DISCONNECT");
			assertLeft(bob, "alice");
		}
	}

	/** The socket stays open, as when a phone has lost its network without a word. */
	@Test
	void silenceWhenHeartBeatsWerePromisedThenTheyLeave() {
		try (RawStomp bob = watcher(); RawStomp alice = enter("alice", "heart-beat:500,0")) {
			assertJoined(bob, "alice");
			assertLeft(bob, "alice");
			assertThat(alice.closed()).isEqualTo(4001);
		}
	}

	@Test
	void streamWhenItFollowsTheRoomThenPresentUntilItEnds() {
		try (RawStomp bob = watcher()) {
			try (EventStream stream = service.api("alice").stream("destination=/topic/chat." + this.room)) {
				stream.next("placed");
				assertJoined(bob, "alice");
			}
			assertLeft(bob, "alice");
		}
	}

	@Test
	void guestsWhenTheyComeThenAreCounted() {
		try (RawStomp bob = watcher()) {
			try (RawStomp guest = RawStomp.guest(service.port())) {
				guest.subscribe("room", "/topic/chat." + this.room);
				JsonNode attendance = awaitAttendance(bob);
				assertThat(attendance.path("count").asInt()).isEqualTo(2);
				assertThat(attendance.path("guests").asInt()).isEqualTo(1);
				assertThat(names(attendance, "users")).containsExactly("bob");
			}
			assertThat(awaitAttendance(bob).path("guests").asInt()).isZero();
		}
	}

}
