package dev.carillon.stomp;

import java.time.Duration;
import java.util.List;

import dev.carillon.support.CarillonTest;
import dev.carillon.support.RawStomp;
import dev.carillon.support.RawStomp.Answer;
import dev.carillon.support.RawWebSocket;
import dev.carillon.support.TryApplication;
import dev.carillon.topic.Refusal;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.messaging.simp.SimpMessagingTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * That application code keeps Spring's idioms.
 */
@CarillonTest
class SpringIdiomsIntegrationTests {

	private final int port;

	private final SimpMessagingTemplate template;

	private final TryApplication.Stages stages;

	private final TryApplication.SessionEvents events;

	SpringIdiomsIntegrationTests(@LocalServerPort int port, SimpMessagingTemplate template,
			TryApplication.Stages stages, TryApplication.SessionEvents events) {
		this.port = port;
		this.template = template;
		this.stages = stages;
		this.events = events;
	}

	@Test
	void messageMappingWhenSendToThenTheAnswerIsPublishedBeforeTheReceipt() {
		try (RawStomp alice = RawStomp.user(this.port, "alice"); RawStomp other = RawStomp.guest(this.port)) {
			other.subscribe("1", "/topic/open.greetings.hall");
			alice.published("/app/try.greet.hall", "{\"name\":\"Bob\",\"count\":2}", "content-type:application/json",
					"message-key:k");
			Answer message = other.message();
			assertThat(message.header("content-type")).isEqualTo("application/json");
			assertThat(message.header("message-id")).endsWith("-1");
			assertThat(message.text()).contains("\"room\":\"hall\"", "\"from\":\"alice\"", "\"to\":\"Bob\"",
					"\"count\":2", "\"key\":\"k\"");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"name":"","count":1}    | message-key:k | name
			{"name":"x","count":0}   | message-key:k | count
			{"name":"x","count":"y"} | message-key:k | count has a value of the wrong kind
			{"name":                 | message-key:k | form
			{"name":"x","count":1}   | other:k       | missing
			""")
	void payloadWhenItDoesNotFitThenBadValueWithoutAnExceptionsText(String body, String header, String word) {
		try (RawStomp client = RawStomp.guest(this.port)) {
			client.publish("/app/try.greet.hall", body, "content-type:application/json", header);
			Answer error = client.error();
			assertThat(error.header("code")).isEqualTo("bad-value");
			assertThat(error.header("message")).contains(word)
				.doesNotContain("Exception", "dev.carillon", "org.springframework", "tools.jackson");
			assertThat(error.body()).isEmpty();
		}
	}

	@Test
	void subscribeMappingWhenSubscribedThenOneAnswerToThisSubscription() {
		try (RawStomp client = RawStomp.guest(this.port)) {
			client.subscribe("s", "/app/try.state.hall");
			Answer answer = client.message();
			assertThat(answer.text()).isEqualTo("{\"state\":\"of hall\"}");
			assertThat(answer.header("subscription")).isEqualTo("s");
			assertThat(answer.header("destination")).isEqualTo("/app/try.state.hall");
			client.confirmed("UNSUBSCRIBE", "id:s");
		}
	}

	@Test
	void subscribeMappingWhenRefusedThenErrorAndTheIdIsFree() {
		try (RawStomp client = RawStomp.guest(this.port, "soft-errors:true")) {
			client.send("SUBSCRIBE", "id:s", "destination:/app/try.state.closed", "receipt:r");
			assertThat(client.error().headers()).containsEntry("code", "not-found")
				.containsEntry("message", "There is no room closed")
				.containsEntry("receipt-id", "r");
			client.subscribe("s", "/app/try.state.hall");
			client.send("SUBSCRIBE", "id:s", "destination:/app/try.state.hall");
			assertThat(client.error().header("code")).isEqualTo("conflict");
		}
	}

	@Test
	void sendToUserWhenBroadcastThenAllSessionsElseOnlyTheOneThatAsked() {
		try (RawStomp one = RawStomp.user(this.port, "alice"); RawStomp two = RawStomp.user(this.port, "alice")) {
			one.subscribe("1", "/user/queue/answers");
			two.subscribe("2", "/user/queue/answers");
			one.published("/app/try.here", "a");
			one.published("/app/try.mine", "b");
			two.published("/app/try.here", "c");
			Answer here = one.message();
			assertThat(here.text()).isEqualTo("only here: a");
			assertThat(here.header("destination")).isEqualTo("/user/queue/answers");
			assertThat(here.header("subscription")).isEqualTo("1");
			assertThat(one.message().text()).isEqualTo("all of you: b");
			assertThat(List.of(two.message().text(), two.message().text())).containsExactlyInAnyOrder("all of you: b",
					"only here: c");
			assertThat(one.unread()).isEmpty();
		}
	}

	@Test
	void templateWhenUsedByAHandlerThenTopicsAndUsersReceive() {
		try (RawStomp bob = RawStomp.user(this.port, "bob"); RawStomp client = RawStomp.guest(this.port)) {
			bob.subscribe("1", "/user/queue/template");
			client.subscribe("1", "/topic/open.template");
			client.published("/app/try.template", "{\"name\":\"Eve\",\"count\":3}", "content-type:application/json");
			Answer message = client.message();
			assertThat(message.text()).isEqualTo("{\"name\":\"Eve\",\"count\":3}");
			assertThat(message.header("tone")).isEqualTo("friendly");
			assertThat(bob.message().text()).isEqualTo("{\"name\":\"Eve\",\"count\":3}");
		}
	}

	@Test
	void templateWhenUsedOutsideOfAnyFrameThenPublishedOrRefused() {
		try (RawStomp client = RawStomp.guest(this.port)) {
			client.subscribe("1", "/topic/open.outside");
			this.template.convertAndSend("/topic/open.outside", new TryApplication.Greeting("Eve", 1));
			assertThat(client.message().text()).isEqualTo("{\"name\":\"Eve\",\"count\":1}");
		}
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> this.template.convertAndSend("/topic/unknown", "x"))
			.withStackTraceContaining("No family of topics");
	}

	@Test
	void templateWhenTheDestinationIsUnknownThenTheFrameThatCausedItFails() {
		try (RawStomp client = RawStomp.guest(this.port)) {
			client.publish("/app/try.nowhere", "x", "receipt:r");
			assertThat(client.error().headers()).containsEntry("code", "unknown-destination")
				.containsEntry("receipt-id", "r");
		}
	}

	@Test
	void refusalWhenThrownByAHandlerThenErrorWithItsCode() {
		try (RawStomp client = RawStomp.guest(this.port, "soft-errors:true")) {
			client.publish("/app/try.refuse", "x", "receipt:r");
			assertThat(client.error().headers()).containsEntry("code", "rate-limited")
				.containsEntry("message", "Not so fast")
				.containsEntry("fatal", "false")
				.containsEntry("receipt-id", "r");
			assertThat(client.unread()).isEmpty();
		}
	}

	@Test
	void exceptionWhenNobodyHandlesItThenInternalWithoutItsText() {
		try (RawStomp client = RawStomp.guest(this.port)) {
			client.publish("/app/try.fail", "x");
			Answer error = client.error();
			assertThat(error.header("code")).isEqualTo("internal");
			assertThat(error.toString()).doesNotContain("swordfish", "Exception");
			assertThat(client.closed()).isEqualTo(1011);
		}
	}

	@Test
	void exceptionWhenAMethodHandlesItThenItsAnswerAndAReceipt() {
		try (RawStomp client = RawStomp.guest(this.port)) {
			client.subscribe("1", "/user/queue/answers");
			client.published("/app/try.handled", "x");
			assertThat(client.message().text()).isEqualTo("handled here: handled");
		}
	}

	@Test
	void applicationDestinationWhenNoMethodHasItThenError() {
		try (RawStomp client = RawStomp.guest(this.port)) {
			client.publish("/app/try.nothing", "x");
			Answer error = client.error();
			assertThat(error.header("code")).isEqualTo("unknown-destination");
			assertThat(error.header("message")).contains("/app/try.nothing");
		}
	}

	@Test
	void stageWhenReturnedThenTheReceiptWaitsForItsEnd() {
		try (RawStomp client = RawStomp.guest(this.port)) {
			client.publish("/app/try.later.well", "x", "receipt:later");
			client.confirmed("BEGIN", "transaction:t");
			assertThat(client.unread()).isEmpty();
			this.stages.stage("well").complete("nobody is sent this");
			client.receipt("later");
			assertThat(client.unread()).isEmpty();
		}
	}

	@Test
	void stageWhenItFailsThenError() {
		try (RawStomp client = RawStomp.guest(this.port, "soft-errors:true")) {
			client.publish("/app/try.later.badly", "x", "receipt:later");
			this.stages.stage("badly").completeExceptionally(new Refusal(Refusal.Code.CONFLICT, "Taken"));
			assertThat(client.error().headers()).containsEntry("code", "conflict").containsEntry("receipt-id", "later");
			client.publish("/app/try.later.worse", "x");
			this.stages.stage("worse").completeExceptionally(new TryApplication.SecretException());
			Answer error = client.error();
			assertThat(error.header("code")).isEqualTo("internal");
			assertThat(error.toString()).doesNotContain("swordfish");
		}
	}

	@Test
	void disconnectWhenAFrameIsUnderWayThenItsReceiptComesFirst() {
		try (RawStomp client = RawStomp.guest(this.port)) {
			client.publish("/app/try.later.leaving", "x", "receipt:later");
			client.send("DISCONNECT", "receipt:bye");
			client.send("BEGIN", "transaction:late", "receipt:late");
			// When the pong comes, all of it has been read.
			client.socket().frame(RawWebSocket.FIN | RawWebSocket.PING, new byte[0]);
			assertThat(client.socket().read().opCode()).isEqualTo(RawWebSocket.PONG);
			this.stages.stage("leaving").complete("");
			client.receipt("later");
			client.receipt("bye");
			assertThat(client.closed()).isEqualTo(1000);
			assertThat(client.unread()).isEmpty();
		}
	}

	@Test
	void eventsWhenASessionComesAndGoesThenEachOnce() {
		List<String> seen;
		try (RawStomp alice = RawStomp.user(this.port, "alice")) {
			seen = this.events.of(alice.session());
			alice.subscribe("1", "/topic/open.events");
			alice.confirmed("UNSUBSCRIBE", "id:1");
			alice.confirmed("DISCONNECT");
			alice.closed();
			alice.socket().readEnd();
		}
		awaitSize(seen, 5);
		// Whoever leaves without a word is told of once, too, and after the first.
		RawStomp guest = RawStomp.guest(this.port);
		String name = guest.connected().header("user-name");
		List<String> seenOfGuest = this.events.of(guest.session());
		guest.socket().reset();
		awaitSize(seenOfGuest, 3);
		assertThat(seenOfGuest).containsExactly("1 connect " + name, "2 connected " + name,
				"3 disconnect 1001 " + name);
		assertThat(seen).containsExactly("1 connect alice", "2 connected alice", "3 subscribe alice",
				"4 unsubscribe alice", "5 disconnect 1000 alice");
	}

	private static void awaitSize(List<String> list, int size) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> list.size() >= size);
	}

	@Test
	void websocketScopeWhenUsedThenOneBeanForEachSession() {
		List<Integer> ended = TryApplication.Calls.ended();
		try (RawStomp one = RawStomp.guest(this.port); RawStomp two = RawStomp.guest(this.port)) {
			one.subscribe("1", "/user/queue/answers");
			two.subscribe("1", "/user/queue/answers");
			for (int i = 1; i <= 3; i++) {
				one.published("/app/try.count", "");
				assertThat(one.message().text()).isEqualTo("call " + i);
			}
			two.published("/app/try.count", "");
			assertThat(two.message().text()).isEqualTo("call 1");
			assertThat(ended).isEmpty();
		}
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(ended).containsExactlyInAnyOrder(3, 1));
	}

}
