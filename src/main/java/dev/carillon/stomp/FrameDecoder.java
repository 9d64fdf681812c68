package dev.carillon.stomp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Turns a client's bytes into frames, however they are cut into WebSocket messages:
 * several frames in one, or one over several. End-of-line bytes between frames are
 * heart-beats and skipped.
 * <p>
 * One thread at a time. Keeps an unfinished frame and nothing else. After a refusal the
 * connection has no use for it any more.
 */
final class FrameDecoder {

	private static final byte[] NOTHING = {};

	/**
	 * How large frames may be.
	 *
	 * @param frame the most bytes of a frame
	 * @param head the most bytes of its command and headers
	 * @param headers the most headers
	 */
	record Limits(int frame, int head, int headers) {
	}

	private final Limits limits;

	private StompVersion version = StompVersion.V1_0;

	private byte[] pending = NOTHING;

	private int pendingLength;

	/** How far into the unfinished frame we have looked in vain. */
	private int scanned;

	/** Where the body of the unfinished frame begins, -1 before that is known. */
	private int bodyStart = -1;

	private StompFrame.Command command = StompFrame.Command.SEND;

	private Map<String, String> headers = Map.of();

	/** The length of the body as announced, -1 if it is not. */
	private int contentLength = -1;

	FrameDecoder(Limits limits) {
		this.limits = limits;
	}

	/** What the CONNECT frame has settled; until then nothing is unescaped. */
	void setVersion(StompVersion version) {
		this.version = version;
	}

	/**
	 * Takes the next bytes.
	 * @param data the bytes, which the decoder may keep parts of
	 * @param frames receives each frame that is complete
	 * @throws Refusal if the bytes are no STOMP, or too many
	 */
	void decode(byte[] data, Consumer<StompFrame> frames) {
		byte[] source = data;
		int end = data.length;
		if (this.pendingLength > 0) {
			append(data);
			source = this.pending;
			end = this.pendingLength;
		}
		int at = 0;
		while (true) {
			if (this.bodyStart < 0 && this.scanned == 0) {
				at = skipLineEnds(source, at, end);
			}
			int next = (at < end) ? frame(source, at, end, frames) : -1;
			if (next < 0) {
				break;
			}
			at = next;
		}
		keep(source, at, end);
	}

	private void append(byte[] data) {
		int needed = this.pendingLength + data.length;
		if (this.pending.length < needed) {
			int announced = (this.contentLength >= 0) ? this.bodyStart + this.contentLength + 1 : Integer.MAX_VALUE;
			// What was announced has to come before it takes memory.
			this.pending = Arrays.copyOf(this.pending, Math.max(needed, Math.min(announced, 2 * needed)));
		}
		System.arraycopy(data, 0, this.pending, this.pendingLength, data.length);
		this.pendingLength = needed;
	}

	private void keep(byte[] source, int from, int end) {
		this.pendingLength = end - from;
		if (this.pendingLength == 0) {
			this.pending = NOTHING;
		}
		else if (source != this.pending || from > 0) {
			this.pending = Arrays.copyOfRange(source, from, end);
		}
	}

	private static int skipLineEnds(byte[] source, int from, int end) {
		int at = from;
		while (at < end && (source[at] == '\n' || source[at] == '\r')) {
			at++;
		}
		return at;
	}

	/**
	 * Reads one frame.
	 * @return where it ends, or -1 if more bytes are needed
	 */
	private int frame(byte[] source, int start, int end, Consumer<StompFrame> frames) {
		if (this.bodyStart < 0 && !head(source, start, end)) {
			return -1;
		}
		int bodyEnd = bodyEnd(source, start, end);
		if (bodyEnd < 0) {
			return -1;
		}
		if (bodyEnd > start + this.bodyStart) {
			checkBody();
		}
		byte[] body = (bodyEnd == start + this.bodyStart) ? NOTHING
				: Arrays.copyOfRange(source, start + this.bodyStart, bodyEnd);
		StompFrame frame = new StompFrame(this.command, this.headers, body);
		this.bodyStart = -1;
		this.scanned = 0;
		this.contentLength = -1;
		this.headers = Map.of();
		frames.accept(frame);
		return bodyEnd + 1;
	}

	private boolean head(byte[] source, int start, int end) {
		for (int at = start + this.scanned; at < end; at++) {
			if (at - start >= this.limits.head()) {
				throw tooLarge("The command and headers of a frame", "header-size", this.limits.head());
			}
			byte b = source[at];
			if (b == 0) {
				throw new Refusal(Refusal.Code.BAD_FRAME,
						"A frame has a NUL byte before the empty line after its headers");
			}
			if (b == '\n' && isEmptyLine(source, start, at)) {
				this.bodyStart = at + 1 - start;
				this.scanned = this.bodyStart;
				readHead(source, start, at);
				return true;
			}
		}
		this.scanned = end - start;
		return false;
	}

	/** Whether the line that ends at a line feed is empty but for a carriage return. */
	private static boolean isEmptyLine(byte[] source, int start, int lineFeed) {
		int before = (lineFeed > start && source[lineFeed - 1] == '\r') ? lineFeed - 2 : lineFeed - 1;
		return before >= start && source[before] == '\n';
	}

	private void readHead(byte[] source, int start, int end) {
		String text;
		try {
			text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(source, start, end - start)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new Refusal(Refusal.Code.BAD_FRAME, "The headers of a frame are not UTF-8");
		}
		int lineEnd = text.indexOf('\n');
		String name = withoutCarriageReturn(text.substring(0, lineEnd));
		StompFrame.Command known = StompFrame.Command.of(name);
		if (known == null) {
			throw new Refusal(Refusal.Code.BAD_FRAME, "There is no such command: " + printable(name));
		}
		this.command = known;
		this.headers = headers(text, lineEnd + 1);
		this.contentLength = contentLength(this.headers.get("content-length"));
		if (this.contentLength > 0) {
			checkBody();
		}
	}

	private void checkBody() {
		if (this.command != StompFrame.Command.SEND) {
			throw new Refusal(Refusal.Code.BAD_FRAME, "A " + this.command + " frame must not have a body");
		}
	}

	private Map<String, String> headers(String text, int from) {
		Map<String, String> read = new LinkedHashMap<>();
		int lines = 0;
		for (int at = from; at < text.length();) {
			int lineEnd = text.indexOf('\n', at);
			String line = withoutCarriageReturn(text.substring(at, (lineEnd < 0) ? text.length() : lineEnd));
			at = (lineEnd < 0) ? text.length() : lineEnd + 1;
			if (line.isEmpty()) {
				break;
			}
			if (++lines > this.limits.headers()) {
				throw tooLarge("The number of headers", "headers", this.limits.headers());
			}
			int colon = line.indexOf(':');
			if (colon <= 0) {
				throw new Refusal(Refusal.Code.BAD_FRAME, "A header line has no name and colon: " + printable(line));
			}
			read.putIfAbsent(plain(line.substring(0, colon)), plain(line.substring(colon + 1)));
		}
		return read;
	}

	private String plain(String text) {
		if (this.command.isConnect()) {
			return text;
		}
		return (this.version == StompVersion.V1_0) ? text.strip() : this.version.unescape(text);
	}

	private static String withoutCarriageReturn(String line) {
		return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
	}

	private static String printable(String text) {
		StringBuilder shown = new StringBuilder();
		text.codePoints().limit(40).forEach((c) -> shown.appendCodePoint((c >= ' ' && c < 127) ? c : '\ufffd'));
		return shown.toString();
	}

	private int contentLength(@Nullable String text) {
		if (text == null) {
			return -1;
		}
		String digits = text.strip();
		if (digits.isEmpty() || digits.length() > 10 || !digits.chars().allMatch((c) -> c >= '0' && c <= '9')) {
			throw new Refusal(Refusal.Code.BAD_FRAME, "content-length is not a number of bytes");
		}
		long length = Long.parseLong(digits);
		if (length > this.limits.frame()) {
			throw tooLarge("A frame", "frame-size", this.limits.frame());
		}
		return (int) length;
	}

	private int bodyEnd(byte[] source, int start, int end) {
		if (this.contentLength >= 0) {
			int bodyEnd = start + this.bodyStart + this.contentLength;
			if (bodyEnd - start > this.limits.frame()) {
				throw tooLarge("A frame", "frame-size", this.limits.frame());
			}
			if (bodyEnd >= end) {
				return -1;
			}
			if (source[bodyEnd] != 0) {
				throw new Refusal(Refusal.Code.BAD_FRAME,
						"The body is longer than content-length says, or lacks its NUL");
			}
			return bodyEnd;
		}
		for (int at = start + this.scanned; at < end; at++) {
			if (source[at] == 0) {
				if (at - start > this.limits.frame()) {
					throw tooLarge("A frame", "frame-size", this.limits.frame());
				}
				return at;
			}
		}
		this.scanned = end - start;
		if (this.scanned > this.limits.frame()) {
			throw tooLarge("A frame", "frame-size", this.limits.frame());
		}
		return -1;
	}

	private static Refusal tooLarge(String what, String limit, int value) {
		return new Refusal(Refusal.Code.TOO_LARGE,
				what + " is above the limit carillon.limits." + limit + " of " + value);
	}

}
