package dev.carillon.http;

import java.net.Socket;
import java.util.stream.Stream;

import dev.carillon.support.http.Api;
import dev.carillon.support.http.RawHttp;
import dev.carillon.support.http.Service;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Requests that are wrong, from the outermost layer inwards.
 */
class ProblemsIntegrationTests {

	private static Service service;

	private final Api api = service.api();

	@BeforeAll
	static void start() {
		service = Service.demo("carillon.http.request-timeout=2s");
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void requestWhenPathIsUnknownThenProblem() {
		this.api.get("/api/nothing").isProblem(404, "not-found");
		this.api.get("/nothing").isProblem(404, "not-found");
		this.api.get("/nothing", "Accept", "text/html").isProblem(404, "not-found");
		this.api.get("/error").isProblem(404, "not-found");
	}

	@Test
	void requestWhenMethodIsWrongThenProblemNamesTheOthers() {
		Api.Answer answer = this.api.get("/api/publish").isProblem(405, "bad-frame");
		assertThat(answer.header("allow")).contains("POST");
		service.api("alice").method("DELETE", "/api/messages").isProblem(405, "bad-frame");
		service.api("alice").method("PATCH", "/api/publish").isProblem(405, "bad-frame");
	}

	@Test
	void requestWhenMediaTypeIsWrongThenProblem() {
		this.api
			.send(this.api.request("/api/publish", "Content-Type", "text/plain")
				.POST(java.net.http.HttpRequest.BodyPublishers.ofString("x")))
			.isProblem(415, "bad-frame");
		this.api.get("/api/messages?destination=/topic/open.x", "Accept", "image/png").isProblem(406, "bad-frame");
	}

	@Test
	void headAndOptionsWhenAskedThenAnswered() {
		assertThat(this.api.method("HEAD", "/api/messages?destination=/topic/open.x").status()).isEqualTo(200);
		Api.Answer options = this.api.method("OPTIONS", "/api/messages");
		assertThat(options.status()).isEqualTo(200);
		assertThat(options.header("allow")).contains("GET").doesNotContain("TRACE");
	}

	@ParameterizedTest
	@ValueSource(strings = { "TRACE", "CONNECT", "TRACK", "BREW" })
	void requestWhenMethodIsNotOneOfOursThenNothingIsEchoed(String method) {
		String answer = RawHttp.exchange(service,
				method + " /api/messages HTTP/1.1\r\nHost: x\r\nX-Secret: 4711\r\n\r\n");
		assertThat(answer).startsWith("HTTP/1.1 4").contains("\"code\":").doesNotContain("4711");
	}

	static Stream<Arguments> brokenRequests() {
		String end = "Host: x\r\n\r\n";
		return Stream.of(Arguments.of("GET /api/../api/session HTTP/1.1\r\n" + end, "400"),
				Arguments.of("GET /api/%2e%2e/session HTTP/1.1\r\n" + end, "400"),
				Arguments.of("GET /api/session;x=1 HTTP/1.1\r\n" + end, "400"),
				Arguments.of("GET /api//session HTTP/1.1\r\n" + end, "400"),
				Arguments.of("GET /api/%00 HTTP/1.1\r\n" + end, "400"),
				Arguments.of("GET /api/%0d%0aX:1 HTTP/1.1\r\n" + end, "400"),
				Arguments.of("GET /api/%zz HTTP/1.1\r\n" + end, "400"),
				Arguments.of("GET /api/messages?destination=%zz HTTP/1.1\r\n" + end, "400"),
				Arguments.of("GET /api/messages?destination=%ff HTTP/1.1\r\n" + end, "400"),
				Arguments.of("GET /api/session HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400"),
				Arguments.of("GET /api/session HTTP/1.1\r\n\r\n", "400"),
				Arguments.of("GET /api/session HTTP/9.9\r\n" + end, "505"),
				Arguments.of("GET /api/session HTTP/1.1\r\nBad Header: x\r\n" + end, "400"),
				Arguments.of("GET /api/session HTTP/1.1\r\nX: a\0b\r\n" + end, "400"),
				Arguments.of("POST /api/publish HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n" + end, "400"),
				Arguments.of("POST /api/publish HTTP/1.1\r\nContent-Length: -1\r\n" + end, "400"),
				Arguments.of("POST /api/publish HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n" + end,
						"400"),
				Arguments.of("GET /api/session HTTP/1.1\r\nX: " + "x".repeat(20_000) + "\r\n" + end, "431"),
				Arguments.of("GET /api/session HTTP/1.1\r\n" + "X: x\r\n".repeat(5_000) + end, "431"),
				Arguments.of("GET /api/" + "x".repeat(20_000) + " HTTP/1.1\r\n" + end, "414"));
	}

	@ParameterizedTest
	@MethodSource("brokenRequests")
	void requestWhenBrokenThenProblemAndNothingInternal(String request, String status) {
		String answer = RawHttp.exchange(service, request);
		assertThat(answer).startsWith("HTTP/1.1 " + status)
			.containsIgnoringCase("content-type: application/problem+json")
			.contains("\"code\":\"")
			.doesNotContain("Exception", "\tat ", "Jetty");
		assertThat(this.api.get("/api/session").status()).isEqualTo(200);
	}

	/** Each byte on its own, so that no idle timeout would ever be reached. */
	@ParameterizedTest
	@ValueSource(strings = { "GET /ws HTTP/1.1\r\nHost: x\r\nX-Slow: ", "",
			"GET /api/session HTTP/1.1\r\nHost: x\r\n\r\nGET /api/session HTTP/1.1\r\nX: " })
	void requestWhenItDripsInThenDroppedInBoundedTime(String start) throws Exception {
		try (Socket socket = RawHttp.open(service)) {
			socket.getOutputStream().write(start.getBytes());
			Thread dripping = Thread.ofVirtual().start(() -> drip(socket, start.isEmpty() ? '\n' : 'x'));
			// Whatever is answered first, the end comes although bytes do not stop.
			assertThatCode(() -> {
				while (socket.getInputStream().read() >= 0) {
					Thread.onSpinWait();
				}
			}).satisfiesAnyOf((none) -> assertThat(none).isNull(),
					(reset) -> assertThat(reset).isInstanceOf(java.net.SocketException.class));
			dripping.join();
		}
	}

	private static void drip(Socket socket, char c) {
		try {
			while (true) {
				socket.getOutputStream().write(c);
				java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
			}
		}
		catch (java.io.IOException _) {
			// the server has had enough
		}
	}

	@Test
	void requestWhenBodyDripsInThenRefusedInBoundedTime() throws Exception {
		try (Socket socket = RawHttp.open(service)) {
			socket.getOutputStream()
				.write(("POST /api/publish HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
						+ "Content-Length: 100000\r\n\r\n")
					.getBytes());
			Thread dripping = Thread.ofVirtual().start(() -> drip(socket, ' '));
			assertThat(RawHttp.answer(socket)).startsWith("HTTP/1.1 400").contains("carillon.http.request-timeout");
			socket.close();
			dripping.join();
		}
	}

}
