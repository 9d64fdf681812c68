package dev.carillon.security;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.carillon.support.http.Api;
import dev.carillon.support.http.EventStream;
import dev.carillon.support.http.Service;
import dev.carillon.support.http.WsClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SignInIntegrationTests {

	@TempDir
	private static Path directory;

	private static Service service;

	private final Api api = service.api();

	@BeforeAll
	static void start() {
		service = Service.demo("carillon.security.allowed-origins=https://app.example.org",
				"carillon.limits.failed-logins=3", "carillon.http.heart-beat=200ms",
				"server.jetty.accesslog.enabled=true",
				"server.jetty.accesslog.filename=" + directory.resolve("access.log"));
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void signInWhenPasscodeIsRightThenCookieFetchesTickets() {
		String cookie = PageCookies.of(service, "alice");
		assertThat(this.api.get("/api/session", "Cookie", cookie).text("user")).isEqualTo("alice");
		String ticket = this.api.ticket("Cookie", cookie, "X-XSRF-TOKEN", PageCookies.csrf(cookie));
		try (WsClient client = WsClient.open(service, "/ws?ticket=" + ticket)) {
			assertThat(client.connectWith().header("user-name")).isEqualTo("alice");
		}
	}

	@Test
	void signInWhenDoneThenCookieIsOutOfReachOfScriptsAndOtherSites() {
		Api.Answer guest = this.api.get("/api/session");
		assertThat(guest.json().path("guest").asBoolean()).isTrue();
		String csrf = guest.header("set-cookie").replaceAll("XSRF-TOKEN=([^;]+).*", "$1");
		Api.Answer answer = this.api.post("/api/session", "{\"login\":\"bob\",\"passcode\":\"bob\"}", "Cookie",
				"XSRF-TOKEN=" + csrf, "X-XSRF-TOKEN", csrf);
		assertThat(answer.raw().headers().allValues("set-cookie"))
			.anySatisfy((cookie) -> assertThat(cookie).startsWith("JSESSIONID=")
				.containsIgnoringCase("httponly")
				.containsIgnoringCase("samesite=strict"));
		assertThat(answer.header("cache-control")).contains("no-store");
	}

	/** The path is spelt in ways that mean the same. */
	@ParameterizedTest
	@ValueSource(strings = { "/api/publish", "/%61pi/publish", "/api/tickets", "/%61%70i/tickets" })
	void postWhenCookieIsSentWithoutTokenThenForbidden(String path) {
		String cookie = PageCookies.of(service, "alice");
		this.api.post(path, "{\"destination\":\"/topic/members.x\",\"body\":\"forged\"}", "Cookie", cookie)
			.isProblem(403, "access-denied");
	}

	@Test
	void signInWhenRequestCouldBeForgedThenForbidden() {
		this.api.post("/api/session", "{\"login\":\"alice\",\"passcode\":\"alice\"}").isProblem(403, "access-denied");
		this.api.post("/%61pi/session", "{\"login\":\"alice\",\"passcode\":\"alice\"}").isProblem(403, "access-denied");
	}

	@Test
	void signOutWhenDoneThenCookieIsWorthNothing() {
		String cookie = PageCookies.of(service, "alice");
		assertThat(this.api.method("DELETE", "/api/session", "Cookie", cookie, "X-XSRF-TOKEN", PageCookies.csrf(cookie))
			.status()).isEqualTo(204);
		assertThat(this.api.get("/api/session", "Cookie", cookie).json().path("guest").asBoolean()).isTrue();
	}

	private Api.Answer signOut(String cookie) {
		return this.api.method("DELETE", "/api/session", "Cookie", cookie, "X-XSRF-TOKEN", PageCookies.csrf(cookie));
	}

	private String ticket(String cookie) {
		return this.api.ticket("Cookie", cookie, "X-XSRF-TOKEN", PageCookies.csrf(cookie));
	}

	private void publish(String destination) {
		assertThat(service.api("alice").publish(destination, "news").status()).isEqualTo(200);
	}

	@Test
	void signOutWhenThingsAreOpenThenTheyEndAndThoseOfOtherSignInsDoNot() {
		Admissions admissions = service.bean(Admissions.class);
		await().until(() -> admissions.count() == 0);
		String cookie = PageCookies.of(service, "alice");
		String elsewhere = PageCookies.of(service, "alice");
		String unused = ticket(cookie);
		String still = ticket(elsewhere);
		String there = "destination=/topic/members.out";
		try (EventStream stream = this.api.stream(there, "Cookie", cookie);
				EventStream kept = this.api.stream(there, "Cookie", elsewhere);
				WsClient socket = WsClient.open(service, "/ws?ticket=" + ticket(cookie));
				WsClient opened = WsClient.open(service, "/ws?ticket=" + ticket(cookie));
				WsClient other = WsClient.open(service, "/ws?ticket=" + ticket(elsewhere))) {
			stream.next("placed");
			kept.next("placed");
			socket.connectWith();
			other.connectWith();
			CompletableFuture<Api.Answer> poll = this.api.getLater("/api/messages?wait=50s&" + there, "Cookie", cookie);
			CompletableFuture<Api.Answer> keptPoll = this.api.getLater("/api/messages?wait=50s&" + there, "Cookie",
					elsewhere);
			await().until(() -> admissions.count() == 7);
			assertThat(signOut(cookie).status()).isEqualTo(204);
			assertThat(stream.next("closed").json().path("code").asInt()).isEqualTo(4008);
			stream.awaitEnd();
			poll.join().isProblem(401, "login-failed");
			assertThat(socket.closeCode()).isEqualTo(4008);
			opened.sendConnect();
			assertThat(opened.next("ERROR").header("code")).isEqualTo("login-failed");
			assertThat(opened.closeCode()).isEqualTo(4004);
			this.api.get("/ws?ticket=" + unused).isProblem(401, "login-failed");
			await().until(() -> admissions.count() == 3);
			publish("/topic/members.out");
			assertThat(kept.message().body()).isEqualTo("news");
			assertThat(keptPoll.join().json().path("messages").size()).isEqualTo(1);
			other.subscribe("s", "/topic/members.out");
			WsClient.open(service, "/ws?ticket=" + still).close();
		}
		await().until(() -> admissions.count() == 0);
	}

	@Test
	void signInWhenSomebodyElseWasSignedInThenThatEndsAndTheSameUserGoesOn() {
		String cookie = PageCookies.of(service, "alice");
		try (WsClient socket = WsClient.open(service, "/ws?ticket=" + ticket(cookie))) {
			socket.connectWith();
			String again = signInAgain(cookie, "alice");
			socket.subscribe("s", "/topic/members.again");
			String bob = signInAgain(again, "bob");
			assertThat(socket.closeCode()).isEqualTo(4008);
			assertThat(this.api.get("/api/session", "Cookie", bob).text("user")).isEqualTo("bob");
		}
	}

	private String signInAgain(String cookie, String user) {
		Api.Answer answer = this.api.post("/api/session", "{\"login\":\"%1$s\",\"passcode\":\"%1$s\"}".formatted(user),
				"Cookie", cookie, "X-XSRF-TOKEN", PageCookies.csrf(cookie));
		assertThat(answer.status()).isEqualTo(200);
		return answer.raw()
			.headers()
			.allValues("set-cookie")
			.stream()
			.filter((set) -> set.startsWith("JSESSIONID="))
			.map((set) -> set.substring(0, set.indexOf(';')) + cookie.substring(cookie.indexOf("; XSRF-TOKEN")))
			.findFirst()
			.orElse(cookie);
	}

	@Test
	void basicWhenUsedThenNoSessionIsMade() {
		Api.Answer answer = service.api("alice").get("/api/session");
		assertThat(answer.text("user")).isEqualTo("alice");
		assertThat(answer.raw().headers().allValues("set-cookie"))
			.noneMatch((cookie) -> cookie.startsWith("JSESSIONID"));
	}

	@Test
	void ticketWhenAskedByAGuestThenUnauthorized() {
		this.api.post("/api/tickets", "").isProblem(401, "login-failed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bearer abc", "Digest x", "garbage", "Basic !", "Basic YWxpY2U6d3Jvbmc=" })
	void requestWhenCredentialsAreOfNoUseThenUnauthorizedRatherThanGuest(String header) {
		Api.Answer answer = service.authorized(header).get("/api/messages?destination=/topic/open.x");
		answer.isProblem(401, "login-failed");
		assertThat(answer.header("www-authenticate")).doesNotContain("Basic");
	}

	@Test
	void loginWhenItFailsTooOftenThenPausesEverywhereForThatUserOnly() {
		for (int i = 0; i < 3; i++) {
			service.authorized(Api.basic("scorer", "wrong")).get("/api/session").isProblem(401, "login-failed");
		}
		Api.Answer throttled = service.api("scorer").get("/api/session").isProblem(429, "rate-limited");
		assertThat(throttled.text("detail")).contains("carillon.limits.failed-logins");
		try (WsClient client = WsClient.open(service, "/ws")) {
			client.sendConnect("login:scorer", "passcode:scorer");
			WsClient.Frame error = client.next("ERROR");
			assertThat(error.header("code")).isEqualTo("rate-limited");
			assertThat(error.header("message")).contains("carillon.limits.failed-logins");
		}
		assertThat(service.api("alice").get("/api/session").status()).isEqualTo(200);
	}

	@Test
	void corsWhenOriginIsAllowedThenReadableWithoutCredentials() {
		Api.Answer answer = this.api.get("/api/messages?destination=/topic/open.x", "Origin",
				"https://app.example.org");
		assertThat(answer.header("access-control-allow-origin")).isEqualTo("https://app.example.org");
		assertThat(answer.header("access-control-allow-credentials")).isNull();
		assertThat(answer.header("access-control-expose-headers")).contains("ETag");
		assertThat(answer.raw().headers().allValues("vary")).anyMatch((vary) -> vary.contains("Origin"));
		Api.Answer preflight = this.api.method("OPTIONS", "/api/publish", "Origin", "https://app.example.org",
				"Access-Control-Request-Method", "POST", "Access-Control-Request-Headers",
				"authorization,content-type");
		assertThat(preflight.status()).isEqualTo(200);
		assertThat(preflight.header("access-control-allow-methods")).contains("POST");
	}

	@Test
	void corsWhenOriginIsForeignThenForbidden() {
		Api.Answer answer = this.api.get("/api/messages?destination=/topic/open.x", "Origin", "https://evil.example")
			.isProblem(403, "access-denied");
		assertThat(answer.text("detail")).contains("carillon.security.allowed-origins");
		assertThat(answer.header("access-control-allow-origin")).isNull();
		Api.Answer preflight = this.api
			.method("OPTIONS", "/api/publish", "Origin", "https://evil.example", "Access-Control-Request-Method",
					"POST")
			.isProblem(403, "access-denied");
		assertThat(preflight.header("access-control-allow-origin")).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "/api/publish,BREW,content-type", "/api/publish,POST,x-secret", "/ws,GET,content-type",
			"/actuator/metrics,GET,authorization" })
	void corsWhenNotForPagesOfOtherOriginsThenForbidden(String path, String method, String header) {
		Api.Answer answer = this.api
			.method("OPTIONS", path, "Origin", "https://app.example.org", "Access-Control-Request-Method", method,
					"Access-Control-Request-Headers", header)
			.isProblem(403, "access-denied");
		assertThat(answer.header("access-control-allow-origin")).isNull();
	}

	@Test
	void actuatorWhenUserIsNoOperatorThenForbidden() {
		assertThat(this.api.get("/actuator/health").status()).isEqualTo(200);
		this.api.get("/actuator/metrics").isProblem(401, "login-failed");
		service.api("alice").get("/actuator/metrics").isProblem(403, "access-denied");
		assertThat(service.api("operator").get("/actuator/metrics").status()).isEqualTo(200);
	}

	@Test
	void ticketWhenAccessLogIsOnThenNotInIt() {
		String ticket = service.api("alice").ticket();
		WsClient.open(service, "/ws?ticket=" + ticket).close();
		this.api.get("/api/messages?destination=/topic/open.logged&wait=10ms");
		await().untilAsserted(() -> assertThat(accessLog()).anyMatch((line) -> line.contains("/api/messages"))
			.anyMatch((line) -> line.contains("GET /ws"))
			.noneMatch((line) -> line.contains(ticket) || line.contains("open.logged")));
	}

	private static List<String> accessLog() throws Exception {
		return Files.readAllLines(directory.resolve("access.log"));
	}

}
