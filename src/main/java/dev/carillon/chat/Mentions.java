package dev.carillon.chat;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the users that a text mentions: {@code @name} at the start or after something
 * that is no part of a word.
 * <p>
 * A name consists of letters, digits, {@code _}, and inside of it {@code .} and
 * {@code -}. At most {@value #MAX_MENTIONS} users of one text are told.
 */
final class Mentions {

	/** How many users one message tells of it. */
	static final int MAX_MENTIONS = 10;

	private static final Pattern MENTION = Pattern.compile(
			"(?<![\\p{L}\\p{N}_.@-])@([\\p{L}\\p{N}_](?:[\\p{L}\\p{N}_.-]{0,62}[\\p{L}\\p{N}_])?)(?![\\p{L}\\p{N}_@])");

	private Mentions() {
	}

	static Set<String> in(String text) {
		Set<String> names = new LinkedHashSet<>();
		Matcher matcher = MENTION.matcher(text);
		while (names.size() < MAX_MENTIONS && matcher.find()) {
			names.add(matcher.group(1));
		}
		return names;
	}

}
