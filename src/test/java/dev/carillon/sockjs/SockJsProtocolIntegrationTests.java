package dev.carillon.sockjs;

import java.io.IOException;
import java.util.List;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules of the SockJS protocol 0.3, with requests as they come over the network.
 */
@SockJsService
class SockJsProtocolIntegrationTests {

	private static final String APP = "https://app.example.org";

	@LocalServerPort
	private int port;

	private Http http;

	private final String session = "/sockjs/000/" + UUID.randomUUID();

	@BeforeEach
	void setUp() {
		this.http = Http.of(this.port);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/sockjs", "/sockjs/" })
	void greetingThenWelcomes(String path) {
		HttpResponse<String> response = this.http.get(path);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("content-type").orElse(""))
			.isEqualToIgnoringCase("text/plain;charset=UTF-8");
		assertThat(response.body()).isEqualTo("Welcome to SockJS!\n");
		assertThat(response.headers().map()).doesNotContainKey("set-cookie");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/a", "/a.html", "/iframe", "/iframe.HTML", "/IFRAME.HTML", "/iframe.xml",
			"/iframe-/.html", "/a/a/", "/a/a/a/", "/000/session", "/000/session/", "/000/session/unknown",
			"/000/session/xhr/", "//", "/000/a.b/xhr", "/a.b/session/xhr", "/000/a%00b/xhr", "/000/a%0db/xhr",
			"/000/a%2fb/xhr", "/000/a;b/xhr", "/000/../xhr", "/000/session/xhr;x.bat" })
	void anythingElseThenIsNotThere(String path) {
		assertThat(this.http.post("/sockjs" + path, "").statusCode()).isIn(400, 404, 405);
		assertThat(this.http.get("/sockjs" + path).statusCode()).isIn(400, 404);
	}

	@Test
	void infoThenTellsWhatThereIs() {
		HttpResponse<String> first = this.http.get("/sockjs/info");
		assertThat(first.statusCode()).isEqualTo(200);
		assertThat(first.headers().firstValue("content-type").orElse(""))
			.isEqualToIgnoringCase("application/json;charset=UTF-8");
		assertThat(first.headers().firstValue("cache-control").orElse("")).contains("no-store").contains("no-cache");
		assertThat(first.headers().map()).doesNotContainKeys("set-cookie", "access-control-allow-origin");
		assertThat(first.body()).contains("\"websocket\":true", "\"origins\":[\"*:*\"]", "\"cookie_needed\":false");
		assertThat(this.http.get("/sockjs/info").body()).isNotEqualTo(first.body());
	}

	@ParameterizedTest
	@ValueSource(strings = { "info", "000/session/xhr_send" })
	void requestWhenOriginIsAllowedThenSaysSo(String path) {
		String method = path.equals("info") ? "GET" : "POST";
		HttpResponse<String> response = this.http.with("Origin", APP).send(method, "/sockjs/" + path, "");
		assertThat(response.headers().firstValue("access-control-allow-origin")).hasValue(APP);
		assertThat(response.headers().firstValue("access-control-allow-credentials")).hasValue("true");
	}

	@ParameterizedTest
	@CsvSource({ "GET,/info", "POST,/000/foreign/xhr", "POST,/000/foreign/xhr_streaming",
			"GET,/000/foreign/eventsource", "POST,/000/foreign/xhr_send", "GET,/000/foreign/jsonp?c=x" })
	void requestWhenOriginIsForeignThenIsRefused(String method, String path) {
		HttpResponse<String> response = this.http.with("Origin", "https://evil.example")
			.send(method, "/sockjs" + path, "");
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
		assertThat(response.body()).contains("\"code\":\"access-denied\"", "carillon.security.allowed-origins");
		assertThat(response.headers().map()).doesNotContainKey("access-control-allow-origin");
	}

	@ParameterizedTest
	@CsvSource({ "https://evil.example/page,403", ",403", "https://app.example.org/page,200" })
	void jsonpWhenScriptOfOtherSiteThenItsRefererDecides(String referer, int status) {
		Http browser = (referer != null) ? this.http.with("Sec-Fetch-Site", "cross-site", "Referer", referer)
				: this.http.with("Sec-Fetch-Site", "cross-site");
		assertThat(browser.get(this.session + "/jsonp?c=cb").statusCode()).isEqualTo(status);
	}

	@Test
	void preflightWhenOriginIsAllowedThenIsCacheable() {
		HttpResponse<String> response = this.http
			.with("Origin", APP, "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers",
					"content-type")
			.send("OPTIONS", this.session + "/xhr_send", "");
		assertThat(response.statusCode()).isEqualTo(204);
		assertThat(response.headers().firstValue("access-control-allow-origin")).hasValue(APP);
		assertThat(response.headers().firstValue("access-control-allow-methods").orElse("")).contains("POST");
		assertThat(response.headers().firstValue("access-control-allow-headers")).hasValue("content-type");
		assertThat(response.headers().firstValue("access-control-max-age")).hasValue("31536000");
		assertThat(response.headers().firstValue("cache-control")).hasValue("public, max-age=31536000");
	}

	@Test
	void preflightWhenOriginIsForeignThenIsRefused() {
		assertThat(this.http.with("Origin", "https://evil.example", "Access-Control-Request-Method", "POST")
			.send("OPTIONS", this.session + "/xhr_send", "")
			.statusCode()).isEqualTo(403);
	}

	@Test
	void iframeThenMayBeFramedByAllowedOriginsAndRevalidated() {
		HttpResponse<String> page = this.http.get("/sockjs/iframe-1.5.1.html");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("<script src=\"../webjars/sockjs-client/sockjs.min.js\"></script>");
		assertThat(page.headers().firstValue("content-security-policy").orElse(""))
			.endsWith("frame-ancestors 'self' " + APP);
		assertThat(page.headers().map()).doesNotContainKeys("x-frame-options", "set-cookie");
		assertThat(this.http.get("/sockjs/iframe.html?t=1").body()).isEqualTo(page.body());
		String tag = page.headers().firstValue("etag").orElseThrow();
		HttpResponse<String> again = this.http.with("If-None-Match", tag).get("/sockjs/iframe-1.5.1.html");
		assertThat(again.statusCode()).isEqualTo(304);
		assertThat(again.body()).isEmpty();
		assertThat(again.headers().firstValue("content-security-policy"))
			.isEqualTo(page.headers().firstValue("content-security-policy"));
		assertThat(this.http.get("/webjars/sockjs-client/sockjs.min.js").body()).startsWith("/* sockjs-client v1.5.1");
	}

	@Test
	void requestWhenWrongMethodThenNamesTheRightOne() {
		HttpResponse<String> response = this.http.get(this.session + "/xhr");
		assertThat(response.statusCode()).isEqualTo(405);
		assertThat(response.headers().firstValue("allow").orElse("")).contains("POST");
		assertThat(this.http.post("/sockjs/info", "").statusCode()).isEqualTo(405);
		assertThat(this.http.send("OPTIONS", this.session + "/xhr", "").statusCode()).isEqualTo(204);
	}

	@Test
	void xhrThenOpensSendsAndCloses() {
		HttpResponse<String> open = this.http.post(this.session + "/xhr", "");
		assertThat(open.body()).isEqualTo("o\n");
		assertThat(open.headers().firstValue("content-type").orElse(""))
			.isEqualToIgnoringCase("application/javascript;charset=UTF-8");
		assertThat(open.headers().firstValue("cache-control").orElse("")).contains("no-store");
		assertThat(open.headers().map()).doesNotContainKey("set-cookie");
		HttpResponse<String> sent = this.http.post(this.session + "/xhr_send", "[\"NONSENSE\\n\\n\\u0000\"]");
		assertThat(sent.statusCode()).isEqualTo(204);
		assertThat(this.http.post(this.session + "/xhr", "").body()).startsWith("a[\"ERROR\\n");
		for (int i = 0; i < 2; i++) {
			assertThat(this.http.post("/sockjs/other-server" + this.session.substring(11) + "/xhr", "").body())
				.isEqualTo("c[4006,\"bad frame\"]\n");
		}
		assertThat(this.http.post(this.session + "/xhr_send", "[\"x\"]").statusCode()).isEqualTo(404);
	}

	@Test
	void sendWhenSessionIsUnknownThenIsNotThere() {
		assertThat(this.http.post("/sockjs/000/nobody/xhr_send", "[\"x\"]").statusCode()).isEqualTo(404);
		assertThat(this.http.post("/sockjs/000/nobody/jsonp_send", "[\"x\"]").statusCode()).isEqualTo(404);
	}

	@Test
	void sendWhenMalformedThenSaysSoAndSessionGoesOn() {
		this.http.post(this.session + "/xhr", "");
		HttpResponse<String> broken = this.http.post(this.session + "/xhr_send", "[\"x");
		assertThat(broken.statusCode()).isEqualTo(500);
		assertThat(broken.body()).isEqualTo("Broken JSON encoding.");
		assertThat(this.http.post(this.session + "/xhr_send", "").body()).isEqualTo("Payload expected.");
		assertThat(this.http.with("Content-Type", "nonsense;").post(this.session + "/xhr_send", "[]").statusCode())
			.isEqualTo(204);
	}

	@Test
	void sendWhenMessageIsHugeThenClosesWithTooBig() {
		this.http.post(this.session + "/xhr", "");
		assertThat(this.http.post(this.session + "/xhr_send", "[\"" + "x".repeat(1_000_000) + "\"]").statusCode())
			.isEqualTo(413);
		assertThat(this.http.post(this.session + "/xhr", "").body()).isEqualTo("c[1009,\"too big\"]\n");
	}

	@Test
	void receiveWhenAnotherWaitsThenIsSentAway() throws IOException {
		this.http.post(this.session + "/xhr", "");
		try (Http.Response first = this.http.open("POST", this.session + "/xhr");
				Http.Response second = this.http.open("POST", this.session + "/xhr")) {
			// Which of the two comes first is up to the network.
			List<String> lines = List.of(frame(first), frame(second));
			assertThat(lines).containsOnlyOnce("c[2010,\"Another connection still open\"]").contains("h");
		}
	}

	/** The first line that is a frame: a heart-beat or a close. */
	private static String frame(Http.Response response) throws IOException {
		String line = response.line("");
		while (!line.equals("h") && !line.startsWith("c[")) {
			line = response.line("");
		}
		return line;
	}

	@Test
	void xhrStreamingThenPreludeFramesAndHeartBeatsComeOnOneResponse() throws IOException {
		try (Http.Response response = this.http.open("POST", this.session + "/xhr_streaming")) {
			assertThat(response.line("X-Accel-Buffering")).isEqualTo("X-Accel-Buffering: no");
			assertThat(response.line("hh")).isEqualTo("h".repeat(2048));
			assertThat(response.line("o")).isEqualTo("o");
			assertThat(response.line("h")).isEqualTo("h");
			this.http.post(this.session + "/xhr_send", "[\"NONSENSE\\n\\n\\u0000\"]");
			assertThat(response.line("a[")).startsWith("a[\"ERROR");
			assertThat(response.line("c[")).isEqualTo("c[4006,\"bad frame\"]");
			assertThat(response.line("\0")).isNull();
		}
	}

	@Test
	void eventSourceThenSpeaksEvents() throws IOException {
		try (Http.Response response = this.http.open("GET", this.session + "/eventsource")) {
			assertThat(response.line("Content-Type")).isEqualTo("Content-Type: text/event-stream;charset=UTF-8");
			assertThat(response.line("data: ")).isEqualTo("data: o");
			assertThat(response.line("data: ")).isEqualTo("data: h");
		}
	}

	@Test
	void htmlFileThenSpeaksScripts() throws IOException {
		try (Http.Response response = this.http.open("GET", this.session + "/htmlfile?c=%63allback")) {
			assertThat(response.line("Content-Security-Policy")).contains("script-src 'unsafe-inline'",
					"frame-ancestors 'self' " + APP);
			assertThat(response.line("    var c = ")).isEqualTo("    var c = parent.callback;");
			assertThat(response.line("p(")).isEqualTo("p(\"o\");");
			assertThat(response.line("p(")).isEqualTo("p(\"h\");");
		}
	}

	@Test
	void jsonpThenCallsBackAndTakesForms() {
		HttpResponse<String> open = this.http.get(this.session + "/jsonp?c=%63allback");
		assertThat(open.body()).isEqualTo("/**/callback(\"o\");\r\n");
		assertThat(open.headers().firstValue("content-type").orElse(""))
			.isEqualToIgnoringCase("application/javascript;charset=UTF-8");
		assertThat(open.headers().firstValue("x-content-type-options")).hasValue("nosniff");
		HttpResponse<String> sent = this.http.with("Content-Type", "application/x-www-form-urlencoded")
			.post(this.session + "/jsonp_send", "d=%5B%22NONSENSE%5Cn%5Cn%5Cu0000%22%5D");
		assertThat(sent.statusCode()).isEqualTo(200);
		assertThat(sent.body()).isEqualTo("ok");
		assertThat(this.http.get(this.session + "/jsonp?c=x").body()).startsWith("/**/x(\"a[\\\"ERROR");
		assertThat(this.http.get(this.session + "/jsonp?c=x").body())
			.isEqualTo("/**/x(\"c[4006,\\\"bad frame\\\"]\");\r\n");
	}

	@Test
	void jsonpWhenPlainTextThenTakesItToo() {
		this.http.get(this.session + "/jsonp?c=x");
		assertThat(this.http.with("Content-Type", "text/plain").post(this.session + "/jsonp_send", "[\"\\n\"]").body())
			.isEqualTo("ok");
		HttpResponse<String> empty = this.http.with("Content-Type", "application/x-www-form-urlencoded")
			.post(this.session + "/jsonp_send", "d=");
		assertThat(empty.statusCode()).isEqualTo(500);
		assertThat(empty.body()).isEqualTo("Payload expected.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "jsonp", "htmlfile" })
	void callbackWhenMissingOrNotANameThenIsRefused(String transport) {
		String path = this.session + "/" + transport;
		assertThat(this.http.get(path).statusCode()).isEqualTo(500);
		assertThat(this.http.get(path).body()).isEqualTo("\"callback\" parameter required");
		for (String callback : new String[] { "", "%20", "*", "abc(", "abc%28", "alert(1)//", "a%3Cscript%3E", "%0a",
				"x".repeat(129) }) {
			HttpResponse<String> response = this.http.get(path + "?c=" + callback);
			assertThat(response.statusCode()).isEqualTo(500);
			assertThat(response.headers().firstValue("content-type").orElse(""))
				.isEqualToIgnoringCase("text/plain;charset=UTF-8");
			assertThat(response.body()).isEqualTo("invalid \"callback\" parameter");
		}
	}

	@Test
	void requestWhenOtherTransportOfSameSessionThenIsNotThere() {
		this.http.post(this.session + "/xhr", "");
		assertThat(this.http.get(this.session + "/eventsource").statusCode()).isEqualTo(404);
	}

	@Test
	void requestWhenFromOtherAddressThenDeliversNothing() {
		assertThat(this.http.post(this.session + "/xhr", "").body()).isEqualTo("o\n");
		Http stranger = this.http.from("127.0.0.2");
		assertThat(stranger.post(this.session + "/xhr", "").statusCode()).isEqualTo(404);
		assertThat(stranger.post(this.session + "/xhr_send", "[\"x\"]").statusCode()).isEqualTo(404);
		Http behindProxy = this.http.with("X-Forwarded-For", "192.0.2.7");
		assertThat(behindProxy.post(this.session + "/xhr", "").statusCode()).isEqualTo(404);
		assertThat(this.http.post(this.session + "/xhr", "").body()).isEqualTo("h\n");
	}

	@Test
	void requestWhenThroughProxyThenAddressThatItHasSeenDecides() {
		assertThat(this.http.with("X-Forwarded-For", "192.0.2.7, 10.0.0.1").post(this.session + "/xhr", "").body())
			.isEqualTo("o\n");
		assertThat(
				this.http.with("X-Forwarded-For", "192.0.2.8, 10.0.0.1").post(this.session + "/xhr", "").statusCode())
			.isEqualTo(404);
		assertThat(this.http.post(this.session + "/xhr", "").statusCode()).isEqualTo(404);
		assertThat(this.http.with("X-Forwarded-For", "192.0.2.7, 10.0.0.2").post(this.session + "/xhr", "").body())
			.isEqualTo("h\n");
	}

	@Test
	void sessionWhenSomebodyShowsCredentialsThatAreNotTheirsThenDeliversNothing() {
		assertThat(this.http.post(this.session + "/xhr", "").body()).isEqualTo("o\n");
		assertThat(this.http.with("Authorization", "Bearer x").post(this.session + "/xhr", "").statusCode())
			.isEqualTo(404);
	}

	// WebSocket

	@Test
	void webSocketWhenNoUpgradeThenSaysSo() {
		HttpResponse<String> response = this.http.get(this.session + "/websocket");
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).isEqualTo("Can \"Upgrade\" only to \"WebSocket\".");
		assertThat(this.http.post(this.session + "/websocket", "").statusCode()).isEqualTo(405);
	}

	@Test
	void webSocketWhenFramedThenOpensBeatsAndCloses() throws Exception {
		try (Socket socket = new Socket(this.session + "/websocket")) {
			assertThat(socket.next()).isEqualTo("o");
			assertThat(socket.next()).isEqualTo("h");
			socket.send("");
			socket.send("[\"CONNECT\\naccept-version:1.2\\nhost:x\\n\\n\\u0000\"]");
			assertThat(socket.next("a")).startsWith("a[\"CONNECTED\\nversion:1.2\\n");
			socket.send("\"SEND\\ndestination:/nowhere\\n\\n\\u0000\"");
			assertThat(socket.next("a")).startsWith("a[\"ERROR");
			assertThat(socket.next("c")).startsWith("c[1008,\"policy\"]");
			assertThat(socket.next("close")).isEqualTo("close 1000 policy");
		}
	}

	@Test
	void webSocketWhenMalformedThenCloses() throws Exception {
		try (Socket socket = new Socket(this.session + "/websocket")) {
			assertThat(socket.next()).isEqualTo("o");
			socket.send("[\"x");
			assertThat(socket.next("c[")).isEqualTo("c[1007,\"invalid payload\"]");
			assertThat(socket.next("close")).isEqualTo("close 1000 invalid payload");
		}
	}

	@Test
	void webSocketWhenHugeThenCloses() throws Exception {
		try (Socket socket = new Socket(this.session + "/websocket")) {
			assertThat(socket.next()).isEqualTo("o");
			socket.send("[\"" + "x".repeat(1_000_000) + "\"]");
			assertThat(socket.next("c[")).isEqualTo("c[1009,\"too big\"]");
			assertThat(socket.next("close")).isEqualTo("close 1000 too big");
		}
	}

	@Test
	void webSocketWhenSessionIdIsReusedThenEachIsItsOwn() throws Exception {
		try (Socket first = new Socket(this.session + "/websocket");
				Socket second = new Socket(this.session + "/websocket")) {
			assertThat(first.next()).isEqualTo("o");
			assertThat(second.next()).isEqualTo("o");
		}
	}

	@Test
	void webSocketWhenRawThenSpeaksStomp() throws Exception {
		try (Socket socket = new Socket("/sockjs/websocket")) {
			socket.send("CONNECT\naccept-version:1.2\nhost:x\n\n\0");
			assertThat(socket.next()).startsWith("CONNECTED\n");
		}
	}

	/** What a WebSocket receives, its end as well. */
	private final class Socket implements WebSocket.Listener, AutoCloseable {

		private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

		private final StringBuilder text = new StringBuilder();

		private final HttpClient client = SockJsProtocolIntegrationTests.this.http.client();

		private final WebSocket webSocket;

		Socket(String path) {
			this.webSocket = this.client.newWebSocketBuilder()
				.buildAsync(URI.create("ws://127.0.0.1:" + SockJsProtocolIntegrationTests.this.port + path), this)
				.join();
		}

		void send(String message) {
			this.webSocket.sendText(message, true).join();
		}

		String next() throws InterruptedException {
			return this.events.poll(30, TimeUnit.SECONDS);
		}

		String next(String start) throws InterruptedException {
			String event = next();
			while (event != null && !event.startsWith(start)) {
				event = next();
			}
			return event;
		}

		@Override
		public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
			this.text.append(data);
			if (last) {
				this.events.add(this.text.toString());
				this.text.setLength(0);
			}
			socket.request(1);
			return null;
		}

		@Override
		public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
			this.events.add("close " + code + " " + reason);
			return null;
		}

		@Override
		public void close() {
			this.webSocket.abort();
			this.client.shutdownNow();
			this.client.close();
		}

	}

}
