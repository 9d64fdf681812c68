package dev.carillon.stomp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Builds the bytes of a frame.
 */
final class FrameWriter {

	private final StompVersion version;

	private byte[] bytes;

	private int length;

	FrameWriter(StompVersion version, int expected) {
		this.version = version;
		this.bytes = new byte[expected];
	}

	FrameWriter line(String text) {
		put(text);
		return put((byte) '\n');
	}

	FrameWriter header(String name, String value) {
		put(this.version.escape(name));
		put((byte) ':');
		put(this.version.escape(value));
		return put((byte) '\n');
	}

	/** A header of a CONNECTED frame, which no version escapes. */
	FrameWriter plainHeader(String name, String value) {
		return line(name + ':' + StompVersion.V1_0.escape(value));
	}

	FrameWriter header(String name, long value) {
		put(name);
		put((byte) ':');
		put(Long.toString(value));
		return put((byte) '\n');
	}

	/** The empty line, the body and the NUL. */
	FrameWriter body(byte[] body) {
		put((byte) '\n');
		put(body);
		return put((byte) 0);
	}

	FrameWriter put(byte[] more) {
		reserve(more.length);
		System.arraycopy(more, 0, this.bytes, this.length, more.length);
		this.length += more.length;
		return this;
	}

	private FrameWriter put(byte b) {
		reserve(1);
		this.bytes[this.length++] = b;
		return this;
	}

	private void put(String text) {
		int count = text.length();
		reserve(count);
		for (int i = 0; i < count; i++) {
			char c = text.charAt(i);
			if (c >= 128) {
				put(text.substring(i).getBytes(StandardCharsets.UTF_8));
				return;
			}
			this.bytes[this.length++] = (byte) c;
		}
	}

	private void reserve(int more) {
		if (this.length + more > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(this.length + more, this.bytes.length * 2));
		}
	}

	byte[] toBytes() {
		return (this.length == this.bytes.length) ? this.bytes : Arrays.copyOf(this.bytes, this.length);
	}

}
