package dev.carillon.stomp;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class Utf8Tests {

	/** Bytes at the edges of what each place of a character allows. */
	private static final int[] EDGES = { 0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF,
			0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFE, 0xFF };

	private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

	private final CharBuffer decoded = CharBuffer.allocate(64);

	@Test
	void isValidWhenUpToTwoBytesThenAsJavaDecodes() {
		assertThat(Utf8.isValid(new byte[0])).isTrue();
		for (int a = 0; a < 256; a++) {
			assertLikeJava((byte) a);
			for (int b = 0; b < 256; b++) {
				assertLikeJava((byte) a, (byte) b);
			}
		}
	}

	@Test
	void isValidWhenThreeBytesThenAsJavaDecodes() {
		for (int a = 0; a < 256; a++) {
			for (int b = 0; b < 256; b++) {
				for (int c : EDGES) {
					assertLikeJava((byte) a, (byte) b, (byte) c);
				}
			}
		}
	}

	@Test
	void isValidWhenFourBytesThenAsJavaDecodes() {
		for (int a : EDGES) {
			for (int b : EDGES) {
				for (int c : EDGES) {
					for (int d : EDGES) {
						assertLikeJava((byte) a, (byte) b, (byte) c, (byte) d);
					}
				}
			}
		}
	}

	@Test
	void acceptsWhenCutAnywhereThenAsInOnePiece() {
		int valid = 0;
		for (int seed = 0; seed < 20_000; seed++) {
			byte[] bytes = randomText(new Random(seed));
			boolean expected = isUtf8(bytes);
			valid += expected ? 1 : 0;
			for (int cut = 0; cut <= bytes.length; cut++) {
				Utf8 check = new Utf8();
				boolean accepted = check.accepts(Arrays.copyOfRange(bytes, 0, cut))
						&& check.accepts(Arrays.copyOfRange(bytes, cut, bytes.length)) && check.isComplete();
				if (accepted != expected) {
					throw new AssertionError("seed " + seed + " cut at " + cut + ": " + Arrays.toString(bytes));
				}
			}
		}
		assertThat(valid).isBetween(2_000, 18_000);
	}

	@Test
	void isCompleteWhenCharacterIsUnfinishedThenFalse() {
		Utf8 check = new Utf8();
		assertThat(check.accepts(new byte[] { 'a', (byte) 0xE2, (byte) 0x82 })).isTrue();
		assertThat(check.isComplete()).isFalse();
		assertThat(check.accepts(new byte[] { (byte) 0xAC })).isTrue();
		assertThat(check.isComplete()).isTrue();
	}

	/** A few characters of all lengths, at times with one byte that is anything. */
	private static byte[] randomText(Random random) {
		StringBuilder text = new StringBuilder();
		int length = 1 + random.nextInt(5);
		for (int i = 0; i < length; i++) {
			text.appendCodePoint(switch (random.nextInt(4)) {
				case 0 -> random.nextInt(0x80);
				case 1 -> 0x80 + random.nextInt(0x780);
				case 2 -> 0x800 + random.nextInt(0xD000);
				default -> 0x10000 + random.nextInt(0x100000);
			});
		}
		byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
		if (random.nextBoolean()) {
			bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
		}
		return bytes;
	}

	private void assertLikeJava(byte... bytes) {
		if (Utf8.isValid(bytes) != isUtf8(bytes)) {
			throw new AssertionError("differs from the JDK's decoder: " + Arrays.toString(bytes));
		}
	}

	private boolean isUtf8(byte[] bytes) {
		this.decoder.reset();
		this.decoded.clear();
		return this.decoder.decode(ByteBuffer.wrap(bytes), this.decoded, true).isUnderflow()
				&& this.decoder.flush(this.decoded).isUnderflow();
	}

}
