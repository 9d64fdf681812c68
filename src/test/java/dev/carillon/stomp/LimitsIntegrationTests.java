package dev.carillon.stomp;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import dev.carillon.support.RawStomp;
import dev.carillon.support.RawStomp.Answer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestConstructor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Limits that are set otherwise than by default.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "carillon.topics.t-big.pattern=/topic/big.**", "carillon.topics.t-big.subscribe=anyone",
				"carillon.topics.t-big.send=anyone", "carillon.topics.t-big.message-size=4MB",
				"carillon.topics.t-big.log.bytes=16MB", "carillon.limits.frame-size=3MB",
				"carillon.limits.subscriptions-per-session=5", "carillon.limits.transactions=2",
				"carillon.limits.transaction-size=3" })
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class LimitsIntegrationTests {

	private final int port;

	LimitsIntegrationTests(@LocalServerPort int port) {
		this.port = port;
	}

	@Test
	void frameSizeWhenRaisedThenFramesOfTwoMegabytesPass() {
		try (RawStomp client = RawStomp.guest(this.port)) {
			client.subscribe("1", "/topic/big.frames");
			String text = "\u20ac".repeat(2 * 1024 * 1024 / 3);
			client.published("/topic/big.frames", text);
			assertThat(client.message().text().equals(text)).isTrue();
			byte[] bytes = new byte[2 * 1024 * 1024];
			new Random(2).nextBytes(bytes);
			client.binary(RawStomp.frameWith(bytes, "SEND", "destination:/topic/big.frames"));
			assertThat(client.message().body()).isEqualTo(bytes);
		}
	}

	@Test
	void frameSizeWhenExceededThenErrorAndTooBig() {
		try (RawStomp client = RawStomp.guest(this.port)) {
			client.publish("/topic/big.frames", "x".repeat(3 * 1024 * 1024));
			assertThat(client.error().header("code")).isEqualTo("too-large");
			assertThat(client.closed()).isEqualTo(1009);
		}
	}

	@Test
	void subscriptionsWhenTooManyAtOnceThenTheRestIsRefused() {
		try (RawStomp client = RawStomp.guest(this.port, "soft-errors:true")) {
			StringBuilder storm = new StringBuilder();
			for (int i = 0; i < 300; i++) {
				storm.append(RawStomp.frame("SUBSCRIBE", "id:" + i, "destination:/topic/big.storm", "receipt:" + i));
			}
			client.socket().text(storm.toString());
			List<Answer> refused = IntStream.range(0, 295).mapToObj((_) -> client.error()).toList();
			assertThat(refused).allSatisfy((error) -> {
				assertThat(error.header("code")).isEqualTo("limit-reached");
				assertThat(error.header("message")).contains("carillon.limits.subscriptions-per-session");
			});
			for (int i = 0; i < 5; i++) {
				client.receipt(Integer.toString(i));
			}
			client.confirmed("UNSUBSCRIBE", "id:4");
			client.subscribe("again", "/topic/big.storm");
			client.published("/topic/big.storm", "x");
			assertThat(client.bodies(5)).containsOnly("x");
			assertThat(client.unread()).isEmpty();
		}
	}

	@Test
	void subscriptionsWhenRefusedOrEndedThenTheyDoNotCount() {
		try (RawStomp client = RawStomp.guest(this.port, "soft-errors:true")) {
			for (int i = 0; i < 20; i++) {
				client.send("SUBSCRIBE", "id:" + i, "destination:/topic/unknown." + i);
				assertThat(client.error().header("code")).isEqualTo("unknown-destination");
				client.subscribe("x", "/topic/big.counted");
				client.confirmed("UNSUBSCRIBE", "id:x");
			}
		}
	}

	@Test
	void transactionsWhenTooManyThenError() {
		try (RawStomp client = RawStomp.guest(this.port)) {
			client.confirmed("BEGIN", "transaction:a");
			client.confirmed("BEGIN", "transaction:b");
			client.send("BEGIN", "transaction:c");
			assertThat(client.error().header("message")).contains("carillon.limits.transactions");
			assertThat(client.closed()).isEqualTo(1008);
		}
	}

	@Test
	void transactionWhenTooLongThenError() {
		try (RawStomp client = RawStomp.guest(this.port)) {
			client.confirmed("BEGIN", "transaction:a");
			for (int i = 0; i < 3; i++) {
				client.published("/topic/big.tx", "x", "transaction:a");
			}
			client.publish("/topic/big.tx", "x", "transaction:a");
			assertThat(client.error().header("message")).contains("carillon.limits.transaction-size");
			assertThat(client.closed()).isEqualTo(1008);
		}
	}

}
