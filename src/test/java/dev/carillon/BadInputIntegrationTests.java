package dev.carillon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.carillon.delivery.Delivery;
import dev.carillon.security.Admissions;
import dev.carillon.sockjs.SockJsSessions;
import dev.carillon.support.RawStomp;
import dev.carillon.support.RawWebSocket;
import dev.carillon.support.http.Api;
import dev.carillon.support.http.RawHttp;
import dev.carillon.support.http.Service;
import dev.carillon.topic.Topics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What nobody who means well would send: each ends in the answer that belongs to it, with
 * another session untouched, and leaves nothing behind.
 */
class BadInputIntegrationTests {

	private static final int REPEATS = 40;

	/** What heaps differ by without any reason, in bytes; a tenth of what comes in. */
	private static final long NOISE = 12_000_000;

	private static Service service;

	private static RawStomp bystander;

	private static int before;

	@BeforeAll
	static void start() {
		service = Service.demo("spring.datasource.url=jdbc:h2:mem:bad-input;DB_CLOSE_DELAY=-1",
				"carillon.stocks.simulator.rate=0.001", "carillon.scores.simulator.enabled=false",
				"carillon.stomp.heart-beat-receive=100ms", "carillon.http.request-timeout=2s",
				"carillon.sockjs.disconnect-delay=1s", "carillon.limits.failed-logins=0",
				"carillon.stomp.breach-delay=0");
		bystander = RawStomp.guest(service.port());
		bystander.subscribe("b", "/topic/open.bystander");
		before = service.bean(Topics.class).all().size();
	}

	@AfterAll
	static void stop() {
		bystander.close();
		service.close();
	}

	/**
	 * Something bad.
	 *
	 * @param name what it is
	 * @param attempt does it and says how it ended
	 * @param end how it should end
	 */
	private record Bad(String name, Supplier<String> attempt, String end) {

		@Override
		public String toString() {
			return this.name;
		}

	}

	/** A session that sends text, and is ended with an ERROR or without. */
	private static Bad frame(String name, String text, String end) {
		return message(name, RawWebSocket.FIN | RawWebSocket.TEXT, text.getBytes(StandardCharsets.UTF_8), end);
	}

	private static Bad message(String name, int first, byte[] bytes, String end) {
		return new Bad(name, () -> {
			try (RawStomp client = RawStomp.guest(service.port())) {
				client.socket().frame(first, bytes);
				return end(client);
			}
		}, end);
	}

	private static String end(RawStomp client) {
		int code = client.closed();
		return client.unread()
			.stream()
			.filter((answer) -> answer.command().equals("ERROR"))
			.map((error) -> error.header("code") + " ")
			.findFirst()
			.orElse("") + code;
	}

	private static Bad connect(String name, String end, String... lines) {
		return new Bad(name, () -> {
			try (RawStomp client = RawStomp.open(service.port())) {
				client.send("CONNECT", Stream.concat(Stream.of("accept-version:1.2", "host:x"), Stream.of(lines))
					.toArray(String[]::new));
				return end(client);
			}
		}, end);
	}

	private static Bad http(String name, String method, String path, String end, String... headers) {
		return new Bad(name, () -> {
			Api.Answer answer = service.api().method(method, path, headers);
			return answer.status() + " "
					+ answer.raw().body().strip().replaceAll("(?s)^\\{.*\"code\":\"([^\"]+)\".*", "$1");
		}, end);
	}

	private static String send(String destination) {
		return RawStomp.frame("SEND", "destination:" + destination);
	}

	private static String subscribe(String id, String destination) {
		return RawStomp.frame("SUBSCRIBE", "id:" + id, "destination:" + destination);
	}

	private static String sockJs() {
		return "/sockjs/000/" + UUID.randomUUID();
	}

	static Stream<Bad> inFrames() {
		String flood = RawStomp.frame("SEND",
				IntStream.range(0, 5000).mapToObj((i) -> "h" + i + ":x").toArray(String[]::new));
		String storm = String.join("",
				IntStream.range(0, 400).mapToObj((i) -> subscribe("s" + i, "/topic/open.bystander")).toList());
		byte[] latin = "SEND\ndestination:/topic/open.\u00e9\n\n\0".getBytes(StandardCharsets.ISO_8859_1);
		return Stream.of(frame("malformed frame: a header without colon", "SEND\nnonsense\n\n\0", "bad-frame 4006"),
				frame("malformed frame: no end of the headers", "SEND\ndestination:/topic/open.a\0", "bad-frame 4006"),
				frame("malformed frame: body beyond its length",
						"SEND\ndestination:/topic/open.a\ncontent-length:1\n\nxyz\0", "bad-frame 4006"),
				frame("unknown command", "EXPLODE\n\n\0", "bad-frame 4006"),
				frame("missing header: destination", "SEND\n\nx\0", "bad-frame 4006"),
				frame("missing header: id", "SUBSCRIBE\ndestination:/topic/open.a\n\n\0", "bad-frame 4006"),
				frame("missing header: transaction", "BEGIN\n\n\0", "bad-frame 4006"),
				frame("illegal escape", "SEND\ndestination:/topic/open.a\nx:a\\tb\n\n\0", "bad-frame 4006"),
				frame("header flood", flood, "too-large 1009"),
				frame("huge header", RawStomp.frame("SEND", "x:" + "x".repeat(100_000)), "too-large 1009"),
				frame("huge frame, as announced", "SEND\ndestination:/topic/open.a\ncontent-length:1000000000\n\nx",
						"too-large 1009"),
				frame("huge frame, as it grows",
						RawStomp.frameWith("x".repeat(300_000), "SEND", "destination:/topic/open.a"), "too-large 1009"),
				message("invalid UTF-8 in text", RawWebSocket.FIN | RawWebSocket.TEXT, latin, "1007"),
				message("invalid UTF-8 in headers", RawWebSocket.FIN | RawWebSocket.BINARY, latin, "bad-frame 4006"),
				frame("SUBSCRIBE storm", storm, "limit-reached 1008"),
				frame("id reused", subscribe("1", "/topic/open.bystander") + subscribe("1", "/topic/open.bystander"),
						"conflict 1008"),
				frame("ACK of nothing", RawStomp.frame("ACK", "id:1-7@1"), "bad-value 4006"),
				frame("NACK of nothing", RawStomp.frame("NACK", "id:1-7"), "bad-value 4006"),
				frame("UNSUBSCRIBE of nothing", RawStomp.frame("UNSUBSCRIBE", "id:7"), "bad-value 4006"),
				frame("COMMIT of nothing", RawStomp.frame("COMMIT", "transaction:t"), "bad-value 4006"),
				frame("ABORT of nothing", RawStomp.frame("ABORT", "transaction:t"), "bad-value 4006"),
				frame("wildcard where none is allowed", subscribe("w", "/topic/slow.*"), "access-denied 1008"),
				frame("wildcard in SEND", send("/topic/open.*"), "bad-value 4006"),
				frame("wildcard of work queues", subscribe("w", "/queue/*"), "access-denied 1008"),
				frame("wildcard of nothing", subscribe("w", "/nothing/**"), "unknown-destination 1008"),
				frame(".. between dots", send("/topic/open...a"), "bad-value 4006"),
				frame(".. between slashes", subscribe("d", "/topic/../queue/a"), "bad-value 4006"),
				frame("CRLF in a destination", send("/topic/open.a\\r\\nb"), "bad-value 4006"),
				frame("NUL in a destination", send("/topic/open.a\0b"), "bad-frame 4006"),
				frame("control character in a destination", send("/topic/open.a\u0007b"), "bad-value 4006"));
	}

	static Stream<Bad> inNames() {
		return Stream.of(connect("CRLF in a user name", "login-failed 4004", "login:al\\r\\nice", "passcode:alice"),
				connect("control character in a user name", "login-failed 4004", "login:alice\u0007", "passcode:alice"),
				connect("NUL in a user name", "bad-frame 4006", "login:al\0ice", "passcode:alice"),
				connect(".. as a user name", "login-failed 4004", "login:..", "passcode:.."),
				connect("name of a guest", "login-failed 4004", "login:guest-1", "passcode:x"),
				connect("user name without end", "too-large 1009", "login:" + "x".repeat(20_000)));
	}

	static Stream<Bad> inRequests() {
		return Stream.of(
				http("JSONP callback injection: a call", "GET", sockJs() + "/jsonp?c=alert(1)//",
						"500 invalid \"callback\" parameter"),
				http("JSONP callback injection: markup", "GET", sockJs() + "/jsonp?c=%3Cscript%3E",
						"500 invalid \"callback\" parameter"),
				http("JSONP callback injection: a line", "GET", sockJs() + "/htmlfile?c=a%0d%0aX:1",
						"500 invalid \"callback\" parameter"),
				http("SockJS session id guessed", "POST", sockJs() + "/xhr_send", "404 "),
				new Bad("SockJS session id used from another address", BadInputIntegrationTests::fromElsewhere,
						"404 then h"),
				http("cross-site handshake", "GET", "/ws", "403 access-denied", "Origin", "https://evil.example"),
				http("cross-site handshake of SockJS", "POST", sockJs() + "/xhr", "403 access-denied", "Origin",
						"https://evil.example"),
				http("cross-site request", "GET", "/api/messages?destination=/topic/open.bystander",
						"403 access-denied", "Origin", "https://evil.example"),
				http("NUL in a user name of HTTP", "GET", "/api/session", "401 login-failed", "Authorization",
						Api.basic("al\0ice", "alice")),
				http("CRLF in a user name of HTTP", "GET", "/api/session", "401 login-failed", "Authorization",
						Api.basic("al\r\nice", "alice")),
				http(".. in a path", "GET", "/api/%2e%2e/session", "400 bad-frame"),
				http("CRLF in a destination of HTTP", "GET", "/api/messages?destination=/topic/open.a%0d%0ab",
						"400 bad-value"),
				http("NUL in a destination of HTTP", "GET", "/api/stream?destination=/topic/open.a%00b",
						"400 bad-value"));
	}

	/** A session somebody else has opened, which goes on for them. */
	private static String fromElsewhere() {
		String session = sockJs();
		assertThat(service.api().method("POST", session + "/xhr").raw().body()).isEqualTo("o\n");
		try (HttpClient elsewhere = HttpClient.newBuilder().localAddress(InetAddress.getByName("127.0.0.7")).build()) {
			HttpRequest request = HttpRequest.newBuilder(URI.create(service.uri(session + "/xhr").toString()))
				.POST(HttpRequest.BodyPublishers.noBody())
				.build();
			int status = elsewhere.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
			service.api().post(session + "/xhr_send", "[\"X\\n\\n\\u0000\"]");
			assertThat(service.api().method("POST", session + "/xhr").raw().body()).contains("bad-frame");
			return status + " then h";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** What takes its time: nobody hears of it but by the clock. */
	static Stream<Bad> inTime() {
		return Stream.of(new Bad("half-open socket", () -> {
			try (RawStomp client = RawStomp.guest(service.port(), "heart-beat:100,0")) {
				return end(client);
			}
		}, "4001"), new Bad("slow-loris handshake", () -> drip("GET /ws HTTP/1.1\r\nHost: x\r\nX-Slow: "), "dropped"),
				new Bad("slow-loris handshake of SockJS",
						() -> drip("POST " + sockJs() + "/xhr HTTP/1.1\r\nHost: x\r\nX-Slow: "), "dropped"));
	}

	private static String drip(String start) {
		try (Socket socket = RawHttp.open(service)) {
			socket.getOutputStream().write(start.getBytes(StandardCharsets.US_ASCII));
			while (true) {
				socket.getOutputStream().write('x');
				LockSupport.parkNanos(20_000_000);
			}
		}
		catch (IOException _) {
			return "dropped";
		}
	}

	@ParameterizedTest
	@MethodSource({ "inFrames", "inNames", "inRequests", "inTime" })
	void inputWhenBadThenEndsAsItShouldAndOthersAreUntouched(Bad bad) {
		int unread = bystander.unread().size();
		assertThat(bad.attempt().get()).isEqualTo(bad.end());
		bystander.published("/topic/open.bystander", bad.name());
		assertThat(bystander.message().text()).isEqualTo(bad.name());
		assertThat(bystander.unread()).hasSize(unread);
		assertNothingIsLeft();
	}

	/** Sessions, places, and topics that nobody but the attacker has named. */
	private static void assertNothingIsLeft() {
		await().untilAsserted(() -> {
			assertThat(service.bean(Delivery.class).sessionCount()).isEqualTo(1);
			assertThat(service.bean(Admissions.class).count()).isEqualTo(1);
			assertThat(service.bean(SockJsSessions.class).count()).isZero();
		});
		assertThat(service.bean(Topics.class).all()).hasSize(before);
	}

	@Test
	void memoryWhenBadInputHasComeOftenThenIsBackWhereItWas() {
		List<Bad> all = Stream.of(inFrames(), inNames(), inRequests()).flatMap((some) -> some).toList();
		// Once for whatever is made at the first time.
		all.forEach((bad) -> bad.attempt().get());
		assertNothingIsLeft();
		long heap = heap();
		for (int i = 0; i < REPEATS; i++) {
			all.forEach((bad) -> bad.attempt().get());
			bystander.published("/topic/open.bystander", "round " + i);
			assertThat(bystander.message().text()).isEqualTo("round " + i);
		}
		assertNothingIsLeft();
		await().untilAsserted(() -> assertThat(heap()).isLessThan(heap + NOISE));
	}

	private static long heap() {
		ManagementFactory.getMemoryMXBean().gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}
