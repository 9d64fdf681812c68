package dev.carillon.security;

import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.carillon.support.http.Api;
import dev.carillon.support.http.EventStream;
import dev.carillon.support.http.Issuer;
import dev.carillon.support.http.RawHttp;
import dev.carillon.support.http.Service;
import dev.carillon.support.http.WsClient;
import dev.carillon.topic.Destination;
import dev.carillon.topic.Publication;
import dev.carillon.topic.Topics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tokens of a real issuer, without leeway so that an end can be waited for.
 */
class BearerTokensIntegrationTests {

	private static Issuer issuer;

	private static Service service;

	@BeforeAll
	static void start() {
		issuer = Issuer.start();
		service = Service.start("production", "spring.security.oauth2.resourceserver.jwt.issuer-uri=" + issuer.uri(),
				"spring.security.oauth2.resourceserver.jwt.audiences=carillon", "carillon.security.token-leeway=0s",
				"carillon.security.token-warning=60s", "server.address=127.0.0.1", "carillon.limits.send-rate=0",
				"carillon.topics.b-mixed.pattern=/topic/mixed.{name}", "carillon.topics.b-mixed.subscribe=role:SCORER",
				"carillon.topics.b-mixed.wildcards=true", "carillon.topics.b-gain.pattern=/topic/gain.{name}",
				"carillon.topics.b-gain.subscribe=role:SCORER", "carillon.topics.b-gain.wildcards=true",
				"carillon.topics.b-gain-public.pattern=/topic/gain.public",
				"carillon.topics.b-gain-public.subscribe=anyone", "carillon.topics.b-gain-public.wildcards=true",
				"carillon.topics.b-public.pattern=/topic/mixed.public", "carillon.topics.b-public.subscribe=anyone",
				"carillon.topics.b-public.wildcards=true");
	}

	@AfterAll
	static void stop() {
		service.close();
		issuer.close();
	}

	static Stream<Map.Entry<String, String>> badTokens() {
		Map<String, String> tokens = new LinkedHashMap<>();
		Instant past = Instant.now().minusSeconds(5);
		tokens.put("wrong audience", issuer.sign(issuer.claims("eve").audience("other").build()));
		tokens.put("no audience", issuer.sign(issuer.claims("eve").audience(List.of()).build()));
		tokens.put("wrong issuer", issuer.sign(issuer.claims("eve").issuer("http://127.0.0.1:1").build()));
		tokens.put("wrong key", issuer.forge(issuer.claims("eve").build()));
		tokens.put("alg none", Issuer.unsigned(issuer.claims("eve").build()));
		tokens.put("HS256 with the public key", issuer.confused(issuer.claims("eve").build()));
		tokens.put("expired", issuer.token("eve", past));
		tokens.put("not yet valid",
				issuer.sign(issuer.claims("eve").notBeforeTime(Date.from(Instant.now().plusSeconds(300))).build()));
		tokens.put("no user", issuer.sign(issuer.claims(null).build()));
		tokens.put("name of a guest", issuer.sign(issuer.claims("guest-7").build()));
		tokens.put("name with line ends", issuer.sign(issuer.claims("eve\r\nuser-name:alice").build()));
		tokens.put("name with NUL", issuer.sign(issuer.claims("eve\0").build()));
		tokens.put("long name", issuer.sign(issuer.claims("e".repeat(101)).build()));
		tokens.put("garbage", "garbage");
		tokens.put("altered", issuer.token("eve") + "A");
		return tokens.entrySet().stream();
	}

	@ParameterizedTest
	@MethodSource("badTokens")
	void connectWhenTokenIsBadThenRefusedEverywhere(Map.Entry<String, String> token) {
		String header = "Bearer " + token.getValue();
		Api.Answer http = service.authorized(header).get("/api/messages?destination=/topic/open.x");
		http.isProblem(401, "login-failed");
		assertThat(http.raw().body()).doesNotContain(token.getValue());
		String handshake = RawHttp.exchange(service, "GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n"
				+ "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
				+ "Authorization: " + header + "\r\n\r\n");
		assertThat(handshake).startsWith("HTTP/1.1 401").contains("login-failed", "application/problem+json");
		try (WsClient client = WsClient.open(service, "/ws")) {
			client.sendConnect("Authorization:" + header.replace(":", "\\c"));
			WsClient.Frame error = client.next("ERROR");
			assertThat(error.header("code")).isEqualTo("login-failed");
			assertThat(error.toString()).doesNotContain(token.getValue());
			assertThat(client.closeCode()).isEqualTo(4004);
		}
	}

	@Test
	void connectWhenTokenIsGoodThenUserAndRolesEverywhere() {
		String token = issuer.sign(issuer.claims("ann").claim("roles", List.of("user", "scorer")).build());
		Api api = service.authorized("Bearer " + token);
		assertThat(api.get("/api/session").text("user")).isEqualTo("ann");
		assertThat(api.publish("/topic/scorers.x", "hi").status()).isEqualTo(200);
		try (WsClient inHandshake = WsClient.open(service, "/ws", "Authorization", "Bearer " + token);
				WsClient inConnect = WsClient.open(service, "/ws");
				WsClient byTicket = WsClient.open(service, "/ws?ticket=" + api.ticket())) {
			assertThat(inHandshake.connectWith().header("user-name")).isEqualTo("ann");
			assertThat(inConnect.connectWith("Authorization:Bearer " + token).header("user-name")).isEqualTo("ann");
			assertThat(byTicket.connectWith().header("user-name")).isEqualTo("ann");
			byTicket.subscribe("s", "/topic/scorers.x");
		}
		service.authorized("Bearer " + issuer.token("bob"))
			.publish("/topic/scorers.x", "hi")
			.isProblem(403, "access-denied");
	}

	/** Publishes every 5 ms with the time, until it is closed. */
	private static ScheduledExecutorService publisher(String destination) {
		ScheduledExecutorService publisher = Executors.newSingleThreadScheduledExecutor();
		Destination to = Destination.of(destination);
		AtomicInteger count = new AtomicInteger();
		publisher.scheduleAtFixedRate(
				() -> service.bean(Topics.class).publish(to, Publication.text("m" + count.incrementAndGet())), 0, 5,
				TimeUnit.MILLISECONDS);
		return publisher;
	}

	private static Instant soon() {
		return Instant.ofEpochSecond(Instant.now().plusSeconds(4).getEpochSecond());
	}

	@Test
	void deliverWhenTokenHasEndedThenNotOneMessageReachesASilentSubscriber() {
		Instant end = soon();
		try (ScheduledExecutorService _ = publisher("/topic/open.end");
				WsClient client = WsClient.connect(service, "Authorization:Bearer " + issuer.token("ann", end))) {
			client.subscribe("own", "/user/queue/session");
			client.subscribe("s", "/topic/open.end");
			WsClient.Frame warning = client.next("MESSAGE");
			while (!"own".equals(warning.header("subscription"))) {
				warning = client.next("MESSAGE");
			}
			assertThat(Integer.parseInt(warning.header("expires-in"))).isBetween(0, 4);
			assertThat(client.closeCode()).isEqualTo(4005);
			List<WsClient.Frame> messages = client.unread()
				.stream()
				.filter((frame) -> frame.command().equals("MESSAGE"))
				.toList();
			assertThat(messages).isNotEmpty()
				.allSatisfy((message) -> assertThat(Long.parseLong(message.header("published-at")))
					.isLessThanOrEqualTo(end.toEpochMilli()));
		}
	}

	@Test
	void deliverWhenTokenIsRefreshedThenGoesOnBeyondTheOldEnd() {
		Instant end = soon();
		try (ScheduledExecutorService _ = publisher("/topic/open.refresh");
				WsClient client = WsClient.connect(service, "Authorization:Bearer " + issuer.token("ann", end))) {
			client.subscribe("s", "/topic/open.refresh");
			client.send("SEND", issuer.token("ann"), "destination:/app/session.refresh", "receipt:fresh");
			assertThat(client.next("RECEIPT").header("receipt-id")).isEqualTo("fresh");
			while (Long.parseLong(client.next("MESSAGE").header("published-at")) <= end.toEpochMilli() + 500) {
				assertThat(client.unread()).noneMatch((frame) -> frame.command().equals("CLOSED"));
			}
		}
	}

	static Stream<String> uselessTokens() {
		return Stream.of(issuer.token("bob"), issuer.token("ann", Instant.now().minusSeconds(2)), "garbage", "",
				issuer.forge(issuer.claims("ann").build()));
	}

	@ParameterizedTest
	@MethodSource("uselessTokens")
	void refreshWhenTokenIsOfNoUseThenRefusedAndTheOldEndStands(String fresh) {
		Instant end = soon();
		try (WsClient client = WsClient.connect(service, "Authorization:Bearer " + issuer.token("ann", end),
				"soft-errors:true")) {
			client.send("SEND", fresh, "destination:/app/session.refresh", "receipt:fresh");
			WsClient.Frame error = client.next("ERROR");
			assertThat(error.header("code")).isEqualTo("login-failed");
			assertThat(error.header("fatal")).isEqualTo("false");
			assertThat(client.closeCode()).isEqualTo(4005);
		}
	}

	private static String scorer() {
		return issuer.sign(issuer.claims("ann").claim("roles", List.of("user", "scorer")).build());
	}

	private static void publish(String destination, String text) {
		service.bean(Topics.class).publish(Destination.of(destination), Publication.text(text));
	}

	private static void refresh(WsClient client, String token) {
		client.send("SEND", token, "destination:/app/session.refresh", "receipt:fresh");
	}

	@Test
	void refreshWhenRolesAreLostThenNothingMoreOfWhatTheyAllowed() {
		try (WsClient client = WsClient.connect(service, "Authorization:Bearer " + scorer(), "soft-errors:true")) {
			client.subscribe("one", "/topic/scorers.lost");
			client.subscribe("all", "/topic/scorers.*");
			client.subscribe("mixed", "/topic/mixed.*");
			publish("/topic/mixed.lost", "while allowed");
			assertThat(client.next("MESSAGE").body()).isEqualTo("while allowed");
			refresh(client, issuer.token("ann"));
			Map<String, String> ended = new HashMap<>();
			for (int i = 0; i < 3; i++) {
				WsClient.Frame error = client.next("ERROR");
				assertThat(error.header("code")).isEqualTo("access-denied");
				assertThat(error.header("fatal")).isEqualTo("false");
				assertThat(error.header("message")).contains("role:SCORER");
				ended.put(error.header("subscription"), error.header("destination"));
			}
			assertThat(ended).isEqualTo(
					Map.of("one", "/topic/scorers.lost", "all", "/topic/scorers.*", "mixed", "/topic/mixed.lost"));
			assertThat(client.next("RECEIPT").header("receipt-id")).isEqualTo("fresh");
			for (String destination : List.of("/topic/scorers.lost", "/topic/scorers.later", "/topic/mixed.lost",
					"/topic/mixed.later", "/topic/mixed.public")) {
				publish(destination, "to " + destination);
			}
			assertThat(client.next("MESSAGE").body()).isEqualTo("to /topic/mixed.public");
			client.subscribe("one", "/topic/open.lost");
			publish("/topic/open.lost", "the id is free again");
			assertThat(client.next("MESSAGE").body()).isEqualTo("the id is free again");
		}
	}

	@Test
	void refreshWhenRolesAreLostAndErrorsAreNotSoftThenClosed() {
		try (WsClient client = WsClient.connect(service, "Authorization:Bearer " + scorer())) {
			client.subscribe("one", "/topic/scorers.lost");
			refresh(client, issuer.token("ann"));
			assertThat(client.next("ERROR").header("message")).contains("may not follow /topic/scorers.lost any more",
					"role:SCORER");
			assertThat(client.closeCode()).isEqualTo(1008);
		}
	}

	@Test
	void refreshWhenRolesAreGainedThenWildcardsReachMore() {
		publish("/topic/gain.more", "before");
		try (WsClient client = WsClient.connect(service, "Authorization:Bearer " + issuer.token("ann"))) {
			client.subscribe("mixed", "/topic/gain.*");
			refresh(client, scorer());
			assertThat(client.next("RECEIPT").header("receipt-id")).isEqualTo("fresh");
			publish("/topic/gain.more", "since");
			assertThat(client.next("MESSAGE").body()).isEqualTo("since");
		}
	}

	@Test
	void refreshWhenSenderIsAGuestThenRefused() {
		try (WsClient client = WsClient.connect(service)) {
			client.send("SEND", issuer.token("ann"), "destination:/app/session.refresh");
			assertThat(client.next("ERROR").header("code")).isEqualTo("access-denied");
		}
	}

	@Test
	void streamWhenTokenHasEndedThenNotOneMessageMoreAndSaysWhy() {
		Instant end = soon();
		try (ScheduledExecutorService _ = publisher("/topic/open.stream");
				EventStream stream = service.authorized("Bearer " + issuer.token("ann", end))
					.stream("destination=/topic/open.stream")) {
			stream.message();
			EventStream.Event event = stream.any();
			while (!event.name().equals("closed")) {
				if (event.name().equals("message")) {
					assertThat(event.json().path("publishedAt").asLong()).isLessThanOrEqualTo(end.toEpochMilli());
				}
				event = stream.any();
			}
			assertThat(event.json().path("code").asInt()).isEqualTo(4005);
			stream.awaitEnd();
		}
	}

	@Test
	void pollWhenTokenEndsMeanwhileThenAnsweredByThen() {
		Instant end = soon();
		CompletableFuture<Api.Answer> waiting = service.authorized("Bearer " + issuer.token("ann", end))
			.getLater("/api/messages?destination=/topic/open.silent&wait=50s");
		Api.Answer answer = waiting.orTimeout(20, TimeUnit.SECONDS).join();
		assertThat(answer.status()).isIn(200, 401);
		if (answer.status() == 200) {
			assertThat(answer.json().path("messages").size()).isZero();
		}
	}

	@Test
	void ticketWhenTokenEndsBeforeItIsUsedThenSessionEndsAtOnce() {
		Instant end = soon();
		String ticket = service.authorized("Bearer " + issuer.token("ann", end)).ticket();
		await().until(() -> Instant.now().isAfter(end));
		try (WsClient client = WsClient.open(service, "/ws?ticket=" + ticket)) {
			client.sendConnect();
			assertThat(client.closeCode()).isEqualTo(4005);
		}
	}

}
