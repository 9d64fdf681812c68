package dev.carillon.topic;

import java.util.Arrays;
import java.util.List;

/**
 * The name of a topic, for example {@code /topic/stocks.AAPL}.
 * <p>
 * Segments are separated by {@code /}, those after the last {@code /} also by {@code .};
 * none is empty, none consists of dots alone, and none has control characters, white
 * space or one of <code>* { } \ # ? "</code> (a user's name is percent-encoded where it
 * stands in a destination, see {@link #forUser}). At most {@value #MAX_LENGTH}
 * characters.
 */
public final class Destination {

	/** The longest destination, in characters. */
	public static final int MAX_LENGTH = 255;

	private static final String RESERVED = "*{}\\#?\"";

	private final String text;

	private final String[] segments;

	private Destination(String text, String[] segments) {
		this.text = text;
		this.segments = segments;
	}

	/**
	 * Reads a destination.
	 * @throws Refusal if the text is not one; the message says why
	 */
	public static Destination of(String text) {
		return new Destination(text, split(text, RESERVED));
	}

	/**
	 * The destination of one user: {@code /user/<name>} followed by a path such as
	 * {@code /queue/errors}. Characters of the name that have a meaning in destinations
	 * are percent-encoded.
	 */
	public static Destination forUser(String name, String path) {
		return of("/user/" + encode(name) + path);
	}

	/**
	 * A user's name as it stands in a destination.
	 */
	public static String encode(String name) {
		StringBuilder text = new StringBuilder(name.length() + 8);
		for (int i = 0; i < name.length(); i++) {
			char c = name.charAt(i);
			if (c == '/' || c == '%' || isForbidden(name, i, RESERVED)
					|| (c == '.' && name.chars().allMatch((d) -> d == '.'))) {
				text.append('%').append("%04x".formatted((int) c));
			}
			else {
				text.append(c);
			}
		}
		return text.toString();
	}

	static String[] split(String text, String reserved) {
		if (text.length() < 2 || text.charAt(0) != '/') {
			throw bad(text, "must begin with / and a name");
		}
		if (text.length() > MAX_LENGTH) {
			throw bad(text.substring(0, 40) + "…", "is longer than " + MAX_LENGTH + " characters");
		}
		for (int i = 0; i < text.length(); i++) {
			if (isForbidden(text, i, reserved)) {
				throw bad(text, "has a character that is not allowed at place " + (i + 1));
			}
		}
		int last = text.lastIndexOf('/');
		String[] path = (last > 0) ? text.substring(1, last).split("/", -1) : new String[0];
		String[] name = text.substring(last + 1).split("\\.", -1);
		String[] segments = Arrays.copyOf(path, path.length + name.length);
		System.arraycopy(name, 0, segments, path.length, name.length);
		for (String segment : segments) {
			if (segment.isEmpty() || segment.chars().allMatch((c) -> c == '.')) {
				throw bad(text, "has an empty segment");
			}
		}
		return segments;
	}

	private static boolean isForbidden(String text, int i, String reserved) {
		char c = text.charAt(i);
		return Character.isISOControl(c) || Character.isWhitespace(c) || Character.isSpaceChar(c)
				|| reserved.indexOf(c) >= 0 || isLoneSurrogate(text, i);
	}

	private static boolean isLoneSurrogate(String text, int i) {
		char c = text.charAt(i);
		return (Character.isHighSurrogate(c)
				&& (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))))
				|| (Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1))));
	}

	static Refusal bad(String text, String why) {
		StringBuilder shown = new StringBuilder(text.length());
		text.codePoints().limit(80).forEach((c) -> shown.appendCodePoint(isShowable(c) ? c : '\ufffd'));
		return new Refusal(Refusal.Code.BAD_VALUE, "The destination " + shown + " " + why);
	}

	private static boolean isShowable(int c) {
		return !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE
				&& Character.getType(c) != Character.FORMAT;
	}

	List<String> segments() {
		return Arrays.asList(this.segments);
	}

	/**
	 * Whether messages to it go to one of its subscribers each ({@code /queue/…}).
	 */
	public boolean isQueue() {
		return this.text.startsWith("/queue/");
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Destination that && this.text.equals(that.text);
	}

	@Override
	public int hashCode() {
		return this.text.hashCode();
	}

	@Override
	public String toString() {
		return this.text;
	}

}
