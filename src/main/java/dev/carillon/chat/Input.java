package dev.carillon.chat;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Rules for what people type. Each check returns the value to use, or refuses with the
 * name of the field and its limit. Lengths are counted in code points.
 */
final class Input {

	/** The longest message, in code points. */
	static final int MAX_TEXT = 4_000;

	/** The longest description of a room, in code points. */
	static final int MAX_DESCRIPTION = 500;

	/** The longest name of a user, in characters. */
	static final int MAX_USER = 100;

	private static final int MAX_EMOJI = 16;

	private static final Pattern ROOM = Pattern.compile("[a-z0-9_-]{1,40}");

	private Input() {
	}

	/**
	 * A text of 1 to {@value #MAX_TEXT} code points that is more than white space. Line
	 * ends become newlines.
	 */
	static String text(String field, @Nullable String value) {
		String text = prose(field, value, MAX_TEXT);
		if (text.isBlank()) {
			throw bad(field + " must have 1 to " + MAX_TEXT + " characters");
		}
		return text;
	}

	/**
	 * A text of up to {@value #MAX_DESCRIPTION} code points; nothing counts as empty.
	 */
	static String description(@Nullable String value) {
		return prose("description", value, MAX_DESCRIPTION);
	}

	private static String prose(String field, @Nullable String value, int limit) {
		String text = (value != null) ? value.replace("\r\n", "\n") : "";
		int length = text.codePointCount(0, text.length());
		if (length > limit) {
			throw bad(field + " has " + length + " characters; at most " + limit + " are allowed");
		}
		if (text.codePoints().anyMatch((c) -> c != '\n' && c != '\t' && !isStorable(c))) {
			throw bad(field + " has a control character; only newline and tab are allowed");
		}
		return text;
	}

	/**
	 * What a search looks for: 2 to 100 code points.
	 */
	static String query(String value) {
		int length = value.codePointCount(0, value.length());
		if (length < 2 || length > 100 || !value.codePoints().allMatch(Input::isStorable)) {
			throw bad("query must have 2 to 100 characters");
		}
		return value;
	}

	/**
	 * The name of a room.
	 */
	static String room(@Nullable String value) {
		if (value == null || !ROOM.matcher(value).matches()) {
			throw bad("room must have 1 to 40 characters: lower-case letters, digits, - and _");
		}
		return value;
	}

	/**
	 * The name of a user.
	 */
	static String user(String field, @Nullable String value) {
		if (value == null || value.isBlank() || value.length() > MAX_USER
				|| !value.codePoints().allMatch(Input::isStorable)) {
			throw bad(field + " must be the name of a user, 1 to " + MAX_USER + " characters");
		}
		return value;
	}

	/**
	 * What one reacts with: a few symbols without letters and white space.
	 */
	static String emoji(@Nullable String value) {
		if (value == null || value.isEmpty() || value.codePointCount(0, value.length()) > MAX_EMOJI
				|| !value.codePoints().allMatch((c) -> isStorable(c) && !Character.isWhitespace(c))
				|| value.codePoints().anyMatch(Character::isLetter)) {
			throw bad("emoji must be one emoji, at most " + MAX_EMOJI + " code points");
		}
		return value;
	}

	/**
	 * The id of a message.
	 */
	static long id(String field, @Nullable Long value) {
		if (value == null || value < 1) {
			throw bad(field + " must be the id of a message");
		}
		return value;
	}

	/**
	 * The key that makes a message idempotent; none is fine.
	 */
	static @Nullable String key(@Nullable String value) {
		if (value != null
				&& (value.isBlank() || value.length() > 128 || !value.codePoints().allMatch(Input::isStorable))) {
			throw bad("message-key must have 1 to 128 characters");
		}
		return value;
	}

	/**
	 * A number within bounds.
	 */
	static int number(String field, @Nullable Integer value, int min, int max) {
		if (value == null || value < min || value > max) {
			throw bad(field + " must be " + min + " to " + max);
		}
		return value;
	}

	/**
	 * A text as search compares it: composed and in lower case.
	 */
	static String folded(String text) {
		return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
	}

	private static boolean isStorable(int c) {
		return !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE;
	}

	private static Refusal bad(String message) {
		return new Refusal(Refusal.Code.BAD_VALUE, message);
	}

}
