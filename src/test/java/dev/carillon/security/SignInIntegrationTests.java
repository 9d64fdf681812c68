package dev.carillon.security;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.carillon.support.http.Api;
import dev.carillon.support.http.Service;
import dev.carillon.support.http.WsClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
				"carillon.limits.failed-logins=3", "server.jetty.accesslog.enabled=true",
				"server.jetty.accesslog.filename=" + directory.resolve("access.log"));
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void signInWhenPasscodeIsRightThenCookieFetchesTickets() {
		String cookie = SignIn.cookie(service, "alice");
		assertThat(this.api.get("/api/session", "Cookie", cookie).text("user")).isEqualTo("alice");
		String ticket = this.api.ticket("Cookie", cookie, "X-XSRF-TOKEN", SignIn.csrf(cookie));
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
		String cookie = SignIn.cookie(service, "alice");
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
		String cookie = SignIn.cookie(service, "alice");
		assertThat(this.api.method("DELETE", "/api/session", "Cookie", cookie, "X-XSRF-TOKEN", SignIn.csrf(cookie))
			.status()).isEqualTo(204);
		assertThat(this.api.get("/api/session", "Cookie", cookie).json().path("guest").asBoolean()).isTrue();
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
		Api.Answer answer = this.api.get("/api/messages?destination=/topic/open.x", "Origin", "https://evil.example");
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.header("access-control-allow-origin")).isNull();
		assertThat(this.api
			.method("OPTIONS", "/api/publish", "Origin", "https://evil.example", "Access-Control-Request-Method",
					"POST")
			.status()).isEqualTo(403);
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
