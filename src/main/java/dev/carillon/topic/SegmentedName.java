package dev.carillon.topic;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * A text of segments: what a destination and a pattern of destinations have in common.
 * Equal to another one of the same kind with the same text.
 */
abstract sealed class SegmentedName permits Destination, DestinationPattern {

	/** The longest name, in characters. */
	static final int MAX_LENGTH = 255;

	private final String text;

	SegmentedName(String text) {
		this.text = text;
	}

	/**
	 * The segments of a name.
	 * @param reserved the characters that must not be in it, beside those that never may
	 * @throws Refusal if the text is no name; the message says why
	 */
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

	/** Whether the character at a place must not be there. */
	static boolean isForbidden(String text, int i, String reserved) {
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

	@Override
	public final boolean equals(@Nullable Object other) {
		return other instanceof SegmentedName that && getClass() == that.getClass() && this.text.equals(that.text);
	}

	@Override
	public final int hashCode() {
		return this.text.hashCode();
	}

	@Override
	public final String toString() {
		return this.text;
	}

}
