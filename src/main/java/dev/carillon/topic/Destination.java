package dev.carillon.topic;

import java.util.Arrays;
import java.util.List;

/**
 * The name of a topic, for example {@code /topic/stocks.AAPL}.
 * <p>
 * Segments are separated by {@code /}, those after the last {@code /} also by {@code .};
 * none is empty, none consists of dots alone, and none has control characters, white
 * space or one of <code>* { } \ # ? "</code> (a user's name is percent-encoded where it
 * stands in a destination, see {@link #forUser}). At most
 * {@value SegmentedName#MAX_LENGTH} characters.
 */
public final class Destination extends SegmentedName {

	private static final String RESERVED = "*{}\\#?\"";

	private final String[] segments;

	private Destination(String text, String[] segments) {
		super(text);
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

	List<String> segments() {
		return Arrays.asList(this.segments);
	}

	/**
	 * Whether messages to it go to one of its subscribers each ({@code /queue/…}).
	 */
	public boolean isQueue() {
		return toString().startsWith("/queue/");
	}

}
