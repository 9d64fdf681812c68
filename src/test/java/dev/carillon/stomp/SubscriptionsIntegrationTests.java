package dev.carillon.stomp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.carillon.support.CarillonTest;
import dev.carillon.support.RawStomp;
import dev.carillon.support.RawStomp.Answer;
import dev.carillon.support.RawWebSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.user.SimpUserRegistry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a subscription receives: from which place on, how acknowledged, and who may have
 * one.
 */
@CarillonTest
class SubscriptionsIntegrationTests {

	private final int port;

	private final SimpMessagingTemplate template;

	private final SimpUserRegistry users;

	SubscriptionsIntegrationTests(@LocalServerPort int port, SimpMessagingTemplate template, SimpUserRegistry users) {
		this.port = port;
		this.template = template;
		this.users = users;
	}

	private RawStomp guest(String... headers) {
		return RawStomp.guest(this.port, headers);
	}

	/** Publishes numbers in their order. */
	private static void publish(RawStomp client, String destination, int from, int to) {
		for (int i = from; i <= to; i++) {
			client.published(destination, Integer.toString(i));
		}
	}

	// Places to start from

	@Test
	void subscribeWhenConfirmedThenReceiptNamesThePosition() {
		try (RawStomp client = guest()) {
			publish(client, "/topic/open.position", 1, 3);
			Answer receipt = client.subscribe("1", "/topic/open.position");
			assertThat(receipt.header("position")).endsWith("-3");
			assertThat(receipt.headers()).doesNotContainKey("recovered");
			publish(client, "/topic/open.position", 4, 4);
			assertThat(client.message().header("message-id"))
				.isEqualTo(receipt.header("position").replaceFirst("-3$", "-4"));
		}
	}

	@Test
	void subscribeWhenResumedThenNothingIsLostAndNothingTwice() {
		String last;
		try (RawStomp first = guest()) {
			first.subscribe("1", "/topic/open.resume");
			publish(first, "/topic/open.resume", 1, 3);
			assertThat(first.bodies(2)).containsExactly("1", "2");
			last = first.message().header("message-id");
		}
		try (RawStomp between = guest(); RawStomp second = guest()) {
			publish(between, "/topic/open.resume", 4, 6);
			Answer receipt = second.subscribe("1", "/topic/open.resume", "resume-from:" + last);
			assertThat(receipt.header("recovered")).isEqualTo("true");
			assertThat(receipt.header("position")).isEqualTo(last);
			publish(between, "/topic/open.resume", 7, 7);
			assertThat(second.bodies(4)).containsExactly("4", "5", "6", "7");
		}
	}

	@Test
	void subscribeWhenResumedTooLateThenTheGapIsNamed() {
		try (RawStomp client = guest()) {
			client.subscribe("1", "/topic/short.gap");
			publish(client, "/topic/short.gap", 1, 1);
			String last = client.message().header("message-id");
			client.confirmed("UNSUBSCRIBE", "id:1");
			publish(client, "/topic/short.gap", 2, 10);
			Answer receipt = client.subscribe("1", "/topic/short.gap", "resume-from:" + last);
			assertThat(receipt.header("recovered")).isEqualTo("false");
			Answer next = client.message();
			assertThat(next.text()).isEqualTo("7");
			assertThat(next.header("missed")).isEqualTo("2-6");
			Answer last8 = client.message();
			assertThat(last8.text()).isEqualTo("8");
			assertThat(last8.headers()).doesNotContainKey("missed");
		}
	}

	@Test
	void subscribeWhenResumedFromAnUnknownEpochThenNotRecovered() {
		try (RawStomp client = guest()) {
			publish(client, "/topic/open.epoch", 1, 2);
			Answer receipt = client.subscribe("1", "/topic/open.epoch", "resume-from:zzz-1");
			assertThat(receipt.header("recovered")).isEqualTo("false");
			assertThat(receipt.header("position")).endsWith("-2");
		}
	}

	@Test
	void subscribeWhenReplayedThenTheNewestEntries() {
		try (RawStomp client = guest()) {
			publish(client, "/topic/open.replay", 1, 5);
			client.subscribe("1", "/topic/open.replay", "replay:3");
			assertThat(client.bodies(3)).containsExactly("3", "4", "5");
			client.subscribe("2", "/topic/open.replay", "replay:100");
			assertThat(client.bodies(5)).containsExactly("1", "2", "3", "4", "5");
		}
	}

	@Test
	void subscribeWhenTheFamilyReplaysThenLastValueUnlessRefused() {
		try (RawStomp client = guest()) {
			publish(client, "/topic/last.value", 1, 2);
			client.subscribe("1", "/topic/last.value");
			assertThat(client.message().text()).isEqualTo("2");
			client.subscribe("2", "/topic/last.value", "replay:0");
			publish(client, "/topic/last.value", 3, 3);
			assertThat(List.of(client.message(), client.message())).extracting(Answer::text).containsOnly("3");
		}
	}

	@Test
	void subscribeWhenLatestOnlyThenWhatLiesBetweenIsSkippedAndNamed() {
		try (RawStomp client = guest()) {
			client.subscribe("1", "/topic/open.latest", "mode:latest", "ack:client-individual", "prefetch-count:1");
			publish(client, "/topic/open.latest", 1, 1);
			Answer first = client.message();
			publish(client, "/topic/open.latest", 2, 5);
			client.confirmed("ACK", "id:" + first.header("ack"));
			Answer next = client.message();
			assertThat(next.text()).isEqualTo("5");
			assertThat(next.header("missed")).isEqualTo("2-4");
		}
	}

	@Test
	void messageWhenPublishedThenTheTimeIsNamed() {
		try (RawStomp client = guest()) {
			client.subscribe("1", "/topic/open.time");
			long before = System.currentTimeMillis();
			publish(client, "/topic/open.time", 1, 1);
			assertThat(Long.parseLong(client.message().header("published-at"))).isBetween(before,
					System.currentTimeMillis());
		}
	}

	// Optional features of the connection

	@Test
	void connectWhenBatchThenFramesShareMessages() {
		try (RawStomp sender = guest(); RawStomp client = guest("batch:true")) {
			assertThat(client.connected().header("batch")).isEqualTo("true");
			publish(sender, "/topic/open.batch", 1, 100);
			client.subscribe("1", "/topic/open.batch", "replay:100");
			assertThat(client.bodies(100))
				.isEqualTo(IntStream.rangeClosed(1, 100).mapToObj(Integer::toString).toList());
			assertThat(client.messages()).hasSizeLessThan(50);
		}
	}

	@Test
	void connectWhenBatchThenBinaryBodiesArriveWhole() {
		try (RawStomp client = guest("batch:true")) {
			byte[] bytes = { 'a', 0, (byte) 0xFF, '\n' };
			for (int i = 0; i < 20; i++) {
				client.published("/topic/open.batch-binary", "t" + i);
				client.binary(RawStomp.frameWith(bytes, "SEND", "destination:/topic/open.batch-binary"));
			}
			client.subscribe("1", "/topic/open.batch-binary", "replay:40");
			for (int i = 0; i < 20; i++) {
				assertThat(client.message().text()).isEqualTo("t" + i);
				Answer binary = client.message();
				assertThat(binary.body()).isEqualTo(bytes);
				assertThat(binary.opCode()).isEqualTo(RawWebSocket.BINARY);
			}
		}
	}

	@Test
	void connectWhenSoftErrorsThenARefusalKeepsTheConnection() {
		try (RawStomp client = guest("soft-errors:true")) {
			assertThat(client.connected().header("soft-errors")).isEqualTo("true");
			client.send("SUBSCRIBE", "id:1", "destination:/topic/members.x", "receipt:a");
			Answer refused = client.error();
			assertThat(refused.headers()).containsEntry("fatal", "false")
				.containsEntry("code", "access-denied")
				.containsEntry("receipt-id", "a");
			assertThat(refused.header("message")).contains("t-members", "subscribe: authenticated");
			client.send("SEND", "destination:/topic/unknown");
			assertThat(client.error().headers()).containsEntry("fatal", "false")
				.containsEntry("code", "unknown-destination")
				.doesNotContainKey("receipt-id");
			client.subscribe("1", "/topic/open.soft");
			client.published("/topic/open.soft", "still here");
			assertThat(client.message().text()).isEqualTo("still here");
			client.send("COMMIT", "transaction:none");
			assertThat(client.error().headers()).doesNotContainKey("fatal");
			assertThat(client.closed()).isEqualTo(4006);
		}
	}

	// Acknowledgements on topics

	@Test
	void ackWhenClientModeThenItCoversAllBeforeAndMovesTheWindow() {
		try (RawStomp client = guest()) {
			client.subscribe("1", "/topic/open.ack", "ack:client", "prefetch-count:3");
			publish(client, "/topic/open.ack", 1, 10);
			List<Answer> window = List.of(client.message(), client.message(), client.message());
			assertNoMessage(client);
			client.confirmed("ACK", "id:" + window.get(1).header("ack"));
			assertThat(client.bodies(2)).containsExactly("4", "5");
			assertNoMessage(client);
			client.confirmed("NACK", "id:" + window.get(2).header("ack"));
			Answer sixth = client.message();
			assertThat(sixth.text()).isEqualTo("6");
			assertNoMessage(client);
			client.send("ACK", "id:" + window.get(0).header("ack"));
			assertThat(client.error().header("code")).isEqualTo("bad-value");
			assertThat(client.closed()).isEqualTo(4006);
		}
	}

	@Test
	void ackWhenIndividualThenItCoversOne() {
		try (RawStomp client = guest()) {
			client.subscribe("1", "/topic/open.individual", "ack:client-individual", "prefetch-count:2");
			publish(client, "/topic/open.individual", 1, 5);
			Answer first = client.message();
			Answer second = client.message();
			assertNoMessage(client);
			client.confirmed("ACK", "id:" + second.header("ack"));
			assertThat(client.message().text()).isEqualTo("3");
			assertNoMessage(client);
			client.confirmed("ACK", "id:" + first.header("ack"));
			assertThat(client.message().text()).isEqualTo("4");
			assertNoMessage(client);
		}
	}

	@ParameterizedTest
	@CsvSource({ "1.0, false", "1.1, true" })
	void ackWhenOlderVersionThenMessageIdNamesTheMessage(String version, boolean subscription) {
		try (RawStomp client = RawStomp.open(this.port)) {
			client.send("CONNECT", "accept-version:" + version);
			client.await("CONNECTED");
			String destination = "/topic/open.ack-" + version.replace('.', '-');
			client.subscribe("s", destination, "ack:client", "prefetch-count:1");
			publish(client, destination, 1, 2);
			String id = "message-id:" + client.message().header("message-id");
			client.confirmed("ACK", subscription ? new String[] { id, "subscription:s" } : new String[] { id });
			assertThat(client.message().text()).isEqualTo("2");
		}
	}

	@Test
	void ackWhenSubscriptionHasNoIdThenStomp10StillWorks() {
		try (RawStomp client = RawStomp.open(this.port)) {
			client.send("CONNECT", "login:", "passcode:");
			client.await("CONNECTED");
			client.confirmed("SUBSCRIBE", "destination:/topic/open.anonymous", "ack:client");
			publish(client, "/topic/open.anonymous", 1, 1);
			Answer message = client.message();
			assertThat(message.headers()).doesNotContainKey("subscription");
			client.confirmed("ACK", "message-id:" + message.header("message-id"));
			client.confirmed("UNSUBSCRIBE", "destination:/topic/open.anonymous");
		}
	}

	/** Whatever the server had to send by now has come, and no message was among it. */
	private static void assertNoMessage(RawStomp client) {
		client.confirmed("BEGIN", "transaction:quiet");
		client.confirmed("ABORT", "transaction:quiet");
		assertThat(client.unread()).isEmpty();
	}

	// Work queues

	@Test
	void queueWhenSeveralConsumersThenEachMessageGoesToOne() {
		try (RawStomp one = guest(); RawStomp two = guest(); RawStomp sender = guest()) {
			one.subscribe("1", "/queue/work.shared", "ack:client-individual", "prefetch-count:5");
			two.subscribe("1", "/queue/work.shared", "ack:client-individual", "prefetch-count:5");
			publish(sender, "/queue/work.shared", 1, 10);
			List<String> all = new ArrayList<>(one.bodies(5));
			all.addAll(two.bodies(5));
			assertThat(all)
				.containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 10).mapToObj(Integer::toString).toList());
		}
	}

	@Test
	void queueWhenRefusedThenAnotherConsumerGetsTheMessage() {
		try (RawStomp one = guest(); RawStomp two = guest()) {
			one.subscribe("1", "/queue/work.nack", "ack:client-individual");
			one.published("/queue/work.nack", "task");
			Answer first = one.message();
			assertThat(first.headers()).doesNotContainKey("redelivered");
			two.subscribe("1", "/queue/work.nack", "ack:client-individual");
			one.confirmed("NACK", "id:" + first.header("ack"));
			Answer second = two.message();
			assertThat(second.text()).isEqualTo("task");
			assertThat(second.header("redelivered")).isEqualTo("true");
			assertThat(second.header("message-id")).isEqualTo(first.header("message-id"));
			two.confirmed("ACK", "id:" + second.header("ack"));
		}
	}

	@Test
	void queueWhenAConsumerVanishesThenAnotherGetsWhatItHad() {
		RawStomp one = guest();
		one.subscribe("1", "/queue/work.vanish", "ack:client");
		publish(one, "/queue/work.vanish", 1, 4);
		List<Answer> had = List.of(one.message(), one.message(), one.message(), one.message());
		one.confirmed("ACK", "id:" + had.get(1).header("ack"));
		one.socket().reset();
		try (RawStomp two = guest()) {
			two.subscribe("1", "/queue/work.vanish", "ack:client");
			List<Answer> again = List.of(two.message(), two.message());
			assertThat(again).extracting(Answer::text).containsExactly("3", "4");
			assertThat(again).extracting((answer) -> answer.header("redelivered")).containsOnly("true");
		}
	}

	@Test
	void queueWhenUnsubscribedThenWhatWasNotAcknowledgedGoesToTheNext() {
		try (RawStomp one = guest(); RawStomp two = guest()) {
			one.subscribe("1", "/queue/work.leave", "ack:client-individual");
			one.published("/queue/work.leave", "task");
			one.message();
			one.confirmed("UNSUBSCRIBE", "id:1");
			two.subscribe("1", "/queue/work.leave");
			assertThat(two.message().header("redelivered")).isEqualTo("true");
		}
	}

	@Test
	void queueWhenNobodyConsumesThenMessagesWaitUntilItIsFull() {
		try (RawStomp client = guest("soft-errors:true")) {
			publish(client, "/queue/tiny.full", 1, 2);
			client.publish("/queue/tiny.full", "3");
			assertThat(client.error().header("code")).isEqualTo("queue-full");
			client.subscribe("1", "/queue/tiny.full");
			assertThat(client.bodies(2)).containsExactly("1", "2");
			publish(client, "/queue/tiny.full", 4, 4);
			assertThat(client.message().text()).isEqualTo("4");
		}
	}

	@Test
	void queueWhenAutoThenDeliveredIsSettled() {
		try (RawStomp client = guest()) {
			client.subscribe("1", "/queue/work.auto");
			publish(client, "/queue/work.auto", 1, 100);
			assertThat(client.bodies(100)).hasSize(100);
			client.send("ACK", "id:abc-1@1");
			assertThat(client.error().header("code")).isEqualTo("bad-value");
		}
	}

	// Transactions

	@Test
	void transactionWhenCommittedThenItsFramesTakeEffectInOrder() {
		try (RawStomp client = guest()) {
			client.subscribe("1", "/topic/open.commit");
			client.confirmed("BEGIN", "transaction:a");
			client.confirmed("BEGIN", "transaction:b");
			client.published("/topic/open.commit", "a1", "transaction:a");
			client.published("/topic/open.commit", "b1", "transaction:b");
			client.published("/topic/open.commit", "a2", "transaction:a");
			client.published("/topic/open.commit", "outside");
			client.confirmed("COMMIT", "transaction:a");
			client.confirmed("ABORT", "transaction:b");
			client.published("/topic/open.commit", "end");
			List<Answer> messages = IntStream.range(0, 4).mapToObj((_) -> client.message()).toList();
			assertThat(messages).extracting(Answer::text).containsExactly("outside", "a1", "a2", "end");
			assertThat(messages).noneMatch((message) -> message.headers().containsKey("transaction"));
		}
	}

	@Test
	void transactionWhenItHoldsAnAckThenItCountsFromTheCommit() {
		try (RawStomp client = guest()) {
			client.subscribe("1", "/topic/open.tx-ack", "ack:client", "prefetch-count:1");
			publish(client, "/topic/open.tx-ack", 1, 2);
			Answer first = client.message();
			client.confirmed("BEGIN", "transaction:t");
			client.confirmed("ACK", "id:" + first.header("ack"), "transaction:t");
			assertNoMessage(client);
			client.confirmed("COMMIT", "transaction:t");
			assertThat(client.message().text()).isEqualTo("2");
		}
	}

	@Test
	void transactionWhenNameIsInUseThenError() {
		try (RawStomp client = guest()) {
			client.confirmed("BEGIN", "transaction:t");
			client.confirmed("ABORT", "transaction:t");
			client.confirmed("BEGIN", "transaction:t");
			client.send("BEGIN", "transaction:t");
			assertThat(client.error().header("code")).isEqualTo("conflict");
			assertThat(client.closed()).isEqualTo(1008);
		}
	}

	@Test
	void transactionWhenADestinationIsForbiddenThenRefusedAtOnce() {
		try (RawStomp client = guest("soft-errors:true")) {
			client.confirmed("BEGIN", "transaction:t");
			client.publish("/topic/members.x", "no", "transaction:t", "receipt:r");
			assertThat(client.error().headers()).containsEntry("code", "access-denied")
				.containsEntry("receipt-id", "r");
			client.confirmed("COMMIT", "transaction:t");
		}
	}

	@Test
	void transactionWhenTheClientLeavesThenNothingOfItHappens() {
		try (RawStomp other = guest()) {
			other.subscribe("1", "/topic/open.left");
			try (RawStomp client = guest()) {
				client.confirmed("BEGIN", "transaction:t");
				client.published("/topic/open.left", "never", "transaction:t");
				client.confirmed("DISCONNECT");
				client.closed();
			}
			other.published("/topic/open.left", "marker");
			assertThat(other.message().text()).isEqualTo("marker");
		}
	}

	// message-key

	@Test
	void sendWhenTheKeyIsRepeatedThenPublishedOncePerUser() {
		try (RawStomp alice = RawStomp.user(this.port, "alice");
				RawStomp again = RawStomp.user(this.port, "alice");
				RawStomp bob = RawStomp.user(this.port, "bob")) {
			alice.subscribe("1", "/topic/open.key");
			alice.published("/topic/open.key", "a", "message-key:k1");
			alice.published("/topic/open.key", "a again", "message-key:k1");
			again.published("/topic/open.key", "a once more", "message-key:k1");
			bob.published("/topic/open.key", "b", "message-key:k1");
			alice.published("/topic/open.key", "end", "message-key:k2");
			assertThat(alice.bodies(3)).containsExactly("a", "b", "end");
		}
	}

	// Ids

	@Test
	void subscribeWhenTheIdIsInUseThenErrorAndTheFirstStays() {
		try (RawStomp client = guest("soft-errors:true")) {
			client.subscribe("1", "/topic/open.ids");
			client.send("SUBSCRIBE", "id:1", "destination:/topic/open.other");
			assertThat(client.error().headers()).containsEntry("code", "conflict").containsEntry("fatal", "false");
			client.published("/topic/open.ids", "x");
			assertThat(client.message().text()).isEqualTo("x");
			client.confirmed("UNSUBSCRIBE", "id:1");
			client.subscribe("1", "/topic/open.other");
		}
	}

	@Test
	void subscribeWhenAnIdIsUsedOverAndOverThenOneSubscriptionIsLeft() {
		try (RawStomp client = guest()) {
			StringBuilder frames = new StringBuilder();
			for (int i = 0; i < 200; i++) {
				frames.append(RawStomp.frame("SUBSCRIBE", "id:1", "destination:/topic/open.over-" + i));
				frames.append(RawStomp.frame("UNSUBSCRIBE", "id:1"));
			}
			client.socket().text(frames.toString());
			client.subscribe("1", "/topic/open.over");
			assertThat(this.users.getUser(client.connected().header("user-name")).getSessions())
				.flatExtracting((session) -> session.getSubscriptions())
				.extracting((subscription) -> subscription.getDestination())
				.containsExactly("/topic/open.over");
			client.published("/topic/open.over-199", "not for us");
			client.published("/topic/open.over", "x");
			assertThat(client.message().text()).isEqualTo("x");
		}
	}

	@Test
	void unsubscribeWhenConfirmedThenNothingMoreComes() {
		try (RawStomp client = guest()) {
			client.subscribe("1", "/topic/open.gone");
			client.subscribe("2", "/topic/open.stays");
			client.confirmed("UNSUBSCRIBE", "id:1");
			client.published("/topic/open.gone", "unseen");
			client.published("/topic/open.stays", "seen");
			assertThat(client.message().text()).isEqualTo("seen");
			assertThat(client.unread()).isEmpty();
		}
	}

	@Test
	void subscribeWhenTwoIdsThenBothReceive() {
		try (RawStomp client = guest()) {
			client.subscribe("a:1", "/topic/open.twice");
			client.subscribe("b", "/topic/open.twice");
			client.published("/topic/open.twice", "x");
			assertThat(List.of(client.message(), client.message()))
				.extracting((message) -> message.header("subscription"))
				.containsExactlyInAnyOrder("a:1", "b");
		}
	}

	// Wildcards

	@Test
	void wildcardWhenAllowedThenTopicsOfNowAndLater() {
		try (RawStomp client = guest(); RawStomp sender = guest()) {
			sender.published("/topic/open.wild.a", "before");
			client.subscribe("1", "/topic/open.wild.*");
			sender.published("/topic/open.wild.a", "a");
			assertThat(client.message().header("destination")).isEqualTo("/topic/open.wild.a");
			sender.published("/topic/open.wild.b", "b");
			Answer later = client.message();
			assertThat(later.header("destination")).isEqualTo("/topic/open.wild.b");
			assertThat(later.header("subscription")).isEqualTo("1");
			sender.published("/topic/open.wild.c.deeper", "not one segment");
			sender.published("/topic/open.wild.a", "end");
			assertThat(client.message().text()).isEqualTo("end");
		}
	}

	@Test
	void wildcardWhenResumedThenEachTopicGoesOnWhereItWas() {
		try (RawStomp sender = guest()) {
			Map<String, String> last;
			try (RawStomp first = guest()) {
				first.subscribe("1", "/topic/open.many.**");
				sender.published("/topic/open.many.a", "a1");
				sender.published("/topic/open.many.b.c", "b1");
				last = List.of(first.message(), first.message())
					.stream()
					.collect(Collectors.toMap((message) -> message.header("destination"),
							(message) -> message.header("message-id")));
			}
			sender.published("/topic/open.many.a", "a2");
			sender.published("/topic/open.many.b.c", "b2");
			sender.published("/topic/open.many.new", "n1");
			try (RawStomp second = guest()) {
				Answer receipt = second.subscribe("1", "/topic/open.many.**",
						"resume-from:" + String.join(",", last.values()));
				assertThat(receipt.header("recovered")).isEqualTo("true");
				assertThat(Set.of(receipt.header("position").split(","))).containsAll(last.values());
				assertThat(second.bodies(3)).containsExactlyInAnyOrder("a2", "b2", "n1");
			}
		}
	}

	@Test
	void wildcardWhenItSpansFamiliesThenOnlyWhatTheUserMaySee() {
		try (RawStomp alice = RawStomp.user(this.port, "alice"); RawStomp client = guest()) {
			client.subscribe("1", "/topic/**");
			alice.published("/topic/members.secret", "secret");
			alice.published("/topic/plain.x", "no wildcards here");
			alice.published("/topic/open.span", "seen");
			Answer message = client.message();
			while (!message.text().equals("seen")) {
				assertThat(message.header("destination")).startsWith("/topic/open.");
				message = client.message();
			}
			assertThat(client.unread()).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource({ "/topic/plain.*, access-denied", "/topic/members.*, access-denied", "/topic/scorers.**, access-denied",
			"/queue/**, access-denied", "/user/**, access-denied", "/user/*/queue/x, access-denied",
			"/topic/nothing.*, unknown-destination", "/*, unknown-destination", "/topic/open.a*, bad-value",
			"/topic/**.x, bad-value", "/topic/open.*\\n, bad-value", "/topic/open..*, bad-value" })
	void wildcardWhenNotAllowedThenError(String destination, String code) {
		try (RawStomp client = guest()) {
			client.send("SUBSCRIBE", "id:1", "destination:" + destination);
			assertThat(client.error().header("code")).isEqualTo(code);
		}
	}

	// Who may

	@ParameterizedTest
	@CsvSource({ "SUBSCRIBE, /topic/members.x, access-denied", "SEND, /topic/members.x, access-denied",
			"SUBSCRIBE, /topic/scorers.x, access-denied", "SEND, /user/queue/x, access-denied",
			"SEND, /user/alice/queue/x, access-denied", "SUBSCRIBE, /user/alice/queue/x, access-denied",
			"SUBSCRIBE, /topic/unknown, unknown-destination", "SEND, /app/unknown, unknown-destination",
			"SUBSCRIBE, /user/alice, unknown-destination", "SEND, /queue/forbidden, access-denied" })
	void frameWhenAGuestMayNotThenErrorAndPolicyClose(String command, String destination, String code) {
		try (RawStomp client = guest()) {
			client.send(command, "id:1", "destination:" + destination);
			assertThat(client.error().header("code")).isEqualTo(code);
			assertThat(client.closed()).isEqualTo(1008);
		}
	}

	@Test
	void frameWhenTheRoleIsThereThenAllowed() {
		try (RawStomp scorer = RawStomp.user(this.port, "scorer");
				RawStomp alice = RawStomp.user(this.port, "alice", "soft-errors:true")) {
			scorer.subscribe("1", "/topic/scorers.x");
			scorer.published("/topic/scorers.x", "goal");
			assertThat(scorer.message().text()).isEqualTo("goal");
			alice.published("/topic/members.x", "member");
			alice.publish("/topic/scorers.x", "no");
			assertThat(alice.error().header("message")).contains("alice", "t-scorers", "role:SCORER");
		}
	}

	@Test
	void userDestinationWhenPublishedThenAllSessionsOfThatUserAndNobodyElse() {
		try (RawStomp one = RawStomp.user(this.port, "alice");
				RawStomp two = RawStomp.user(this.port, "alice");
				RawStomp bob = RawStomp.user(this.port, "bob");
				RawStomp guest = guest()) {
			for (RawStomp client : List.of(one, two, bob, guest)) {
				client.subscribe("1", "/user/queue/notes");
			}
			this.template.convertAndSendToUser("alice", "/queue/notes", "for alice");
			this.template.convertAndSendToUser("bob", "/queue/notes", "for bob");
			this.template.convertAndSendToUser(guest.connected().header("user-name"), "/queue/notes", "for the guest");
			assertThat(one.message().text()).isEqualTo("for alice");
			Answer second = two.message();
			assertThat(second.text()).isEqualTo("for alice");
			assertThat(second.header("destination")).isEqualTo("/user/queue/notes");
			assertThat(bob.message().text()).isEqualTo("for bob");
			assertThat(guest.message().text()).isEqualTo("for the guest");
		}
	}

	@Test
	void userDestinationWhenResumedThenNothingIsLost() {
		String last;
		try (RawStomp alice = RawStomp.user(this.port, "alice")) {
			alice.subscribe("1", "/user/queue/resumed");
			this.template.convertAndSendToUser("alice", "/queue/resumed", "1");
			last = alice.message().header("message-id");
		}
		this.template.convertAndSendToUser("alice", "/queue/resumed", "2");
		try (RawStomp alice = RawStomp.user(this.port, "alice")) {
			alice.subscribe("1", "/user/queue/resumed", "resume-from:" + last);
			assertThat(alice.message().text()).isEqualTo("2");
		}
	}

	// Heart-beats

	@Test
	void heartBeatWhenTheClientWantsThemThenTheyCome() {
		try (RawStomp client = guest("heart-beat:0,100")) {
			while (client.heartBeats() < 3) {
				client.readMessage();
			}
			assertThat(client.messages().getLast().payload()).containsExactly('\n');
		}
	}

	@Test
	void heartBeatWhenTheClientIsSilentThenClosed() {
		try (RawStomp client = guest("heart-beat:100,0")) {
			client.subscribe("1", "/topic/open.silent");
			assertThat(client.closed()).isEqualTo(4001);
		}
	}

	@Test
	void heartBeatWhenTheClientKeepsItsPromiseThenNotClosed() {
		// Twice the promise and a sweep are over when ten heart-beats have come.
		try (RawStomp client = guest("heart-beat:1000,300")) {
			while (client.heartBeats() < 10) {
				client.readMessage();
				client.socket().text("\n");
			}
			client.confirmed("BEGIN", "transaction:alive");
		}
	}

	@Test
	void registryWhenSessionsComeAndGoThenItNamesThem() {
		String name;
		try (RawStomp client = guest()) {
			name = client.connected().header("user-name");
			client.subscribe("1", "/topic/open.registry");
			assertThat(this.users.getUser(name)).isNotNull();
			assertThat(this.users.findSubscriptions((s) -> s.getDestination().equals("/topic/open.registry")))
				.singleElement()
				.satisfies((s) -> assertThat(s.getId()).isEqualTo("1"))
				.satisfies((s) -> assertThat(s.getSession().getUser().getName()).isEqualTo(name));
			assertThat(this.users.getUser(name).getSession(client.session())).isNotNull();
		}
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.users.getUser(name) == null);
	}

	@Test
	void bodyWhenNotUtf8ThenOldVersionsGetItToo() {
		try (RawStomp client = RawStomp.open(this.port)) {
			client.send("CONNECT");
			client.await("CONNECTED");
			client.subscribe("1", "/topic/open.old-binary");
			byte[] bytes = "\u20ac".getBytes(StandardCharsets.UTF_16BE);
			client.binary(RawStomp.frameWith(bytes, "SEND", "destination:/topic/open.old-binary"));
			assertThat(client.message().body()).isEqualTo(bytes);
		}
	}

}
