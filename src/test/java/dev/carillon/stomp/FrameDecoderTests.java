package dev.carillon.stomp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

import dev.carillon.topic.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FrameDecoderTests {

	private static final FrameDecoder.Limits LIMITS = new FrameDecoder.Limits(2048, 512, 10);

	private static final String STREAM = "\n\r\n" + "SEND\ndestination:/topic/a\n\nhello\0" + "\n\n"
			+ "SEND\r\ndestination:/topic/b\r\ncontent-length:7\r\n\r\na\0b\0\n\0c\0" + "\r\n"
			+ "SUBSCRIBE\nid:1\ndestination:/topic/\u00e9\u20ac\n\n\0" + "SEND\ndestination:/topic/c\n\n\0"
			+ "DISCONNECT\n\n\0\n";

	@Test
	void decodeWhenCutAnywhereThenTheSameFrames() {
		byte[] stream = bytes(STREAM);
		Outcome whole = decode(StompVersion.V1_2, stream);
		assertThat(whole.frames()).containsExactly("SEND {destination=/topic/a} hello",
				"SEND {content-length=7, destination=/topic/b} a\0b\0\n\0c",
				"SUBSCRIBE {destination=/topic/\u00e9\u20ac, id=1} ", "SEND {destination=/topic/c} ", "DISCONNECT {} ");
		assertThat(whole.refusal()).isEmpty();
		for (int first = 0; first <= stream.length; first++) {
			for (int second = first; second <= stream.length; second++) {
				assertThat(decode(StompVersion.V1_2, Arrays.copyOfRange(stream, 0, first),
						Arrays.copyOfRange(stream, first, second), Arrays.copyOfRange(stream, second, stream.length)))
					.as("cut at %d and %d", first, second)
					.isEqualTo(whole);
			}
		}
		assertThat(decode(StompVersion.V1_2, bytewise(stream))).isEqualTo(whole);
	}

	@Test
	void decodeWhenOnlyLineEndsThenNothing() {
		assertThat(decode(StompVersion.V1_2, bytes("\n"), bytes("\r\n"), bytes("\n\n\r\n")).frames()).isEmpty();
	}

	@Test
	void decodeWhenHeaderRepeatsThenTheFirstCounts() {
		assertThat(decode(StompVersion.V1_2, bytes("SEND\na:1\na:2\n\n\0")).frames()).containsExactly("SEND {a=1} ");
	}

	@Test
	void decodeWhenValueHasColonThenItBelongsToTheValue() {
		assertThat(decode(StompVersion.V1_2, bytes("SEND\na:b:c\n\n\0")).frames()).containsExactly("SEND {a=b:c} ");
	}

	@Test
	void decodeWhenValueIsEmptyThenEmpty() {
		assertThat(decode(StompVersion.V1_2, bytes("SEND\na:\n\n\0")).frames()).containsExactly("SEND {a=} ");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', textBlock = """
			V1_0, a\\nb, a\\nb
			V1_0, " a ", a
			V1_1, a\\cb\\\\c, a:b\\c
			V1_1, " a ", " a "
			V1_2, a\\cb\\\\c, a:b\\c
			V1_2, " a ", " a "
			""")
	void decodeWhenEscapedThenAsTheVersionSays(StompVersion version, String sent, String read) {
		assertThat(decode(version, bytes("SEND\nh:" + sent + "\n\n\0")).frames())
			.containsExactly("SEND {h=" + read + "} ");
	}

	@Test
	void decodeWhenLineEndIsEscapedThenLineEnd() {
		assertThat(decode(StompVersion.V1_2, bytes("SEND\nh\\n:\\r\\n\n\n\0")).frames())
			.containsExactly("SEND {h\n=\r\n} ");
		assertThat(decode(StompVersion.V1_1, bytes("SEND\nh:\\n\n\n\0")).frames()).containsExactly("SEND {h=\n} ");
	}

	@Test
	void decodeWhenConnectThenNothingIsUnescaped() {
		assertThat(decode(StompVersion.V1_2, bytes("CONNECT\npasscode:a\\cb\\x\n\n\0")).frames())
			.containsExactly("CONNECT {passcode=a\\cb\\x} ");
	}

	@ParameterizedTest
	@CsvSource({ "V1_1, \\r", "V1_1, \\t", "V1_2, \\t", "V1_2, \\0", "V1_2, \\" })
	void decodeWhenEscapeIsUnknownThenRefusal(StompVersion version, String escape) {
		assertThat(decode(version, bytes("SEND\nh:" + escape + "\n\n\0")).refusal()).startsWith("bad-frame")
			.contains("escape");
	}

	@ParameterizedTest
	@ValueSource(strings = { "FOO\n\n\0", "send\n\n\0", "CONNECTED\n\n\0", "MESSAGE\n\n\0", "SEND \n\n\0",
			"\u00e9\n\n\0", " \n\n\0", "SEND\n:v\n\n\0", "SEND\nnocolon\n\n\0", "\0", "SEND\0", "SEND\n\0",
			"SEND\na:b\0\n\n\0", "SUBSCRIBE\nid:1\n\nbody\0", "BEGIN\ncontent-length:1\n\n\0\0",
			"SEND\ncontent-length:1\n\nab\0", "SEND\ncontent-length:-1\n\n\0", "SEND\ncontent-length:\n\n\0",
			"SEND\ncontent-length:1a\n\na\0", "SEND\ncontent-length:99999999999\n\na\0", "GET / HTTP/1.1\r\n\r\n" })
	void decodeWhenNotStompThenBadFrame(String stream) {
		assertThat(decode(StompVersion.V1_2, bytes(stream)).refusal()).startsWith("bad-frame");
		assertThat(decode(StompVersion.V1_2, bytewise(bytes(stream))).refusal()).startsWith("bad-frame");
	}

	@Test
	void decodeWhenHeadersAreNotUtf8ThenBadFrame() {
		byte[] stream = bytes("SEND\nh:x\n\n\0");
		stream[7] = (byte) 0xff;
		assertThat(decode(StompVersion.V1_2, stream).refusal()).startsWith("bad-frame").contains("UTF-8");
	}

	@Test
	void decodeWhenCommandIsStrangeThenTheRefusalShowsNoControlCharacters() {
		assertThat(decode(StompVersion.V1_2, bytes("A\u0007\u001b[31m\u202e\n\n\0")).refusal())
			.endsWith(": A\ufffd\ufffd[31m\ufffd");
	}

	@Test
	void decodeWhenFramesPrecedeABadOneThenTheyAreReadFirst() {
		Outcome outcome = decode(StompVersion.V1_2, bytes("SEND\na:1\n\n\0BAD\n\n\0SEND\na:2\n\n\0"));
		assertThat(outcome.frames()).containsExactly("SEND {a=1} ");
		assertThat(outcome.refusal()).startsWith("bad-frame");
	}

	@Test
	void decodeWhenFrameIsAsLargeAsAllowedThenRead() {
		String head = "SEND\n\n";
		int most = LIMITS.frame() - head.length();
		assertLimit(head + "x".repeat(most) + "\0", head + "x".repeat(most + 1) + "\0", "frame-size");
		String announced = "SEND\ncontent-length:%d\n\n";
		int room = LIMITS.frame() - announced.formatted(1000).length();
		assertLimit(announced.formatted(room) + "x".repeat(room) + "\0",
				announced.formatted(room + 1) + "x".repeat(room + 1) + "\0", "frame-size");
	}

	@Test
	void decodeWhenHeadIsAsLargeAsAllowedThenRead() {
		String head = "SEND\nh:";
		int most = LIMITS.head() - head.length() - 2;
		assertLimit(head + "x".repeat(most) + "\n\n\0", head + "x".repeat(most + 1) + "\n\n\0", "header-size");
	}

	@Test
	void decodeWhenHeadersAreAsManyAsAllowedThenRead() {
		assertLimit("SEND\n" + "h:v\n".repeat(LIMITS.headers()) + "\n\0",
				"SEND\n" + "h:v\n".repeat(LIMITS.headers() + 1) + "\n\0", "headers");
	}

	@Test
	void decodeWhenBodyNeverEndsThenRefusedAtTheLimit() {
		FrameDecoder decoder = new FrameDecoder(LIMITS);
		List<StompFrame> frames = new ArrayList<>();
		decoder.decode(bytes("SEND\n\n"), frames::add);
		int sent = 0;
		while (sent < 4 * LIMITS.frame()) {
			try {
				decoder.decode(bytes("x".repeat(100)), frames::add);
				sent += 100;
			}
			catch (Refusal refusal) {
				assertThat(refusal.code()).isEqualTo(Refusal.Code.TOO_LARGE);
				break;
			}
		}
		assertThat(sent).isLessThanOrEqualTo(LIMITS.frame());
		assertThat(frames).isEmpty();
	}

	@Test
	void decodeWhenContentLengthIsAboveTheLimitThenRefusedBeforeTheBodyComes() {
		assertThat(decode(StompVersion.V1_2, bytes("SEND\ncontent-length:" + (LIMITS.frame() + 1) + "\n\n")).refusal())
			.startsWith("too-large")
			.contains("carillon.limits.frame-size");
	}

	private static void assertLimit(String allowed, String refused, String limit) {
		for (byte[][] chunks : List.of(new byte[][] { bytes(allowed) }, bytewise(bytes(allowed)))) {
			assertThat(decode(StompVersion.V1_2, chunks).refusal()).isEmpty();
			assertThat(decode(StompVersion.V1_2, chunks).frames()).hasSize(1);
		}
		for (byte[][] chunks : List.of(new byte[][] { bytes(refused) }, bytewise(bytes(refused)))) {
			assertThat(decode(StompVersion.V1_2, chunks).refusal()).startsWith("too-large")
				.contains("carillon.limits." + limit + " ");
		}
	}

	@Test
	void decodeWhenCutAtRandomThenAsInOnePiece() {
		int framed = 0;
		int refused = 0;
		for (int seed = 0; seed < 4000; seed++) {
			Random random = new Random(seed);
			StompVersion version = StompVersion.values()[random.nextInt(3)];
			byte[] stream = randomStream(random);
			Outcome whole = decode(version, stream);
			assertThat(decode(version, cut(random, stream))).as("seed %d, %s", seed, version).isEqualTo(whole);
			framed += whole.frames().size();
			refused += whole.refusal().isEmpty() ? 0 : 1;
		}
		// The streams are worth something only if they hold both.
		assertThat(framed).isGreaterThan(4000);
		assertThat(refused).isBetween(400, 3600);
	}

	/** Mostly frames, in half of the streams damaged at a few places. */
	private static byte[] randomStream(Random random) {
		ByteArrayOutputStream stream = new ByteArrayOutputStream();
		int frames = 1 + random.nextInt(6);
		for (int i = 0; i < frames; i++) {
			stream.writeBytes(bytes("\r\n".repeat(random.nextInt(3)) + "\n".repeat(random.nextInt(2))));
			stream.writeBytes(randomFrame(random));
		}
		byte[] bytes = stream.toByteArray();
		if (random.nextBoolean()) {
			int damages = 1 + random.nextInt(3);
			String likely = "\0\n\r:\\-S\u00ff";
			for (int i = 0; i < damages; i++) {
				bytes[random.nextInt(bytes.length)] = (byte) likely.charAt(random.nextInt(likely.length()));
			}
		}
		return bytes;
	}

	private static byte[] randomFrame(Random random) {
		String lineEnd = random.nextBoolean() ? "\n" : "\r\n";
		StringBuilder head = new StringBuilder("SEND").append(lineEnd);
		int headers = random.nextInt(5);
		for (int i = 0; i < headers; i++) {
			head.append((char) ('a' + random.nextInt(3))).append(':');
			head.append(List.of("", "v", "\u00e9", "a\\cb", "\\\\", "\\n", "x:y").get(random.nextInt(7)));
			head.append(lineEnd);
		}
		byte[] body = new byte[random.nextInt(4) == 0 ? random.nextInt(LIMITS.frame() + 20) : random.nextInt(40)];
		random.nextBytes(body);
		if (random.nextBoolean()) {
			head.append("content-length:").append(body.length).append(lineEnd);
		}
		else {
			for (int i = 0; i < body.length; i++) {
				body[i] = (body[i] == 0) ? 1 : body[i];
			}
		}
		ByteArrayOutputStream frame = new ByteArrayOutputStream();
		frame.writeBytes(bytes(head.append(lineEnd).toString()));
		frame.writeBytes(body);
		frame.write(0);
		return frame.toByteArray();
	}

	private static byte[][] cut(Random random, byte[] stream) {
		List<byte[]> chunks = new ArrayList<>();
		int most = 1 + random.nextInt(60);
		int at = 0;
		while (at < stream.length) {
			int next = Math.min(stream.length, at + random.nextInt(most + 1));
			chunks.add(Arrays.copyOfRange(stream, at, next));
			at = next;
		}
		return chunks.toArray(byte[][]::new);
	}

	private static byte[][] bytewise(byte[] stream) {
		byte[][] chunks = new byte[stream.length][];
		for (int i = 0; i < stream.length; i++) {
			chunks[i] = new byte[] { stream[i] };
		}
		return chunks;
	}

	/**
	 * What became of a stream.
	 *
	 * @param frames the frames as text, headers in the order of their names
	 * @param refusal code and message of the refusal that ended it, or empty
	 */
	private record Outcome(List<String> frames, String refusal) {
	}

	private static Outcome decode(StompVersion version, byte[]... chunks) {
		FrameDecoder decoder = new FrameDecoder(LIMITS);
		decoder.setVersion(version);
		List<String> frames = new ArrayList<>();
		try {
			for (byte[] chunk : chunks) {
				decoder.decode(chunk, (frame) -> frames.add(text(frame)));
			}
		}
		catch (Refusal refusal) {
			return new Outcome(frames, refusal.code().text() + " " + refusal.reason());
		}
		return new Outcome(frames, "");
	}

	private static String text(StompFrame frame) {
		boolean text = Utf8.isValid(frame.body());
		return frame.command() + " " + new TreeMap<>(frame.headers()) + " "
				+ new String(frame.body(), text ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
