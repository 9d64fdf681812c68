package dev.carillon.stomp;

import java.util.Arrays;
import java.util.List;

import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The versions of the protocol, with how each escapes headers (STOMP 1.0 not at all, 1.1
 * "Value Encoding", 1.2 "Value Encoding").
 */
enum StompVersion {

	V1_0("1.0", ""), V1_1("1.1", "\\n\nc:"), V1_2("1.2", "\\n\nc:r\r");

	private final String text;

	/**
	 * The characters that can follow a backslash and what they stand for, in pairs; a
	 * backslash stands for itself.
	 */
	private final String escapes;

	StompVersion(String text, String escapes) {
		this.text = text;
		this.escapes = escapes;
	}

	String text() {
		return this.text;
	}

	/**
	 * The newest version that a client accepts, or null if there is none.
	 * @param accepted the accept-version header; absent means 1.0
	 */
	static @Nullable StompVersion negotiate(@Nullable String accepted) {
		if (accepted == null) {
			return V1_0;
		}
		List<String> texts = Arrays.stream(accepted.split(",")).map(String::strip).toList();
		for (StompVersion version : new StompVersion[] { V1_2, V1_1, V1_0 }) {
			if (texts.contains(version.text)) {
				return version;
			}
		}
		return null;
	}

	/**
	 * Escapes a header's name or value. What a version cannot express is dropped: line
	 * ends in 1.0, carriage returns in 1.1.
	 */
	String escape(String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '\n' || c == '\r' || c == '\0' || (this != V1_0 && (c == ':' || c == '\\'))) {
				return escapeAll(text);
			}
		}
		return text;
	}

	private String escapeAll(String text) {
		StringBuilder escaped = new StringBuilder(text.length() + 8);
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			switch (c) {
				case '\\' -> escaped.append((this == V1_0) ? "\\" : "\\\\");
				case '\n' -> escaped.append((this == V1_0) ? "" : "\\n");
				case ':' -> escaped.append((this == V1_0) ? ":" : "\\c");
				case '\r' -> escaped.append((this == V1_2) ? "\\r" : "");
				case '\0' -> {
					// would end the frame
				}
				default -> escaped.append(c);
			}
		}
		return escaped.toString();
	}

	/**
	 * Undoes {@link #escape}.
	 * @throws Refusal if the text has an escape that the version does not know
	 */
	String unescape(String text) {
		int at = (this == V1_0) ? -1 : text.indexOf('\\');
		if (at < 0) {
			return text;
		}
		StringBuilder plain = new StringBuilder(text.length());
		int from = 0;
		while (at >= 0) {
			plain.append(text, from, at);
			plain.append(meaning((at + 1 < text.length()) ? text.charAt(at + 1) : ' '));
			from = at + 2;
			at = text.indexOf('\\', from);
		}
		return plain.append(text, from, text.length()).toString();
	}

	private char meaning(char escape) {
		if (escape == '\\') {
			return '\\';
		}
		for (int i = 1; i < this.escapes.length(); i += 2) {
			if (this.escapes.charAt(i) == escape) {
				return this.escapes.charAt(i + 1);
			}
		}
		throw new Refusal(Refusal.Code.BAD_FRAME,
				"A header has an escape sequence that STOMP " + this.text + " does not know");
	}

}
