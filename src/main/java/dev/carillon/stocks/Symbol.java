package dev.carillon.stocks;

import java.util.Locale;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.carillon.topic.Destination;
import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What is traded, for example {@code AAPL}.
 * <p>
 * Upper case. A dot separates segments of a destination, so {@code BRK.B} is written
 * {@code BRK-B} here.
 *
 * @param text 1 to {@value #MAX_LENGTH} letters, digits and {@code : _ ^ = -}
 */
record Symbol(@JsonValue String text) implements Comparable<Symbol> {

	static final int MAX_LENGTH = 24;

	private static final Pattern ALLOWED = Pattern.compile("[A-Z0-9:_^=-]{1," + MAX_LENGTH + "}");

	Symbol {
		if (!ALLOWED.matcher(text).matches()) {
			throw new IllegalArgumentException("'" + text + "' is not a symbol");
		}
	}

	/**
	 * Reads a symbol as people and feeds write it.
	 * @throws Refusal if the text is none
	 */
	static Symbol of(@Nullable String text) {
		String canonical = (text != null) ? text.strip().toUpperCase(Locale.ROOT).replace('.', '-') : "";
		if (!ALLOWED.matcher(canonical).matches()) {
			throw new Refusal(Refusal.Code.BAD_VALUE,
					"symbol must have 1 to " + MAX_LENGTH + " letters, digits or one of . : _ ^ = -");
		}
		return new Symbol(canonical);
	}

	/**
	 * The topic of its quotes.
	 */
	Destination destination() {
		return Destination.of("/topic/stocks." + this.text);
	}

	@Override
	public int compareTo(Symbol other) {
		return this.text.compareTo(other.text);
	}

	@Override
	public String toString() {
		return this.text;
	}

}
