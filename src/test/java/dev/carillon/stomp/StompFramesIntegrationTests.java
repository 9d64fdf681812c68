package dev.carillon.stomp;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import dev.carillon.support.CarillonTest;
import dev.carillon.support.RawStomp;
import dev.carillon.support.RawStomp.Answer;
import dev.carillon.support.RawWebSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Frames as STOMP 1.0, 1.1 and 1.2 have them: connecting, receipts, bodies, escapes, and
 * what is answered to a frame that breaks the rules.
 */
@CarillonTest
class StompFramesIntegrationTests {

	private final int port;

	StompFramesIntegrationTests(@LocalServerPort int port) {
		this.port = port;
	}

	// CONNECT

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			CONNECT | accept-version:1.2         | 1.2
			STOMP   | accept-version:1.2         | 1.2
			STOMP   | accept-version:1.0,1.1     | 1.1
			CONNECT | accept-version:1.0         | 1.0
			CONNECT | accept-version:1.0,1.1,1.2 | 1.2
			CONNECT | host:nowhere               | 1.0
			""")
	void connectWhenVersionsAreOfferedThenTheNewest(String command, String header, String version) {
		try (RawStomp client = RawStomp.open(this.port)) {
			client.send(command, header);
			Answer connected = client.await("CONNECTED");
			assertThat(connected.header("version")).isEqualTo(version);
			assertThat(connected.header("session")).isNotEmpty();
			assertThat(connected.header("server")).startsWith("Carillon");
			assertThat(connected.header("heart-beat")).isEqualTo("300,2000");
			assertThat(connected.header("user-name")).startsWith("guest-");
			assertThat(connected.headers()).doesNotContainKeys("batch", "soft-errors");
		}
	}

	@Test
	void connectWhenNoVersionIsKnownThenErrorNamesThem() {
		try (RawStomp client = RawStomp.open(this.port)) {
			client.send("CONNECT", "accept-version:2.0");
			Answer error = client.error();
			assertThat(error.header("version")).isEqualTo("1.0,1.1,1.2");
			assertThat(error.header("code")).isEqualTo("bad-value");
			assertThat(client.closed()).isEqualTo(4006);
		}
	}

	@Test
	void connectWhenLoginIsRightThenTheUser() {
		try (RawStomp client = RawStomp.open(this.port)) {
			client.send("CONNECT", "accept-version:1.2", "login:alice", "passcode:alice");
			assertThat(client.await("CONNECTED").header("user-name")).isEqualTo("alice");
		}
	}

	@Test
	void connectWhenStomp10HasSpacesAfterColonsThenTheUser() {
		try (RawStomp client = RawStomp.open(this.port)) {
			client.send("CONNECT", "login: alice", "passcode: alice");
			assertThat(client.await("CONNECTED").header("user-name")).isEqualTo("alice");
		}
	}

	@ParameterizedTest
	@CsvSource({ "alice, bob", "nobody, nobody", "alice, ''", "guest-1, x" })
	void connectWhenLoginIsWrongThenErrorDoesNotTellWhich(String login, String passcode) {
		try (RawStomp client = RawStomp.open(this.port)) {
			client.send("CONNECT", "accept-version:1.2", "login:" + login, "passcode:" + passcode);
			Answer error = client.error();
			assertThat(error.header("code")).isEqualTo("login-failed");
			assertThat(error.header("message")).contains("login or the passcode").doesNotContain(login);
			assertThat(client.closed()).isEqualTo(4004);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "heart-beat:", "heart-beat:1", "heart-beat:1,2,3", "heart-beat:-1,0", "heart-beat:a,b",
			"heart-beat:99999999999,0" })
	void connectWhenHeartBeatIsNotTwoNumbersThenError(String header) {
		try (RawStomp client = RawStomp.open(this.port)) {
			client.send("CONNECT", "accept-version:1.2", header);
			assertThat(client.error().header("message")).contains("heart-beat");
			assertThat(client.closed()).isEqualTo(4006);
		}
	}

	@Test
	void connectWhenTwiceThenError() {
		try (RawStomp client = RawStomp.guest(this.port)) {
			client.send("CONNECT", "accept-version:1.2");
			assertThat(client.error().header("code")).isEqualTo("bad-frame");
			assertThat(client.closed()).isEqualTo(4006);
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "SEND\ndestination:/topic/open.a\n\n\0", "SUBSCRIBE\nid:1\ndestination:/topic/open.a\n\n\0",
					"DISCONNECT\n\n\0", "BEGIN\ntransaction:1\n\n\0", "ACK\nid:a-1\n\n\0" })
	void firstFrameWhenNotConnectThenError(String frame) {
		try (RawStomp client = RawStomp.open(this.port)) {
			client.socket().text(frame);
			assertThat(client.error().header("message")).contains("CONNECT");
			assertThat(client.closed()).isEqualTo(4006);
		}
	}

	// Receipts

	@Test
	void receiptWhenEveryFrameAsksThenEachGetsOne() {
		try (RawStomp client = RawStomp.guest(this.port)) {
			client.confirmed("SUBSCRIBE", "id:1", "destination:/topic/open.receipts", "ack:client-individual");
			client.confirmed("BEGIN", "transaction:t");
			client.published("/topic/open.receipts", "one", "transaction:t");
			client.confirmed("COMMIT", "transaction:t");
			client.published("/topic/open.receipts", "two");
			client.confirmed("ACK", "id:" + client.message().header("ack"));
			client.confirmed("NACK", "id:" + client.message().header("ack"));
			client.confirmed("BEGIN", "transaction:t");
			client.confirmed("ABORT", "transaction:t");
			client.confirmed("UNSUBSCRIBE", "id:1");
			client.confirmed("DISCONNECT");
			assertThat(client.closed()).isEqualTo(1000);
			assertThat(client.unread()).isEmpty();
		}
	}

	@Test
	void receiptWhenFrameIsRefusedThenErrorRepeatsIt() {
		try (RawStomp client = RawStomp.guest(this.port)) {
			client.send("SUBSCRIBE", "id:1", "destination:/topic/unknown", "receipt:r:1");
			Answer error = client.error();
			assertThat(error.header("receipt-id")).isEqualTo("r:1");
			assertThat(error.header("code")).isEqualTo("unknown-destination");
			assertThat(client.unread()).isEmpty();
			assertThat(client.closed()).isEqualTo(1008);
		}
	}

	@Test
	void disconnectWhenNoReceiptIsAskedThenClosed() {
		try (RawStomp client = RawStomp.guest(this.port)) {
			client.send("DISCONNECT");
			assertThat(client.closed()).isEqualTo(1000);
		}
	}

	@Test
	void framesWhenTheyFollowDisconnectThenIgnored() {
		try (RawStomp client = RawStomp.guest(this.port); RawStomp other = RawStomp.guest(this.port)) {
			other.subscribe("1", "/topic/open.afterwards");
			client.socket()
				.text(RawStomp.frame("DISCONNECT", "receipt:bye")
						+ RawStomp.frameWith("late", "SEND", "destination:/topic/open.afterwards"));
			client.receipt("bye");
			assertThat(client.closed()).isEqualTo(1000);
			other.publish("/topic/open.afterwards", "marker");
			assertThat(other.message().text()).isEqualTo("marker");
		}
	}

	// Bodies and escapes

	@Test
	void bodyWhenTextThenTextMessageElseBinary() {
		try (RawStomp client = RawStomp.guest(this.port)) {
			client.subscribe("1", "/topic/open.bodies");
			client.publish("/topic/open.bodies", "gr\u00fc\u00df dich \ud83d\ude00");
			Answer text = client.message();
			assertThat(text.opCode()).isEqualTo(RawWebSocket.TEXT);
			assertThat(text.text()).isEqualTo("gr\u00fc\u00df dich \ud83d\ude00");
			byte[] bytes = new byte[3000];
			new Random(1).nextBytes(bytes);
			client.binary(RawStomp.frameWith(bytes, "SEND", "destination:/topic/open.bodies",
					"content-type:application/octet-stream"));
			Answer binary = client.message();
			assertThat(binary.opCode()).isEqualTo(RawWebSocket.BINARY);
			assertThat(binary.body()).isEqualTo(bytes);
			assertThat(binary.header("content-type")).isEqualTo("application/octet-stream");
			assertThat(binary.header("content-length")).isEqualTo("3000");
		}
	}

	@Test
	void bodyWhenItHoldsNulThenContentLengthCounts() {
		try (RawStomp client = RawStomp.guest(this.port)) {
			client.subscribe("1", "/topic/open.nul");
			client.publish("/topic/open.nul", "a\0b\0\0", "content-length:5");
			Answer message = client.message();
			assertThat(message.body()).containsExactly('a', 0, 'b', 0, 0);
			assertThat(message.opCode()).isEqualTo(RawWebSocket.TEXT);
			client.publish("/topic/open.nul", "");
			assertThat(client.message().body()).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource({ "1.0, a:b\\n, a:b\\n", "1.1, a\\cb\\\\\\n, a\\cb\\\\\\n", "1.2, a\\cb\\\\\\n\\r, a\\cb\\\\\\n\\r" })
	void headerWhenEscapedThenSubscribersSeeItEscapedForTheirVersion(String version, String sent, String received) {
		try (RawStomp client = RawStomp.open(this.port)) {
			client.send("CONNECT", "accept-version:" + version);
			client.await("CONNECTED");
			client.subscribe("1", "/topic/open.escapes");
			client.publish("/topic/open.escapes", "x", "my-header:" + sent);
			client.message();
			assertThat(client.messages().getLast().text()).contains("\nmy-header:" + received + "\n");
		}
	}

	@Test
	void headerWhenVersionsDifferThenEachReadsTheSame() {
		try (RawStomp sender = RawStomp.guest(this.port);
				RawStomp old = RawStomp.open(this.port);
				RawStomp older = RawStomp.open(this.port)) {
			old.send("CONNECT", "accept-version:1.1");
			older.send("CONNECT");
			old.await("CONNECTED");
			older.await("CONNECTED");
			for (RawStomp client : List.of(sender, old, older)) {
				client.subscribe("s", "/topic/open.mixed");
			}
			sender.publish("/topic/open.mixed", "x", "h:a\\cb\\nc\\rd");
			List.of(sender, old, older).forEach(RawStomp::message);
			assertThat(sender.messages().getLast().text()).contains("\nh:a\\cb\\nc\\rd\n");
			assertThat(old.messages().getLast().text()).contains("\nh:a\\cb\\ncd\n");
			assertThat(older.messages().getLast().text()).contains("\nh:a:bcd\n");
		}
	}

	@Test
	void headersWhenTheyBelongToTheServerThenAClientCannotForgeThem() {
		try (RawStomp client = RawStomp.guest(this.port)) {
			client.subscribe("1", "/topic/open.forged");
			client.publish("/topic/open.forged", "x", "message-id:forged", "subscription:9", "published-at:0",
					"missed:1-9", "stale:true", "redelivered:true", "passcode:secret", "custom:kept");
			Answer message = client.message();
			assertThat(message.header("message-id")).matches("[0-9a-z]+-1");
			assertThat(message.header("subscription")).isEqualTo("1");
			assertThat(Long.parseLong(message.header("published-at"))).isPositive();
			assertThat(message.header("custom")).isEqualTo("kept");
			assertThat(message.headers()).doesNotContainKeys("missed", "stale", "redelivered", "passcode", "ack",
					"receipt");
		}
	}

	@Test
	void headerWhenRepeatedThenTheFirstCounts() {
		try (RawStomp client = RawStomp.guest(this.port)) {
			client.subscribe("1", "/topic/open.repeated");
			client.publish("/topic/open.repeated", "x", "destination:/topic/unknown", "h:1", "h:2");
			assertThat(client.message().header("h")).isEqualTo("1");
		}
	}

	// How frames and messages relate

	@Test
	void framesWhenSeveralInOneMessageThenEachIsHandled() {
		try (RawStomp client = RawStomp.open(this.port)) {
			client.socket()
				.text(RawStomp.frame("CONNECT", "accept-version:1.2") + "\n\r\n"
						+ RawStomp.frame("SUBSCRIBE", "id:1", "destination:/topic/open.several") + "\n"
						+ RawStomp.frameWith("a", "SEND", "destination:/topic/open.several")
						+ RawStomp.frameWith("b", "SEND", "destination:/topic/open.several", "receipt:1") + "\n");
			client.await("CONNECTED");
			assertThat(client.bodies(2)).containsExactly("a", "b");
			client.receipt("1");
		}
	}

	@Test
	void frameWhenOverSeveralMessagesThenHandledWhenComplete() {
		try (RawStomp client = RawStomp.guest(this.port)) {
			client.subscribe("1", "/topic/open.pieces");
			byte[] frame = RawStomp.frameWith("x".repeat(200), "SEND", "destination:/topic/open.pieces", "receipt:1")
				.getBytes(StandardCharsets.UTF_8);
			for (int at = 0; at < frame.length; at += 7) {
				client.socket()
					.frame(RawWebSocket.FIN | ((at % 2 == 0) ? RawWebSocket.TEXT : RawWebSocket.BINARY),
							Arrays.copyOfRange(frame, at, Math.min(frame.length, at + 7)));
			}
			client.receipt("1");
			assertThat(client.message().text()).isEqualTo("x".repeat(200));
		}
	}

	@Test
	void frameWhenLargeThenReadWhole() {
		try (RawStomp client = RawStomp.guest(this.port)) {
			client.subscribe("1", "/topic/open.large");
			String body = "\u20acuro".repeat(20_000);
			client.published("/topic/open.large", body);
			assertThat(client.message().text()).isEqualTo(body);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "content-length:140000" })
	void frameWhenAboveTheSizeLimitThenErrorAndTooBig(String header) {
		try (RawStomp client = RawStomp.guest(this.port)) {
			// More than the buffers of both ends hold.
			String[] headers = header.isEmpty() ? new String[0] : new String[] { header };
			client.publish("/topic/open.large", "x".repeat(140_000), headers);
			Answer error = client.error();
			assertThat(error.header("code")).isEqualTo("too-large");
			assertThat(error.header("message")).contains("carillon.limits.frame-size").contains("131072");
			assertThat(client.closed()).isEqualTo(1009);
		}
	}

	@Test
	void frameWhenFarAboveTheSizeLimitThenErrorAndCloseStillArrive() throws InterruptedException {
		try (RawStomp client = RawStomp.guest(this.port)) {
			// As a browser does, it reads while it writes. How much the network takes of
			// what the service reads no more is not known.
			Thread writing = Thread.ofVirtual().start(() -> {
				try {
					client.publish("/topic/open.large", "x".repeat(8_000_000));
				}
				catch (UncheckedIOException _) {
					// The service has dropped the connection.
				}
			});
			assertThat(client.error().header("code")).isEqualTo("too-large");
			assertThat(client.closed()).isEqualTo(1009);
			client.socket().reset();
			writing.join();
		}
	}

	@Test
	void bodyWhenAboveTheFamilysLimitThenError() {
		try (RawStomp client = RawStomp.guest(this.port)) {
			client.published("/topic/plain.size", "x".repeat(1024));
			client.publish("/topic/plain.size", "x".repeat(1025));
			assertThat(client.error().header("message")).contains("message-size").contains("t-plain");
			assertThat(client.closed()).isEqualTo(1009);
		}
	}

	// Frames that break the rules

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			FOO                                                       | bad-frame | command
			SEND                                                      | bad-frame | destination
			SUBSCRIBE;id:1                                            | bad-frame | destination
			SUBSCRIBE;destination:/topic/open.a                       | bad-frame | id
			UNSUBSCRIBE                                               | bad-frame | id
			UNSUBSCRIBE;id:nothing                                    | bad-value | nothing
			ACK                                                       | bad-frame | id
			ACK;id:nothing                                            | bad-value | position
			ACK;id:abc-1@1                                            | bad-value | abc-1
			NACK;id:abc-1@1                                           | bad-value | abc-1
			BEGIN                                                     | bad-frame | transaction
			COMMIT;transaction:nothing                                | bad-value | nothing
			ABORT;transaction:nothing                                 | bad-value | nothing
			SEND;destination:/topic/open.a;transaction:nothing        | bad-value | nothing
			SEND;nocolon                                              | bad-frame | colon
			SEND;destination:/topic/open.a;content-length:x           | bad-frame | content-length
			SEND;destination:/topic/open.a;h:\\t                      | bad-frame | escape
			SEND;destination:/topic/open.a;content-type:nonsense      | bad-value | content-type
			SUBSCRIBE;id:1;destination:/topic/open.a;ack:maybe        | bad-value | ack
			SUBSCRIBE;id:1;destination:/topic/open.a;mode:newest      | bad-value | mode
			SUBSCRIBE;id:1;destination:/topic/open.a;replay:-1        | bad-value | replay
			SUBSCRIBE;id:1;destination:/topic/open.a;prefetch-count:0 | bad-value | prefetch-count
			SUBSCRIBE;id:1;destination:/topic/open.a;resume-from:x    | bad-value | position
			SEND;destination:topic                                    | bad-value | destination
			SEND;destination:/topic/open..a                           | bad-value | destination
			SEND;destination:/topic/../open.a                         | bad-value | destination
			SEND;destination:/topic/open.a\\n                         | bad-value | destination
			SEND;destination:/topic/open.a\\r\\nx                     | bad-value | destination
			SEND;destination:/topic/open.*                            | bad-value | destination
			SEND;destination:/topic/open.a;message-key:               | bad-value | message-key
			""")
	void frameWhenItBreaksARuleThenErrorAndClose(String frame, String code, String word) {
		try (RawStomp client = RawStomp.guest(this.port); RawStomp other = RawStomp.guest(this.port)) {
			String[] lines = frame.split(";");
			client.send(lines[0], Arrays.copyOfRange(lines, 1, lines.length));
			Answer error = client.error();
			assertThat(error.header("code")).isEqualTo(code);
			assertThat(error.header("message")).contains(word);
			assertThat(client.closed()).isEqualTo(4006);
			other.confirmed("BEGIN", "transaction:untouched");
		}
	}

	@Test
	void frameWhenNulStandsInADestinationThenError() {
		try (RawStomp client = RawStomp.guest(this.port)) {
			client.send("SEND", "destination:/topic/open.a\0b");
			assertThat(client.error().header("code")).isEqualTo("bad-frame");
			assertThat(client.closed()).isEqualTo(4006);
		}
	}

	@Test
	void frameWhenHeadersFloodThenTooLarge() {
		try (RawStomp client = RawStomp.guest(this.port)) {
			String[] headers = new String[1000];
			Arrays.fill(headers, "h:v");
			client.send("SEND", headers);
			assertThat(client.error().header("message")).contains("carillon.limits.headers");
			assertThat(client.closed()).isEqualTo(1009);
		}
		try (RawStomp client = RawStomp.guest(this.port)) {
			client.send("SEND", "h:" + "v".repeat(100_000));
			assertThat(client.error().header("message")).contains("carillon.limits.header-size");
			assertThat(client.closed()).isEqualTo(1009);
		}
	}

	@Test
	void errorWhenBeforeConnectedThenNothingInItIsEscaped() {
		try (RawStomp client = RawStomp.open(this.port)) {
			client.send("NONSENSE");
			client.error();
			assertThat(client.messages().getFirst().text()).contains(": NONSENSE").doesNotContain("\\");
		}
	}

	@Test
	void frameWhenItBreaksARuleThenLaterOnesInTheSameMessageAreIgnored() {
		try (RawStomp client = RawStomp.guest(this.port); RawStomp other = RawStomp.guest(this.port)) {
			other.subscribe("1", "/topic/open.ignored");
			client.socket()
				.text(RawStomp.frame("COMMIT", "transaction:none")
						+ RawStomp.frameWith("late", "SEND", "destination:/topic/open.ignored"));
			assertThat(client.closed()).isEqualTo(4006);
			other.publish("/topic/open.ignored", "marker");
			assertThat(other.message().text()).isEqualTo("marker");
		}
	}

}
