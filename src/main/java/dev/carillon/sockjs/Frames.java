package dev.carillon.sockjs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.carillon.delivery.Encoded;

/**
 * The frames of SockJS 0.3: open, heart-beat, messages and close, in UTF-8.
 * <p>
 * Characters that browsers have been known to lose are sent as escapes (section "JSON
 * Unicode Encoding" of the protocol).
 */
final class Frames {

	static final byte[] OPEN = { 'o' };

	static final byte[] HEART_BEAT = { 'h' };

	private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

	private Frames() {
	}

	/** One frame with all messages, each a string of its own. */
	static byte[] messages(List<Encoded> messages) {
		int size = 8;
		for (Encoded message : messages) {
			size += message.bytes().length + (message.bytes().length >> 3) + 16;
		}
		ByteArrayOutputStream frame = new ByteArrayOutputStream(size);
		frame.write('a');
		char before = '[';
		for (Encoded message : messages) {
			frame.write(before);
			string(new String(message.bytes(), StandardCharsets.UTF_8), frame);
			before = ',';
		}
		frame.write(']');
		return frame.toByteArray();
	}

	/** The end of a session. */
	static byte[] close(int code, String reason) {
		ByteArrayOutputStream frame = new ByteArrayOutputStream(32);
		frame.writeBytes(("c[" + code + ",").getBytes(StandardCharsets.US_ASCII));
		string(reason, frame);
		frame.write(']');
		return frame.toByteArray();
	}

	private static void string(String text, ByteArrayOutputStream to) {
		to.write('"');
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c >= ' ' && c < 0x80) {
				if (c == '"' || c == '\\') {
					to.write('\\');
				}
				to.write(c);
			}
			else if (c == '\n') {
				to.write('\\');
				to.write('n');
			}
			else if (isFragile(c)) {
				escape(c, to);
			}
			else if (c < 0x800) {
				to.write(0xC0 | c >> 6);
				to.write(0x80 | c & 0x3F);
			}
			else {
				to.write(0xE0 | c >> 12);
				to.write(0x80 | c >> 6 & 0x3F);
				to.write(0x80 | c & 0x3F);
			}
		}
		to.write('"');
	}

	private static boolean isFragile(char c) {
		return c < ' ' || (c >= '\u200c' && c <= '\u200f') || (c >= '\u2028' && c <= '\u202f')
				|| (c >= '\u2060' && c <= '\u206f') || c >= '\ufff0' || Character.isSurrogate(c);
	}

	private static void escape(char c, ByteArrayOutputStream to) {
		to.write('\\');
		to.write('u');
		for (int shift = 12; shift >= 0; shift -= 4) {
			to.write(HEX[c >> shift & 0xF]);
		}
	}

}
