package dev.carillon.http;

import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;

import dev.carillon.support.TryApplication;
import dev.carillon.support.http.Api;
import dev.carillon.support.http.Service;
import dev.carillon.support.http.WsClient;
import dev.carillon.topic.Refusal;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handler methods over HTTP: what a SEND or SUBSCRIBE of the same user would do.
 */
class ApplicationRequestsIntegrationTests {

	private static Service service;

	private final Api alice = service.api("alice");

	@BeforeAll
	static void start() {
		service = Service.demoWith(TryApplication.class, "spring.datasource.url=jdbc:h2:mem:http-app;DB_CLOSE_DELAY=-1",
				"carillon.stocks.simulator.rate=0.001", "carillon.scores.simulator.enabled=false",
				"carillon.limits.frame-size=2KB", "carillon.topics.h-try.pattern=/app/try.**",
				"carillon.topics.h-try.subscribe=anyone", "carillon.topics.h-try.send=anyone",
				"carillon.topics.h-few.pattern=/app/try.handled", "carillon.topics.h-few.send=anyone",
				"carillon.topics.h-few.send-rate=2");
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	private static String message(String destination, String more) {
		return "{\"destination\":\"" + destination + "\"," + more + "}";
	}

	@Test
	void publishWhenAMethodHandlesTheDestinationThenItRunsAsThisUser() {
		try (WsClient subscriber = WsClient.connect(service)) {
			subscriber.subscribe("s", "/topic/open.greetings.hall");
			Api.Answer answer = this.alice.post("/api/publish",
					message("/app/try.greet.hall", "\"json\":{\"name\":\"Bob\",\"count\":2},\"messageKey\":\"k\""));
			assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
			assertThat(answer.raw().body()).isEqualTo("{\"destination\":\"/app/try.greet.hall\"}");
			assertThat(subscriber.next("MESSAGE").body()).contains("\"room\":\"hall\"", "\"from\":\"alice\"",
					"\"to\":\"Bob\"", "\"count\":2", "\"key\":\"k\"");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"name":"","count":1}    | name
			{"name":"x","count":0}   | count
			{"name":"x","count":"y"} | count has a value of the wrong kind
			[1]                      | form
			""")
	void publishWhenTheBodyDoesNotFitThenProblemNamesTheField(String body, String word) {
		Api.Answer refused = this.alice.post("/api/publish",
				message("/app/try.greet.hall", "\"messageKey\":\"k\",\"json\":" + body));
		assertThat(refused.isProblem(400, "bad-value").text("detail")).contains(word);
	}

	@ParameterizedTest
	@CsvSource({ "/app/try.nothing,404,unknown-destination", "/app/nobody.knows,404,unknown-destination",
			"/app/try.refuse,429,rate-limited", "/app/try.fail,500,internal",
			"/app/try.nowhere,404,unknown-destination", "/app/scores.create,403,access-denied",
			"/app/session.refresh,400,bad-value", "/app/try.greet.hall,400,bad-value" })
	void publishWhenRefusedThenProblemWithTheCodeOfTheFrame(String destination, int status, String code) {
		Api.Answer refused = this.alice.post("/api/publish", message(destination, "\"body\":\"x\""))
			.isProblem(status, code);
		assertThat(refused.raw().body()).doesNotContain("swordfish");
	}

	@Test
	void publishWhenGuestThenTheRulesHoldAsForFrames() {
		service.api()
			.post("/api/publish", message("/app/chat.general.send", "\"json\":{\"text\":\"hello\"}"))
			.isProblem(403, "access-denied");
	}

	@Test
	void publishWhenTheMethodIsNotDoneThenTheAnswerWaitsForItsEnd() {
		CompletableFuture<Api.Answer> well = CompletableFuture
			.supplyAsync(() -> this.alice.publish("/app/try.later.http-well", "x"));
		CompletableFuture<Api.Answer> badly = CompletableFuture
			.supplyAsync(() -> this.alice.publish("/app/try.later.http-badly", "x"));
		CompletableFuture<String> first = service.bean(TryApplication.Stages.class).stage("http-well");
		CompletableFuture<String> second = service.bean(TryApplication.Stages.class).stage("http-badly");
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> first.getNumberOfDependents() > 0 && second.getNumberOfDependents() > 0);
		assertThat(well).isNotDone();
		first.complete("nobody is sent this");
		second.completeExceptionally(new Refusal(Refusal.Code.CONFLICT, "Taken"));
		assertThat(well.join().raw().body()).isEqualTo("{\"destination\":\"/app/try.later.http-well\"}");
		assertThat(badly.join().isProblem(409, "conflict").text("detail")).isEqualTo("Taken");
	}

	@Test
	void publishWhenTheMethodAnswersTheUserThenTheResponseHasTheAnswer() {
		try (WsClient socket = WsClient.connect(service, "login:alice", "passcode:alice")) {
			socket.subscribe("s", "/user/queue/answers");
			assertThat(this.alice.publish("/app/try.mine", "a").text("answer")).isEqualTo("all of you: a");
			// For the one session that asks, which here is none.
			assertThat(this.alice.publish("/app/try.here", "b").text("answer")).isEqualTo("only here: b");
			assertThat(this.alice.publish("/app/try.handled", "c").text("answer")).isEqualTo("handled here: handled");
			assertThat(this.alice.publish("/app/try.mine", "d").text("answer")).isEqualTo("all of you: d");
			assertThat(socket.next("MESSAGE").body()).isEqualTo("all of you: a");
			assertThat(socket.next("MESSAGE").body()).isEqualTo("all of you: d");
		}
	}

	@Test
	void publishWhenAListThenEachByItselfAndInOrder() {
		Api.Answer answer = this.alice.post("/api/publish",
				"[" + message("/app/try.mine", "\"body\":\"1\"") + "," + message("/app/try.refuse", "\"body\":\"2\"")
						+ "," + message("/topic/open.mixed", "\"body\":\"3\"") + "]");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json().path(0).path("answer").asString()).isEqualTo("all of you: 1");
		assertThat(answer.json().path(1).path("code").asString()).isEqualTo("rate-limited");
		assertThat(answer.json().path(1).path("detail").asString()).isEqualTo("Not so fast");
		assertThat(answer.json().path(2).path("position").asString()).endsWith("-1");
	}

	/** In one request, so that no time passes in between. */
	@Test
	void publishWhenTheSendRateIsUsedUpThenProblemNamesIt() {
		String three = String.join(",", Collections.nCopies(3, message("/app/try.handled", "\"body\":\"x\"")));
		Api.Answer refused = service.api("bob").post("/api/publish", "[" + three + "]");
		assertThat(refused.isProblem(429, "rate-limited").text("detail")).contains("send-rate of h-few");
	}

	@Test
	void publishWhenTheBodyIsLargerThanAFrameThenProblemNamesTheLimit() {
		Api.Answer refused = this.alice.publish("/app/try.mine", "x".repeat(2049));
		assertThat(refused.isProblem(413, "too-large").text("detail")).contains("carillon.limits.frame-size");
	}

	@Test
	void publishWhenContentTypeIsNoneThenProblem() {
		Api.Answer refused = this.alice.post("/api/publish",
				message("/app/try.mine", "\"body\":\"x\",\"contentType\":\"nonsense\""));
		assertThat(refused.isProblem(400, "bad-value").text("detail")).contains("content-type");
	}

	@Test
	void publishWhenAKeyIsRepeatedOverBothWaysThenTheMessageIsStoredOnce() {
		String body = "{\"text\":\"only once, please\"}";
		for (int i = 0; i < 2; i++) {
			Api.Answer sent = this.alice.post("/api/publish",
					message("/app/chat.general.send", "\"json\":" + body + ",\"messageKey\":\"http-once\""));
			assertThat(sent.status()).as(sent.raw().body()).isEqualTo(200);
		}
		try (WsClient socket = WsClient.connect(service, "login:alice", "passcode:alice")) {
			socket.send("SEND", body, "destination:/app/chat.general.send", "content-type:application/json",
					"message-key:http-once", "receipt:r");
			socket.next("RECEIPT");
		}
		assertThat(this.alice.get("/api/rooms/general/messages?query=once").json().path("messages").size())
			.isEqualTo(1);
	}

	@Test
	void requestWhenAMethodAnswersSubscriptionsThenItsAnswer() {
		assertThat(this.alice.get("/api/request?destination=/app/stocks.alerts").raw().body()).isEqualTo("[]");
		String wish = "\"json\":{\"symbol\":\"AAPL\",\"direction\":\"above\",\"price\":100000}";
		assertThat(this.alice.post("/api/publish", message("/app/stocks.alerts.add", wish)).status()).isEqualTo(200);
		Api.Answer alerts = this.alice.get("/api/request?destination=/app/stocks.alerts");
		assertThat(alerts.status()).isEqualTo(200);
		assertThat(alerts.header("cache-control")).isEqualTo("no-store");
		assertThat(alerts.json().path(0).path("symbol").asString()).isEqualTo("AAPL");
		assertThat(service.api().get("/api/request?destination=/app/try.state.hall").raw().body())
			.isEqualTo("{\"state\":\"of hall\"}");
	}

	@ParameterizedTest
	@CsvSource({ "/app/try.state.closed,404,not-found", "/app/try.nothing,404,unknown-destination",
			"/app/try.mine,404,unknown-destination", "/app/stocks.alerts,403,access-denied",
			"/topic/open.x,400,bad-value", "/queue/x,400,bad-value", "x,400,bad-value" })
	void requestWhenRefusedThenProblem(String destination, int status, String code) {
		service.api().get("/api/request?destination=" + destination).isProblem(status, code);
	}

}
