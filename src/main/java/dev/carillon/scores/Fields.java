package dev.carillon.scores;

import java.util.regex.Pattern;

import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The checks of what comes from outside; each refusal names the field.
 */
final class Fields {

	/** The longest name of a team or player, in code points. */
	static final int MAX_NAME = 80;

	private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,40}");

	private Fields() {
	}

	static <T> T required(String field, @Nullable T value) {
		if (value == null) {
			throw bad(field + " is missing");
		}
		return value;
	}

	/**
	 * A name without space around it.
	 */
	static String name(String field, @Nullable String value) {
		String name = required(field, value).strip();
		if (name.isEmpty() || name.codePointCount(0, name.length()) > MAX_NAME) {
			throw bad(field + " must have 1 to " + MAX_NAME + " characters");
		}
		if (name.codePoints().anyMatch((c) -> Character.isISOControl(c) || isLone(c))) {
			throw bad(field + " has a control character or half a character");
		}
		return name;
	}

	private static boolean isLone(int c) {
		return c <= Character.MAX_VALUE && Character.isSurrogate((char) c);
	}

	static @Nullable String optionalName(String field, @Nullable String value) {
		return (value != null) ? name(field, value) : null;
	}

	static int range(String field, int value, int least, int most) {
		if (value < least || value > most) {
			throw bad(field + " must be " + least + " to " + most);
		}
		return value;
	}

	static int number(String field, String value) {
		try {
			return Integer.parseInt(value);
		}
		catch (NumberFormatException _) {
			throw bad(field + " must be a number");
		}
	}

	static String matchId(String field, String value) {
		if (!ID.matcher(value).matches()) {
			throw bad(field + " must have 1 to 40 letters, digits, - or _");
		}
		return value;
	}

	static Refusal bad(String message) {
		return new Refusal(Refusal.Code.BAD_VALUE, message);
	}

}
