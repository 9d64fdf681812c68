package dev.carillon.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import dev.carillon.support.http.Api;
import dev.carillon.support.http.RawHttp;
import dev.carillon.support.http.Service;
import dev.carillon.support.http.WsClient;
import dev.carillon.topic.Destination;
import dev.carillon.topic.Topics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PublishIntegrationTests {

	private static Service service;

	private final Api api = service.api();

	@BeforeAll
	static void start() {
		service = Service.demo("carillon.limits.send-rate=0", "carillon.limits.headers=8",
				"carillon.limits.header-size=256B", "carillon.http.body-size=64KB");
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	private static long head(String destination) {
		return service.bean(Topics.class).open(Destination.of(destination)).log().head();
	}

	@Test
	void publishWhenOneThenItsPositionAndSubscribersHaveIt() {
		try (WsClient subscriber = WsClient.connect(service)) {
			subscriber.subscribe("s", "/topic/open.one");
			Api.Answer answer = this.api.post("/api/publish", """
					{"destination":"/topic/open.one","json":{"a":[1,2]},"headers":{"color":"red"}}""");
			assertThat(answer.status()).isEqualTo(200);
			WsClient.Frame message = subscriber.next("MESSAGE");
			assertThat(message.header("message-id")).isEqualTo(answer.text("position"));
			assertThat(message.header("content-type")).isEqualTo("application/json");
			assertThat(message.header("color")).isEqualTo("red");
			assertThat(message.body()).isEqualTo("{\"a\":[1,2]}");
		}
	}

	@Test
	void publishWhenManyThenAnswersInOrder() {
		Api.Answer answer = this.api.post("/api/publish", """
				[{"destination":"/topic/open.many","body":"a"},{"destination":"/topic/open.many","body":"b"},
				{"destination":"/topic/open.other","body":"c"}]""");
		assertThat(answer.status()).isEqualTo(200);
		List<String> positions = answer.json().valueStream().map((one) -> one.path("position").asString()).toList();
		assertThat(positions).hasSize(3).doesNotHaveDuplicates();
		assertThat(positions.get(1)).endsWith("-2");
		assertThat(this.api.post("/api/publish", "[]").json().size()).isZero();
	}

	@Test
	void publishWhenOneOfManyIsRefusedByTheRulesThenNoneIsPublished() {
		this.api.post("/api/publish", """
				[{"destination":"/topic/open.all","body":"a"},{"destination":"/topic/members.x","body":"b"}]""")
			.isProblem(403, "access-denied");
		assertThat(head("/topic/open.all")).isZero();
	}

	@Test
	void publishWhenBodyOfOneIsTooLargeThenItsResultSaysSo() {
		String large = "x".repeat(20);
		try (Service small = Service.demo("carillon.topics.h-tiny.pattern=/topic/tiny.{name}",
				"carillon.topics.h-tiny.send=anyone", "carillon.topics.h-tiny.message-size=10B")) {
			Api.Answer answer = small.api()
				.post("/api/publish", "[{\"destination\":\"/topic/tiny.a\",\"body\":\"" + large
						+ "\"},{\"destination\":\"/topic/tiny.a\",\"body\":\"ok\"}]");
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.json().path(0).path("code").asString()).isEqualTo("too-large");
			assertThat(answer.json().path(0).path("detail").asString()).contains("message-size of h-tiny");
			assertThat(answer.json().path(1).path("position").asString()).endsWith("-1");
			small.api().publish("/topic/tiny.a", large).isProblem(413, "too-large");
		}
	}

	@Test
	void publishWhenKeyIsRepeatedThenPublishedOnce() {
		String body = "{\"destination\":\"/topic/open.key\",\"body\":\"x\",\"messageKey\":\"k1\"}";
		String first = this.api.post("/api/publish", body).text("position");
		assertThat(this.api.post("/api/publish", body).text("position")).isEqualTo(first);
		assertThat(head("/topic/open.key")).isEqualTo(1);
		// Somebody else's key of the same name is another key.
		assertThat(service.api("alice").post("/api/publish", body).text("position")).isNotEqualTo(first);
		assertThat(head("/topic/open.key")).isEqualTo(2);
	}

	@Test
	void publishWhenKeyIsRepeatedOverWebSocketThenPublishedOnce() {
		String body = "{\"destination\":\"/topic/open.bothkeys\",\"body\":\"x\",\"messageKey\":\"both\"}";
		service.api("alice").post("/api/publish", body);
		try (WsClient alice = WsClient.connect(service, "login:alice", "passcode:alice")) {
			alice.send("SEND", "x", "destination:/topic/open.bothkeys", "message-key:both", "receipt:done");
			alice.next("RECEIPT");
		}
		assertThat(head("/topic/open.bothkeys")).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "null", "1", "\"text\"", "[null]", "[1]", "{}", "{\"body\":\"x\"}",
			"{\"destination\":7.5,\"body\":{}}", "{\"destination\":\"/topic/open.b\",\"body\":[1]}",
			"{\"destination\":\"/topic/open.b\",\"headers\":{\"a\":null}}",
			"{\"destination\":\"/topic/open.b\",\"headers\":{\"a\":{}}}",
			"{\"destination\":\"/topic/open.b\",\"headers\":{\"\":\"x\"}}",
			"{\"destination\":\"/topic/open.b\",\"headers\":{\"Message-Id\":\"x\"}}",
			"{\"destination\":\"/topic/open.b\",\"base64\":\"*\"}",
			"{\"destination\":\"/topic/open.b\",\"body\":\"x\",\"json\":1}",
			"{\"destination\":\"/topic/open.b\",\"messagekey\":\"typo\"}",
			"{\"destination\":\"/topic/open.b\",\"messageKey\":\" \"}",
			"{\"destination\":\"/topic/open..b\",\"body\":\"x\"}", "{\"destination\":\"/app/\",\"body\":\"x\"}",
			"{\"destination\":\"/topic/open.\\u0000\",\"body\":\"x\"}",
			"{\"destination\":\"/topic/open.\\r\\nx:y\",\"body\":\"x\"}",
			"{\"destination\":\"/topic/open.\\ud800\",\"body\":\"x\"}" })
	void publishWhenBodyIsNotWhatIsExpectedThenProblem(String body) {
		this.api.post("/api/publish", body).isProblem(400, "bad-value");
		assertThat(service.bean(Topics.class).find(Destination.of("/topic/open.b"))).isEmpty();
	}

	@Test
	void publishWhenHeadersAreTooManyOrTooLongThenProblemNamesTheLimit() {
		String many = String.join(",", IntStream.range(0, 9).mapToObj((i) -> "\"h" + i + "\":\"x\"").toList());
		Api.Answer refused = this.api.post("/api/publish",
				"{\"destination\":\"/topic/open.b\",\"headers\":{" + many + "}}");
		assertThat(refused.isProblem(413, "too-large").text("detail")).contains("carillon.limits.headers");
		refused = this.api.post("/api/publish",
				"{\"destination\":\"/topic/open.b\",\"headers\":{\"h\":\"" + "x".repeat(300) + "\"}}");
		assertThat(refused.isProblem(413, "too-large").text("detail")).contains("carillon.limits.header-size");
	}

	@Test
	void publishWhenListIsTooLongThenProblemNamesTheLimit() {
		String many = String.join(",",
				IntStream.range(0, 101).mapToObj((_) -> "{\"destination\":\"/topic/open.b\"}").toList());
		assertThat(this.api.post("/api/publish", "[" + many + "]").isProblem(413, "too-large").text("detail"))
			.contains("carillon.http.max-publications");
	}

	/** In one request, so that no time passes in between. */
	@Test
	void publishWhenRateIsUsedUpThenNothingIsPublishedAndProblemNamesTheLimit() {
		String four = "[" + String.join(",",
				IntStream.range(0, 4).mapToObj((_) -> "{\"destination\":\"/topic/slow.a\"}").toList()) + "]";
		Api.Answer refused = this.api.post("/api/publish", four).isProblem(429, "rate-limited");
		assertThat(refused.text("detail")).contains("send-rate of h-slow");
		assertThat(refused.header("retry-after")).isNotNull();
		assertThat(service.bean(Topics.class).find(Destination.of("/topic/slow.a"))).isEmpty();
		// Another user has a quota of their own.
		assertThat(service.api("bob").publish("/topic/slow.a", "x").status()).isEqualTo(200);
	}

	/** A header with line ends must not become two headers of a frame. */
	@Test
	void publishWhenHeaderHasLineEndsThenFrameIsNotBroken() {
		try (WsClient subscriber = WsClient.connect(service)) {
			subscriber.subscribe("s", "/topic/open.crlf");
			assertThat(this.api.post("/api/publish", """
					{"destination":"/topic/open.crlf","headers":{"a":"1\\r\\nevil:2\\n\\nbody\\u0000"},"body":"x"}""")
				.status()).isEqualTo(200);
			WsClient.Frame message = subscriber.next("MESSAGE");
			assertThat(message.headers()).doesNotContainKey("evil").containsKey("a");
			assertThat(message.body()).isEqualTo("x");
		}
	}

	@Test
	void publishWhenBodyClaimsToBeTooLargeThenRefusedBeforeItIsSent() {
		String answer = RawHttp.exchange(service, "POST /api/publish HTTP/1.1\r\nHost: x\r\n"
				+ "Content-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n");
		assertThat(answer).startsWith("HTTP/1.1 413").contains("\"too-large\"", "carillon.http.body-size");
	}

	@Test
	void publishWhenChunkedBodyGrowsTooLargeThenRefused() {
		String chunk = "4000\r\n" + " ".repeat(0x4000) + "\r\n";
		String answer = RawHttp.exchange(service, "POST /api/publish HTTP/1.1\r\nHost: x\r\n"
				+ "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk.repeat(5));
		assertThat(answer).startsWith("HTTP/1.1 413").contains("\"too-large\"", "carillon.http.body-size");
	}

	@Test
	void publishWhenBodyIsJustSmallEnoughThenPublished() {
		byte[] body = ("{\"destination\":\"/topic/open.large\",\"body\":\"" + "x".repeat(65_000) + "\"}")
			.getBytes(StandardCharsets.UTF_8);
		assertThat(body.length).isBetween(65_000, 65_536);
		assertThat(this.api.post("/api/publish", new String(body, StandardCharsets.UTF_8)).status()).isEqualTo(200);
	}

}
