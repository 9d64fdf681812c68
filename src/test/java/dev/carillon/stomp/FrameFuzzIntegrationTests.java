package dev.carillon.stomp;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import dev.carillon.delivery.Delivery;
import dev.carillon.support.CarillonTest;
import dev.carillon.support.RawStomp;
import dev.carillon.support.RawWebSocket;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that send frames put together at random from likely and unlikely parts, in half
 * of the rounds damaged on the way.
 * <p>
 * Each round has its number as seed. {@code -Dcarillon.fuzz.rounds=100000} goes on for
 * longer, {@code -Dcarillon.fuzz.first=…} begins elsewhere.
 */
@CarillonTest
class FrameFuzzIntegrationTests {

	private static final int ROUNDS = Integer.getInteger("carillon.fuzz.rounds", 400);

	private static final int FIRST = Integer.getInteger("carillon.fuzz.first", 0);

	private static final List<String> COMMANDS = List.of("SEND", "SEND", "SEND", "SUBSCRIBE", "SUBSCRIBE", "SUBSCRIBE",
			"UNSUBSCRIBE", "ACK", "NACK", "BEGIN", "COMMIT", "ABORT", "CONNECT", "STOMP", "MESSAGE", "");

	private static final List<String> NAMES = List.of("destination", "destination", "destination", "id", "id",
			"receipt", "transaction", "ack", "content-type", "message-id", "subscription", "resume-from", "replay",
			"mode", "prefetch-count", "message-key", "heart-beat", "accept-version", "content-length", "login",
			"selector", "\\n", "x");

	private static final List<String> VALUES = List.of("1", "1", "2", "a", "", " ", "0", "-1", "99999999999999999999",
			"1.5", "true", "client", "client-individual", "latest", "text/plain", "application/json", "a/b;c=\"", "*/*",
			"/topic/open.fuzz", "/topic/open.fuzz", "/topic/open.fuzz-2", "/topic/open.*", "/topic/**", "/topic/", "/",
			"//", "/queue/work.fuzz", "/queue/tiny.fuzz", "/user/queue/fuzz", "/user/queue/answers",
			"/user/alice/queue/x", "/user//queue/x", "/app/try.here", "/app/try.state.x", "/app/try.greet.x", "/app/",
			"/app/try.count", "/topic/members.x", "/topic/a..b", "../..", "{name}", "a\\c\\n\\r\\\\", "\\t", "a-1",
			"zzzz-0", "a-1@1", "@", "\u20ac\ud83d\ude00", "\u0001\u007f", "a:b:c", "x".repeat(300));

	private static final List<String> BODIES = List.of("", "", "x", "{\"name\":\"a\",\"count\":1}", "{", "null", "\n",
			"x".repeat(5000), "\u20ac");

	/** How a session may end that a client has brought to its end. */
	private static final Set<Integer> ENDS = Set.of(1000, 1007, 1008, 1009, 4004, 4006);

	private final int port;

	private final Delivery delivery;

	FrameFuzzIntegrationTests(@LocalServerPort int port, Delivery delivery) {
		this.port = port;
		this.delivery = delivery;
	}

	@Test
	void framesWhenPutTogetherAtRandomThenAnsweredOrRefusedAndOthersAreNotDisturbed() {
		Set<Integer> ends = new TreeSet<>();
		try (RawStomp bystander = RawStomp.guest(this.port)) {
			bystander.subscribe("b", "/topic/open.bystander");
			for (int seed = FIRST; seed < FIRST + ROUNDS; seed++) {
				ends.add(round(seed));
				if (seed % 50 == 0) {
					bystander.published("/topic/open.bystander", "round " + seed);
					assertThat(bystander.message().text()).isEqualTo("round " + seed);
				}
			}
			assertThat(ends).contains(1000, 4006);
			assertThat(this.delivery.sessions((s) -> s.id().equals(bystander.session()), 1).join()).hasSize(1);
		}
	}

	private int round(int seed) {
		Random random = new Random(seed);
		String[] headers = random.nextBoolean() ? new String[] { "soft-errors:true" }
				: random.nextBoolean() ? new String[] { "batch:true" } : new String[0];
		try (RawStomp client = random.nextInt(4) > 0 ? RawStomp.guest(this.port, headers) : RawStomp.open(this.port)) {
			boolean damaged = random.nextBoolean();
			try {
				for (int message = random.nextInt(6); message >= 0; message--) {
					byte[] bytes = randomFrames(random);
					if (damaged) {
						damage(random, bytes);
					}
					client.socket()
						.frame(RawWebSocket.FIN
								| ((damaged && random.nextInt(4) > 0) ? RawWebSocket.BINARY : RawWebSocket.TEXT),
								bytes);
				}
				client.socket().close(1000, "");
			}
			catch (UncheckedIOException _) {
				// the server has ended it in the middle
			}
			int code = client.closed();
			assertThat(code).as("seed %d, %s", seed, client.unread()).isIn(ENDS);
			assertThat(client.unread()).as("seed %d", seed)
				.noneMatch((answer) -> "internal".equals(answer.header("code")))
				.noneMatch((answer) -> answer.toString().contains("Exception"));
			return code;
		}
	}

	private static byte[] randomFrames(Random random) {
		ByteArrayOutputStream frames = new ByteArrayOutputStream();
		for (int i = random.nextInt(4); i >= 0; i--) {
			StringBuilder frame = new StringBuilder(pick(random, COMMANDS))
				.append(random.nextBoolean() ? "\n" : "\r\n");
			// What a frame needs most is there most of the time.
			if (random.nextInt(4) > 0) {
				frame.append("destination:").append(VALUES.get(18 + random.nextInt(20))).append('\n');
			}
			if (random.nextInt(4) > 0) {
				frame.append("id:").append(random.nextInt(5)).append('\n');
			}
			for (int header = random.nextInt(4); header > 0; header--) {
				frame.append(pick(random, NAMES)).append(':').append(pick(random, VALUES)).append('\n');
			}
			boolean body = frame.indexOf("SEND") == 0 || random.nextInt(8) == 0;
			frame.append('\n').append(body ? pick(random, BODIES) : "").append('\0');
			frames.writeBytes(frame.toString().getBytes(StandardCharsets.UTF_8));
		}
		return frames.toByteArray();
	}

	private static void damage(Random random, byte[] bytes) {
		for (int i = random.nextInt(3); i >= 0; i--) {
			byte[] likely = { 0, '\n', '\r', ':', '\\', '-', (byte) 0xFF, (byte) random.nextInt(256) };
			bytes[random.nextInt(bytes.length)] = likely[random.nextInt(likely.length)];
		}
	}

	private static String pick(Random random, List<String> parts) {
		return parts.get(random.nextInt(parts.size()));
	}

}
