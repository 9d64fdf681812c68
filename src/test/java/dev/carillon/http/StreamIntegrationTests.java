package dev.carillon.http;

import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import dev.carillon.delivery.CloseCode;
import dev.carillon.delivery.Delivery;
import dev.carillon.security.Admissions;
import dev.carillon.support.http.Api;
import dev.carillon.support.http.EventStream;
import dev.carillon.support.http.RawHttp;
import dev.carillon.support.http.Service;
import dev.carillon.topic.Destination;
import dev.carillon.topic.Publication;
import dev.carillon.topic.Topics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class StreamIntegrationTests {

	private static Service service;

	private final Api api = service.api();

	@BeforeAll
	static void start() {
		service = Service.demo("carillon.http.heart-beat=300ms", "carillon.delivery.write-timeout=1s",
				"carillon.http.stream-topics=450", "carillon.limits.subscriptions-per-session=4",
				"carillon.limits.send-rate=0", "server.jetty.connection-idle-timeout=2s");
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	/** However a stream ended, its place is free again. */
	@AfterEach
	void nobodyIsCounted() {
		await().until(
				() -> service.bean(Admissions.class).count() == 0 && service.bean(Delivery.class).sessionCount() == 0);
	}

	private static void publish(String destination, String body) {
		service.bean(Topics.class).publish(Destination.of(destination), Publication.text(body));
	}

	@Test
	void streamWhenOpenThenHeadersAreForProxiesAndMessagesHavePositions() {
		try (EventStream stream = this.api.stream("destination=/topic/open.first")) {
			assertThat(stream.status()).isEqualTo(200);
			assertThat(stream.header("content-type")).startsWith("text/event-stream");
			assertThat(stream.header("cache-control")).isEqualTo("no-store");
			assertThat(stream.header("x-accel-buffering")).isEqualTo("no");
			assertThat(stream.next("placed").id()).endsWith("-0");
			String position = this.api.publish("/topic/open.first", "hello\nworld").text("position");
			EventStream.Event event = stream.message();
			assertThat(event.id()).isEqualTo(position);
			assertThat(event.body()).isEqualTo("hello\nworld");
			assertThat(event.json().path("position").asString()).isEqualTo(position);
		}
	}

	@Test
	void streamWhenPlacedThenSaysWhereInWhichDestination() {
		String position = this.api.publish("/topic/open.where", "one").text("position");
		try (EventStream stream = this.api
			.stream("destination=/topic/open.where&destination=/topic/open.other&after=" + position)) {
			EventStream.Event first = stream.next("placed");
			assertThat(first.json().path("destination").asString()).isEqualTo("/topic/open.where");
			assertThat(first.json().path("position").asString()).isEqualTo(position);
			assertThat(first.json().path("recovered").asBoolean(false)).isTrue();
			EventStream.Event second = stream.next("placed");
			assertThat(second.json().path("destination").asString()).isEqualTo("/topic/open.other");
			assertThat(second.json().path("recovered").asBoolean(true)).isFalse();
		}
	}

	@Test
	void streamWhenItMayNotWaitThenSaysWhereItStandsAndEnds() {
		String position = this.api.publish("/topic/open.look", "one").text("position");
		try (EventStream stream = this.api.stream("destination=/topic/open.look&wait=0")) {
			assertThat(stream.next("placed").json().path("position").asString()).isEqualTo(position);
			assertThat(stream.next("closed").json().path("code").asInt()).isEqualTo(1000);
		}
	}

	@Test
	void streamWhenItWaitsThenEndsAfterTheFirstMessages() {
		String query = "destination=/topic/open.turn.*&destination=/topic/open.turns&wait=60s";
		String last;
		try (EventStream stream = this.api.stream(query)) {
			stream.next("placed");
			stream.next("placed");
			publish("/topic/open.turn.a", "one");
			assertThat(stream.message().body()).isEqualTo("one");
			EventStream.Event closed = stream.next("closed");
			assertThat(closed.json().path("code").asInt()).isEqualTo(1000);
			last = closed.id();
		}
		publish("/topic/open.turn.b", "two");
		publish("/topic/open.turn.a", "three");
		List<String> bodies = new ArrayList<>();
		for (String from = last; bodies.size() < 2;) {
			try (EventStream stream = this.api.stream(query, "Last-Event-ID", from)) {
				EventStream.Event event = stream.message();
				for (; !event.name().equals("closed"); event = stream.any()) {
					// The second topic may be placed after the first message.
					if (event.name().equals("message")) {
						bodies.add(event.body());
					}
				}
				from = event.id();
			}
		}
		assertThat(bodies).containsExactlyInAnyOrder("two", "three");
	}

	@Test
	void streamWhenNothingComesWhileItWaitsThenEnds() {
		try (EventStream stream = this.api.stream("destination=/topic/open.vain&wait=100ms")) {
			stream.next("placed");
			assertThat(stream.next("closed").json().path("reason").asString()).isEqualTo("normal");
		}
	}

	@ParameterizedTest
	@CsvSource({ "61s", "-1", "soon" })
	void streamWhenWaitIsImpossibleThenRefused(String wait) {
		try (EventStream stream = this.api.stream("destination=/topic/open.wait&wait=" + wait)) {
			assertThat(stream.status()).isEqualTo(400);
		}
	}

	@Test
	void streamWhenSilentThenCommentsKeepItAliveBeyondTheIdleTimeout() {
		try (EventStream stream = this.api.stream("destination=/topic/open.silent")) {
			for (int i = 0; i < 12; i++) {
				stream.next("comment");
			}
			publish("/topic/open.silent", "still here");
			assertThat(stream.message().body()).isEqualTo("still here");
		}
	}

	@Test
	void streamWhenItComesBackThenResumesAfterLastEventId() {
		String last;
		try (EventStream stream = this.api.stream("destination=/topic/open.resume")) {
			stream.next("placed");
			publish("/topic/open.resume", "one");
			last = stream.message().id();
		}
		publish("/topic/open.resume", "two");
		publish("/topic/open.resume", "three");
		try (EventStream stream = this.api.stream("destination=/topic/open.resume", "Last-Event-ID", last)) {
			assertThat(stream.next("placed").json().path("recovered").asBoolean()).isTrue();
			assertThat(stream.message().body()).isEqualTo("two");
			assertThat(stream.message().body()).isEqualTo("three");
		}
		try (EventStream stream = this.api.stream("destination=/topic/open.resume&after=" + last)) {
			assertThat(stream.message().body()).isEqualTo("two");
		}
	}

	@Test
	void streamWhenPositionIsLostThenSaysSo() {
		try (EventStream stream = this.api.stream("destination=/topic/open.lost", "Last-Event-ID", "1-7")) {
			assertThat(stream.next("placed").json().path("recovered").asBoolean(true)).isFalse();
		}
		try (EventStream stream = this.api.stream("destination=/topic/short.lost")) {
			String start = stream.next("placed").id();
			stream.close();
			IntStream.range(0, 10).forEach((i) -> publish("/topic/short.lost", "m" + i));
			try (EventStream again = this.api.stream("destination=/topic/short.lost", "Last-Event-ID", start)) {
				assertThat(again.next("placed").json().path("recovered").asBoolean(true)).isFalse();
				EventStream.Event first = again.message();
				assertThat(first.body()).isEqualTo("m6");
				assertThat(first.json().path("missed").asString()).isEqualTo("1-6");
			}
		}
	}

	@Test
	void streamWhenSeveralTopicsThenOneIdResumesAll() {
		String query = "destination=/topic/open.sa&destination=/topic/open.sb";
		String last;
		try (EventStream stream = this.api.stream(query)) {
			stream.next("placed");
			stream.next("placed");
			publish("/topic/open.sa", "a1");
			stream.message();
			publish("/topic/open.sb", "b1");
			last = stream.message().id();
		}
		publish("/topic/open.sa", "a2");
		publish("/topic/open.sb", "b2");
		publish("/topic/open.sb", "b3");
		List<String> bodies = new ArrayList<>();
		try (EventStream stream = this.api.stream(query, "Last-Event-ID", last)) {
			IntStream.range(0, 3).forEach((_) -> bodies.add(stream.message().body()));
		}
		assertThat(bodies).containsExactlyInAnyOrder("a2", "b2", "b3").containsSubsequence("b2", "b3");
	}

	/** The ids of so many topics go back to the server in one header. */
	@Test
	void streamWhenPatternReachesHundredsOfTopicsThenResumesAll() {
		IntStream.range(0, 400).forEach((i) -> publish("/topic/open.many." + i, "first"));
		String query = "destination=/topic/open.many.*";
		String last;
		try (EventStream stream = this.api.stream(query)) {
			last = stream.next("placed").id();
			assertThat(last.split(",")).hasSize(400);
		}
		publish("/topic/open.many.7", "second");
		publish("/topic/open.many.new", "later topic");
		List<String> bodies = new ArrayList<>();
		try (EventStream stream = this.api.stream(query, "Last-Event-ID", last)) {
			assertThat(stream.status()).isEqualTo(200);
			IntStream.range(0, 2).forEach((_) -> bodies.add(stream.message().body()));
		}
		assertThat(bodies).containsExactlyInAnyOrder("second", "later topic");
		IntStream.range(400, 460).forEach((i) -> publish("/topic/open.many." + i, "first"));
		try (EventStream stream = this.api.stream(query)) {
			assertThat(stream.next("refused").data()).contains("carillon.http.stream-topics");
			stream.awaitEnd();
		}
	}

	@Test
	void streamWhenDestinationHasACommaThenItIsOneDestination() {
		try (EventStream stream = this.api.stream("destination=/topic/open.a,b")) {
			stream.next("placed");
			publish("/topic/open.a,b", "comma");
			assertThat(stream.message().json().path("destination").asString()).isEqualTo("/topic/open.a,b");
		}
	}

	@Test
	void streamWhenWildcardReachesWhatTheUserMayNotThenOnlyTheRestAlsoLater() {
		try (EventStream stream = this.api.stream("destination=/topic/*.secret")) {
			stream.next("placed");
			publish("/topic/members.secret", "for members");
			publish("/topic/scorers.secret", "for scorers");
			publish("/topic/open.secret", "for all");
			assertThat(stream.message().body()).isEqualTo("for all");
		}
		try (EventStream stream = service.api("alice").stream("destination=/topic/*.later")) {
			stream.next("placed");
			publish("/topic/scorers.later", "for scorers");
			publish("/topic/members.later", "for members");
			assertThat(stream.message().body()).isEqualTo("for members");
		}
	}

	@ParameterizedTest
	@CsvSource({ "'', 400, bad-value", "destination=, 400, bad-value",
			"destination=/topic/nowhere, 404, unknown-destination", "destination=/topic/members.x, 403, access-denied",
			"destination=/topic/members.*, 403, access-denied", "destination=/topic/short.*, 403, access-denied",
			"destination=/topic/nowhere.*.x, 404, unknown-destination",
			"destination=/topic/open.x&replay=-1, 400, bad-value", "destination=/topic/open.x&replay=x, 400, bad-value",
			"destination=/topic/open.x&after=here, 400, bad-value", "destination=/queue/x, 400, bad-value",
			"destination=/topic/open.%0Ax, 400, bad-value", "destination=/topic/open.**.x, 400, bad-value",
			"destination=/topic/open.{x}, 400, bad-value",
			"destination=/topic/open.a&destination=/topic/open.b&destination=/topic/open.c&destination=/topic/open.d&destination=/topic/open.e, 429, limit-reached" })
	void streamWhenItCannotBeThenProblemAlsoForAnEventSource(String query, int status, String code) {
		String encoded = query.replace("{", "%7B").replace("}", "%7D");
		this.api.get("/api/stream?" + encoded, "Accept", "text/event-stream").isProblem(status, code);
	}

	@Test
	void streamWhenLastEventIdIsGarbageThenProblem() {
		this.api.get("/api/stream?destination=/topic/open.x", "Last-Event-ID", "garbage").isProblem(400, "bad-value");
	}

	@Test
	void headWhenAskedThenHeadersWithoutAStream() {
		Api.Answer answer = this.api.method("HEAD", "/api/stream?destination=/topic/open.head");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header("content-type")).startsWith("text/event-stream");
		assertThat(service.bean(Delivery.class).sessionCount()).isZero();
	}

	@Test
	void streamWhenSessionIsClosedThenSaysWhyAndEnds() {
		try (EventStream stream = this.api.stream("destination=/topic/open.closed")) {
			stream.next("placed");
			Delivery delivery = service.bean(Delivery.class);
			delivery.close(delivery.sessions((_) -> true, 1).join().getFirst().id(), CloseCode.OPERATOR).join();
			assertThat(stream.next("closed").json().path("code").asInt()).isEqualTo(CloseCode.OPERATOR.number());
			stream.awaitEnd();
		}
	}

	/** Nothing is written but heart-beats, which find out. */
	@Test
	void streamWhenClientVanishesThenItsPlaceIsFreeAgain() throws Exception {
		try (Socket socket = RawHttp.open(service)) {
			socket.setSoLinger(true, 0);
			open(socket, "/topic/open.vanish");
		}
	}

	private static void open(Socket socket, String destination) throws Exception {
		socket.getOutputStream()
			.write(("GET /api/stream?destination=" + destination + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes());
		await().until(() -> service.bean(Delivery.class).sessionCount() == 1);
	}

	@Test
	void streamWhenClientStopsReadingThenClosedAfterTheWriteTimeout() throws Exception {
		try (Socket socket = RawHttp.open(service)) {
			open(socket, "/topic/open.stalled");
			String large = "x".repeat(500_000);
			IntStream.range(0, 40).forEach((_) -> publish("/topic/open.stalled", large));
			await().until(() -> service.bean(Admissions.class).count() == 0);
		}
	}

}
