package dev.carillon.stocks;

import java.math.BigDecimal;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * A price that somebody waits for.
 *
 * @param id names it among the alerts of its user
 * @param symbol whose price
 * @param direction from which side it is crossed
 * @param price the price
 */
record Alert(String id, Symbol symbol, Direction direction, BigDecimal price) {

	/** Whether a price is at the alert's, or beyond it. */
	boolean isCrossedBy(BigDecimal current) {
		return switch (this.direction) {
			case ABOVE -> current.compareTo(this.price) >= 0;
			case BELOW -> current.compareTo(this.price) <= 0;
		};
	}

	/** Whether another alert waits for the same, whatever its id. */
	boolean isSameAs(Alert other) {
		return this.symbol.equals(other.symbol) && this.direction == other.direction && this.price.equals(other.price);
	}

	/**
	 * From which side a price is crossed.
	 */
	enum Direction {

		/** The price rises to it or above. */
		ABOVE,
		/** The price falls to it or below. */
		BELOW;

		/**
		 * Reads {@code above} or {@code below}.
		 * @throws Refusal if the text is neither
		 */
		static Direction of(@Nullable String text) {
			return switch ((text != null) ? text : "") {
				case "above" -> ABOVE;
				case "below" -> BELOW;
				default -> throw new Refusal(Refusal.Code.BAD_VALUE, "direction must be above or below");
			};
		}

		@JsonValue
		String text() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
