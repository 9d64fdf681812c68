package dev.carillon.security;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.carillon.support.http.Api;
import dev.carillon.support.http.RawHttp;
import dev.carillon.support.http.Service;
import dev.carillon.support.http.WsClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class HandshakeIntegrationTests {

	private static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
			+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

	private static Service service;

	@BeforeAll
	static void start() {
		service = Service.demo("carillon.security.allowed-origins=https://app.example.org,https://*.example.net",
				"carillon.limits.sessions=4", "carillon.limits.sessions-per-address=3",
				"carillon.limits.sessions-per-user=2");
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	/** However a handshake ended, its place is free again. */
	@AfterEach
	void nobodyIsCounted() {
		await().until(() -> service.bean(Admissions.class).count() == 0);
	}

	private static String handshake(String path, String... headers) {
		return RawHttp.exchange(service, request(path, headers));
	}

	private static String request(String path, String... headers) {
		return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + service.port() + "\r\n" + UPGRADE
				+ String.join("", Stream.of(headers).map((header) -> header + "\r\n").toList()) + "\r\n";
	}

	private static void assertProblem(String answer, int status, String code, String detail) {
		assertThat(answer).startsWith("HTTP/1.1 " + status)
			.containsIgnoringCase("content-type: application/problem+json")
			.contains("\"code\":\"" + code + "\"", detail)
			.doesNotContain("Exception", "\tat ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://app.example.org", "https://shop.example.net", "" })
	void handshakeWhenOriginIsAllowedThenUpgraded(String origin) {
		String own = origin.isEmpty() ? "http://127.0.0.1:" + service.port() : origin;
		assertThat(handshake("/ws", "Origin: " + own)).startsWith("HTTP/1.1 101");
		assertThat(handshake("/ws")).startsWith("HTTP/1.1 101");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example", "http://app.example.org", "https://app.example.org.evil.example",
			"null", "https://example.net", "http://127.0.0.1", "file://", "" })
	void handshakeWhenOriginIsForeignThenForbidden(String origin) {
		String foreign = origin.isEmpty() ? "http://127.0.0.1:" + (service.port() + 1) : origin;
		assertProblem(handshake("/ws", "Origin: " + foreign), 403, "access-denied",
				"carillon.security.allowed-origins");
	}

	/** The classic attack: a page of another site, a browser that adds the cookie. */
	@Test
	void handshakeWhenCookieIsValidThenItIsWorthNothing() {
		String cookie = PageCookies.of(service, "alice");
		assertThat(service.api().get("/api/session", "Cookie", cookie).text("user")).isEqualTo("alice");
		assertProblem(handshake("/ws", "Origin: https://evil.example", "Cookie: " + cookie), 403, "access-denied",
				"origin");
		try (WsClient client = WsClient.open(service, "/ws", "Cookie", cookie)) {
			assertThat(client.connectWith().header("user-name")).startsWith(Guest.PREFIX);
			client.send("SUBSCRIBE", "", "id:1", "destination:/topic/members.x");
			assertThat(client.next("ERROR").header("code")).isEqualTo("access-denied");
		}
	}

	@Test
	void handshakeWhenTicketIsGoodThenUserAndOnlyOnce() {
		String ticket = service.api("alice").ticket();
		try (WsClient client = WsClient.open(service, "/ws?ticket=" + ticket)) {
			assertThat(client.connectWith().header("user-name")).isEqualTo("alice");
			assertProblem(handshake("/ws?ticket=" + ticket), 401, "login-failed", "ticket");
		}
	}

	@Test
	void handshakeWhenTicketIsOfAnotherOriginThenUnauthorized() {
		Api alice = service.api("alice");
		String origin = "https://app.example.org";
		assertProblem(handshake("/ws?ticket=" + alice.ticket("Origin", origin), "Origin: https://shop.example.net"),
				401, "login-failed", "another origin");
		assertProblem(handshake("/ws?ticket=" + alice.ticket("Origin", origin)), 401, "login-failed", "another origin");
		assertThat(handshake("/ws?ticket=" + alice.ticket("Origin", origin), "Origin: " + origin))
			.startsWith("HTTP/1.1 101");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "%00", "%0D%0A", "../../etc" })
	void handshakeWhenTicketIsInventedThenUnauthorized(String ticket) {
		assertProblem(handshake("/ws?ticket=" + ticket), 401, "login-failed", "ticket");
	}

	@Test
	void handshakeWhenCredentialsAreNoTokenThenUnauthorized() {
		assertProblem(handshake("/ws", "Authorization: " + Api.basic("alice", "alice")), 401, "login-failed",
				"bearer token");
		assertProblem(handshake("/ws", "Authorization: Bearer x.y.z"), 401, "login-failed", "");
	}

	@Test
	void handshakeWhenUserHasEnoughSessionsThenTooMany() {
		Api alice = service.api("alice");
		try (WsClient _ = WsClient.open(service, "/ws?ticket=" + alice.ticket());
				WsClient _ = WsClient.open(service, "/ws?ticket=" + alice.ticket())) {
			String refused = handshake("/ws?ticket=" + alice.ticket());
			assertProblem(refused, 429, "limit-reached", "carillon.limits.sessions-per-user");
			assertThat(refused).containsIgnoringCase("retry-after:");
			try (WsClient third = WsClient.open(service, "/ws")) {
				third.sendConnect("login:alice", "passcode:alice");
				WsClient.Frame error = third.next("ERROR");
				assertThat(error.header("code")).isEqualTo("limit-reached");
				assertThat(error.header("message")).contains("carillon.limits.sessions-per-user");
			}
		}
	}

	@Test
	void handshakeWhenAddressOrInstanceHasEnoughSessionsThenTooMany() {
		try (WsClient _ = WsClient.open(service, "/ws");
				WsClient _ = WsClient.open(service, "/ws");
				WsClient _ = WsClient.open(service, "/ws")) {
			assertProblem(handshake("/ws"), 429, "limit-reached", "carillon.limits.sessions-per-address");
			service.api().get("/api/stream?destination=/topic/open.x").isProblem(429, "limit-reached");
			Admissions.Admission other = service.bean(Admissions.class).admit("192.0.2.1");
			assertProblem(handshake("/ws"), 429, "limit-reached", "carillon.limits.sessions allows 4");
			other.leave();
		}
	}

	@Test
	void handshakeWhenInstanceDrainsThenUnavailable() {
		try (Service draining = Service.demo()) {
			draining.bean(Admissions.class).drain();
			String refused = RawHttp.exchange(draining, request("/ws"));
			assertProblem(refused, 503, "unavailable", "about to stop");
			assertThat(refused).containsIgnoringCase("retry-after:");
			draining.api().get("/api/stream?destination=/topic/open.x").isProblem(503, "unavailable");
		}
	}

	static List<String> noHandshakes() {
		String start = " /ws HTTP/1.1\r\nHost: x\r\n";
		return List.of("GET" + start + "\r\n", "HEAD" + start + "Connection: close\r\n\r\n",
				"POST" + start + UPGRADE + "Content-Length: 0\r\n\r\n", "PUT" + start + "Content-Length: 0\r\n\r\n",
				"GET" + start + "Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
				"GET" + start + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 8\r\n"
						+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
				"GET" + start + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n");
	}

	/** Each of them once counted as a session for ever. */
	@ParameterizedTest
	@MethodSource("noHandshakes")
	void handshakeWhenRequestIsNoneThenRefusedAndNotCounted(String request) {
		for (int i = 0; i < 5; i++) {
			assertThat(RawHttp.exchange(service, request)).startsWith("HTTP/1.1 4");
		}
	}

	@Test
	void handshakeWhenClientVanishesAtOnceThenNotCounted() throws Exception {
		for (int i = 0; i < 3; i++) {
			try (var socket = RawHttp.open(service)) {
				socket.setSoLinger(true, 0);
				socket.getOutputStream().write(request("/ws").getBytes());
			}
		}
	}

	@Test
	void ticketWhenLoggingIsVerboseThenInNoLog() {
		Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		List<Logger> verbose = Stream.of("dev.carillon", "org.springframework.web", "org.springframework.security")
			.map((name) -> (Logger) LoggerFactory.getLogger(name))
			.toList();
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		root.addAppender(log);
		verbose.forEach((logger) -> logger.setLevel(Level.DEBUG));
		List<String> tickets = new ArrayList<>();
		try {
			Api alice = service.api("alice");
			for (String origin : List.of("http://127.0.0.1:" + service.port(), "https://evil.example")) {
				String ticket = alice.ticket();
				tickets.add(ticket);
				handshake("/ws?ticket=" + ticket, "Origin: " + origin);
				handshake("/ws?ticket=" + ticket, "Origin: " + origin);
			}
		}
		finally {
			verbose.forEach((logger) -> logger.setLevel(null));
			root.detachAppender(log);
		}
		assertThat(log.list).isNotEmpty();
		assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage)
			.noneMatch((line) -> tickets.stream().anyMatch(line::contains));
	}

}
