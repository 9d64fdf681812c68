package dev.carillon.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.carillon.support.http.Api;
import dev.carillon.support.http.EventStream;
import dev.carillon.support.http.Service;
import dev.carillon.support.http.WsClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Each key of {@code carillon.limits}, by each way a client can meet it: what refuses
 * names the key and its value.
 */
class EachLimitIntegrationTests {

	private static final String SEND = "destination:/topic/open.limits";

	private static Service service;

	private static Service lifted;

	@BeforeAll
	static void start() {
		service = Service.demo("spring.datasource.url=jdbc:h2:mem:each-limit;DB_CLOSE_DELAY=-1",
				"carillon.stocks.simulator.rate=0.001", "carillon.scores.simulator.enabled=false",
				"carillon.limits.sessions=4", "carillon.limits.sessions-per-address=3",
				"carillon.limits.sessions-per-user=2", "carillon.limits.tickets-per-user=2",
				"carillon.limits.subscriptions-per-session=2", "carillon.limits.frame-size=3KB",
				"carillon.limits.headers=9", "carillon.limits.header-size=500B", "carillon.limits.send-rate=5",
				"carillon.limits.transaction-size=2", "carillon.limits.transaction-bytes=4KB",
				"carillon.limits.transactions=1", "carillon.limits.failed-logins=2",
				"carillon.limits.connect-timeout=300ms", "carillon.http.heart-beat=200ms");
		lifted = Service.demo("spring.datasource.url=jdbc:h2:mem:lifted;DB_CLOSE_DELAY=-1",
				"carillon.stocks.simulator.rate=0.001", "carillon.scores.simulator.enabled=false",
				"carillon.limits.sessions=0", "carillon.limits.sessions-per-address=0",
				"carillon.limits.sessions-per-user=0", "carillon.limits.tickets-per-user=0",
				"carillon.limits.subscriptions-per-session=0", "carillon.limits.frame-size=0",
				"carillon.limits.headers=0", "carillon.limits.header-size=0", "carillon.limits.send-rate=0",
				"carillon.limits.transaction-size=0", "carillon.limits.transaction-bytes=0",
				"carillon.limits.transactions=0", "carillon.limits.failed-logins=0",
				"carillon.limits.connect-timeout=0");
	}

	@AfterAll
	static void stop() {
		service.close();
		lifted.close();
	}

	@AfterEach
	void nobodyIsCounted() {
		await().until(() -> service.bean(Admissions.class).count() == 0);
	}

	private static void assertNames(String text, String key, int value) {
		assertThat(text).contains("carillon.limits." + key + " ").containsPattern("\\b" + value + "\\b");
	}

	private static void subscribe(WsClient client, int count) {
		IntStream.range(0, count).forEach((i) -> client.send("SUBSCRIBE", "", "id:" + i, "destination:/topic/open.s"));
	}

	/** In one WebSocket message, so that all have left before an answer comes. */
	private static void publish(WsClient client, int count, String body, String... lines) {
		String[] all = Stream.concat(Stream.of(SEND), Stream.of(lines)).toArray(String[]::new);
		String more = "\0SEND\n" + String.join("\n", all) + "\n\n" + body;
		client.send("SEND", body + more.repeat(count - 1), all);
	}

	private static void begin(WsClient client, String name) {
		client.send("BEGIN", "", "transaction:" + name);
	}

	private static String[] headers(int count, int length) {
		return IntStream.range(0, count).mapToObj((i) -> "h" + i + ":" + "x".repeat(length)).toArray(String[]::new);
	}

	private static Arguments frames(String key, int value, int closeCode, Consumer<WsClient> excess) {
		return Arguments.of(key, value, closeCode, excess);
	}

	/** What makes a session go beyond a limit with SEND and SUBSCRIBE. */
	static Stream<Arguments> softLimits() {
		return Stream.of(frames("subscriptions-per-session", 2, 1008, (client) -> subscribe(client, 3)),
				frames("send-rate", 5, 1008, (client) -> publish(client, 100, "x")),
				frames("transaction-size", 2, 1008, (client) -> {
					begin(client, "t");
					publish(client, 3, "x", "transaction:t");
				}), frames("transaction-bytes", 4096, 1008, (client) -> {
					begin(client, "t");
					publish(client, 2, "x".repeat(2500), "transaction:t");
				}));
	}

	/** With other frames, or with frames whose end nobody can know. */
	static Stream<Arguments> hardLimits() {
		return Stream.of(frames("transactions", 1, 1008, (client) -> {
			begin(client, "one");
			begin(client, "two");
		}), frames("frame-size", 3072, 1009, (client) -> publish(client, 1, "x".repeat(4000))),
				frames("headers", 9, 1009, (client) -> publish(client, 1, "", headers(9, 1))),
				frames("header-size", 500, 1009, (client) -> publish(client, 1, "", headers(5, 100))));
	}

	@ParameterizedTest
	@MethodSource({ "softLimits", "hardLimits" })
	void limitWhenReachedThenErrorNamesItAndTheConnectionEnds(String key, int value, int closeCode,
			Consumer<WsClient> excess) {
		try (WsClient client = WsClient.connect(service); WsClient other = WsClient.connect(service)) {
			other.subscribe("s", "/topic/open.other");
			excess.accept(client);
			WsClient.Frame error = client.next("ERROR");
			assertNames(error.header("message"), key, value);
			assertThat(error.header("code")).isIn("limit-reached", "rate-limited", "too-large");
			assertThat(error.header("fatal")).isNull();
			assertThat(client.closeCode()).isEqualTo(closeCode);
			other.send("SEND", "untouched", "destination:/topic/open.other");
			assertThat(other.next("MESSAGE").body()).isEqualTo("untouched");
		}
	}

	@ParameterizedTest
	@MethodSource("softLimits")
	void limitWhenReachedAndErrorsAreSoftThenErrorNamesItAndTheConnectionStays(String key, int value, int closeCode,
			Consumer<WsClient> excess) {
		try (WsClient client = WsClient.connect(service, "soft-errors:true")) {
			excess.accept(client);
			WsClient.Frame error = client.next("ERROR");
			assertNames(error.header("message"), key, value);
			assertThat(error.header("fatal")).isEqualTo("false");
			client.send("DISCONNECT", "", "receipt:bye");
			while (error.command().equals("ERROR")) {
				error = firstOf(client, "ERROR", "RECEIPT");
			}
			assertThat(error.header("receipt-id")).isEqualTo("bye");
			assertThat(client.closeCode()).as("instead of %d", closeCode).isEqualTo(1000);
		}
	}

	private static WsClient.Frame firstOf(WsClient client, String... commands) {
		try {
			WsClient.Frame frame = client.unread().poll(30, TimeUnit.SECONDS);
			assertThat(frame).isNotNull().extracting(WsClient.Frame::command).isIn((Object[]) commands);
			return frame;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@ParameterizedTest
	@MethodSource({ "softLimits", "hardLimits" })
	void limitWhenLiftedThenNotReached(String key, int value, int closeCode, Consumer<WsClient> excess) {
		try (WsClient client = WsClient.connect(lifted)) {
			switch (key) {
				// Beyond the defaults, which would hold otherwise.
				case "subscriptions-per-session" -> subscribe(client, 300);
				case "send-rate" -> publish(client, 2000, "x");
				case "transactions" -> IntStream.range(0, 20).forEach((i) -> begin(client, "t" + i));
				case "transaction-size" -> {
					begin(client, "t");
					publish(client, 150, "x", "transaction:t");
				}
				case "transaction-bytes" -> {
					begin(client, "t");
					publish(client, 20, "x".repeat(100_000), "transaction:t");
				}
				case "frame-size" -> publish(client, 2, "x".repeat(400_000));
				case "headers" -> publish(client, 1, "", headers(200, 1));
				case "header-size" -> publish(client, 1, "", headers(10, 10_000));
				default -> throw new IllegalArgumentException(key);
			}
			client.send("DISCONNECT", "", "receipt:bye");
			assertThat(client.next("RECEIPT").header("receipt-id")).isEqualTo("bye");
			assertThat(client.closeCode()).as("instead of %d", closeCode).isEqualTo(1000);
		}
	}

	@Test
	void connectTimeoutWhenReachedThenErrorNamesIt() {
		try (WsClient client = WsClient.open(service, "/ws")) {
			WsClient.Frame error = client.next("ERROR");
			assertNames(error.header("message"), "connect-timeout", 300);
			assertThat(error.header("code")).isEqualTo("limit-reached");
			assertThat(client.closeCode()).isEqualTo(4003);
		}
	}

	@Test
	void failedLoginsWhenReachedThenErrorAndProblemNameIt() {
		for (int i = 0; i < 2; i++) {
			try (WsClient client = WsClient.open(service, "/ws")) {
				client.sendConnect("login:bob", "passcode:wrong");
				assertThat(client.next("ERROR").header("code")).isEqualTo("login-failed");
			}
		}
		try (WsClient client = WsClient.open(service, "/ws")) {
			client.sendConnect("login:bob", "passcode:bob");
			WsClient.Frame error = client.next("ERROR");
			assertNames(error.header("message"), "failed-logins", 2);
			assertThat(client.closeCode()).isEqualTo(1008);
		}
		assertNames(service.api("bob").get("/api/session").isProblem(429, "rate-limited").text("detail"),
				"failed-logins", 2);
	}

	@Test
	void failedLoginsWhenLiftedThenNeverPaused() {
		for (int i = 0; i < 12; i++) {
			lifted.authorized(Api.basic("bob", "wrong")).get("/api/session").isProblem(401, "login-failed");
		}
		assertThat(lifted.api("bob").get("/api/session").text("user")).isEqualTo("bob");
	}

	// By HTTP

	@Test
	void subscriptionsWhenAStreamHasTooManyThenProblemNamesTheLimit() {
		assertNames(service.api()
			.get("/api/stream?destination=/topic/open.a&destination=/topic/open.b&destination=/topic/open.c")
			.isProblem(429, "limit-reached")
			.text("detail"), "subscriptions-per-session", 2);
	}

	@Test
	void publishWhenALimitIsReachedThenProblemNamesIt() {
		Api api = service.api("alice");
		String one = "{\"destination\":\"/topic/open.limits\",\"body\":\"x\"}";
		String many = "[" + String.join(",", IntStream.range(0, 50).mapToObj((_) -> one).toList()) + "]";
		assertNames(api.post("/api/publish", many).isProblem(429, "rate-limited").text("detail"), "send-rate", 5);
		await().until(() -> api.post("/api/publish", one).status() == 200);
		assertNames(published(10, 1).text("detail"), "headers", 9);
		assertNames(published(5, 150).text("detail"), "header-size", 500);
	}

	private static Api.Answer published(int headers, int length) {
		String[] lines = headers(headers, length);
		String json = String.join(",",
				Stream.of(lines).map((line) -> "\"" + line.replace(":", "\":\"") + "\"").toList());
		return service.api("scorer")
			.post("/api/publish", "{\"destination\":\"/topic/open.limits\",\"body\":\"x\",\"headers\":{" + json + "}}")
			.isProblem(413, "too-large");
	}

	@Test
	void ticketsWhenUserHasEnoughThenProblemNamesTheLimit() {
		Api api = service.api("operator");
		String first = api.ticket();
		api.ticket();
		Api.Answer refused = api.post("/api/tickets", "").isProblem(429, "limit-reached");
		assertNames(refused.text("detail"), "tickets-per-user", 2);
		assertThat(refused.header("retry-after")).isNotNull();
		try (WsClient client = WsClient.open(service, "/ws?ticket=" + first)) {
			client.connectWith();
			api.ticket();
		}
	}

	@Test
	void ticketsWhenLiftedThenAnyNumber() {
		// More than the default.
		String cookie = PageCookies.of(lifted, "alice");
		assertThat(IntStream.range(0, 60)
			.mapToObj((_) -> lifted.api().ticket("Cookie", cookie, "X-XSRF-TOKEN", PageCookies.csrf(cookie)))
			.toList()).doesNotHaveDuplicates();
	}

	// Sessions

	/** An answer to a request from an address of this machine, when it has come. */
	private static CompletableFuture<HttpResponse<String>> from(String address, String path) {
		try {
			HttpClient client = HttpClient.newBuilder().localAddress(InetAddress.getByName(address)).build();
			return client.sendAsync(HttpRequest.newBuilder(service.uri(path)).build(),
					HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void assertProblem(String address, String path, String key, int value) {
		HttpResponse<String> answer = from(address, path).join();
		assertThat(answer.statusCode()).isEqualTo(429);
		assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
		assertThat(answer.body()).contains("limit-reached");
		assertNames(answer.body(), key, value);
	}

	private static final List<String> OPENING = List.of("/ws", "/sockjs/000/abcdefgh/eventsource",
			"/api/stream?destination=/topic/open.full", "/api/messages?destination=/topic/open.full&wait=20s");

	@Test
	void sessionsWhenAddressOrInstanceIsFullThenProblemNamesTheLimit() {
		Admissions admissions = service.bean(Admissions.class);
		List<WsClient> clients = new ArrayList<>();
		try {
			for (int i = 0; i < 3; i++) {
				clients.add(WsClient.connect(service));
			}
			OPENING.forEach((path) -> assertProblem("127.0.0.1", path, "sessions-per-address", 3));
			CompletableFuture<?> fourth = from("127.0.0.2", "/api/messages?destination=/topic/open.full&wait=20s");
			await().until(() -> admissions.count() == 4);
			OPENING.forEach((path) -> assertProblem("127.0.0.3", path, "sessions", 4));
			service.api().publish("/topic/open.full", "done");
			fourth.join();
		}
		finally {
			clients.forEach(WsClient::close);
		}
	}

	@Test
	void sessionsWhenUserHasEnoughThenErrorOrProblemNamesTheLimit() {
		String[] alice = { "login:alice", "passcode:alice" };
		Api api = service.api("alice");
		try (WsClient _ = WsClient.connect(service, alice);
				EventStream stream = api.stream("destination=/topic/open.full")) {
			stream.next("placed");
			try (WsClient third = WsClient.open(service, "/ws")) {
				third.sendConnect(alice);
				WsClient.Frame error = third.next("ERROR");
				assertThat(error.header("code")).isEqualTo("limit-reached");
				assertNames(error.header("message"), "sessions-per-user", 2);
				assertThat(third.closeCode()).isEqualTo(1008);
			}
			await().until(() -> service.bean(Admissions.class).count() == 2);
			for (String path : List.of("/ws?ticket=" + api.ticket(), OPENING.get(2), OPENING.get(3))) {
				assertNames(api.get(path).isProblem(429, "limit-reached").text("detail"), "sessions-per-user", 2);
			}
		}
	}

}
