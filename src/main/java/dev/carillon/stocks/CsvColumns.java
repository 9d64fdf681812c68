package dev.carillon.stocks;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Which value stands where in the lines of a CSV file of trades, as its first line says.
 * <p>
 * Columns are {@code time}, {@code symbol} and {@code price}, and optionally
 * {@code volume}, {@code bid}, {@code ask} and {@code previous_close}, in any order;
 * others are left alone. Values are separated by commas, may stand in double quotes and
 * hold no comma. A time is in milliseconds since 1970 or has the form
 * {@code 2026-01-05T14:30:00.250Z}.
 */
final class CsvColumns {

	private static final List<String> REQUIRED = List.of("time", "symbol", "price");

	private final List<String> names;

	/**
	 * Reads the first line.
	 * @throws IllegalArgumentException if a column is missing
	 */
	CsvColumns(String header) {
		this.names = Arrays.stream(header.replace("\ufeff", "").toLowerCase(Locale.ROOT).split(",", -1))
			.map(CsvColumns::bare)
			.toList();
		for (String required : REQUIRED) {
			if (!this.names.contains(required)) {
				throw new IllegalArgumentException("the first line names no column " + required);
			}
		}
	}

	/**
	 * Reads a line.
	 * @throws IllegalArgumentException if it holds no trade
	 */
	Trade trade(String line) {
		String[] values = line.split(",", -1);
		try {
			BigDecimal volume = number(values, "volume");
			return new Trade(Symbol.of(value(values, "symbol")), required(number(values, "price")),
					(volume != null) ? volume : BigDecimal.ZERO, time(required(value(values, "time"))),
					number(values, "bid"), number(values, "ask"), number(values, "previous_close"));
		}
		catch (Refusal | DateTimeParseException | ArithmeticException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private static <T> T required(@Nullable T value) {
		if (value == null) {
			throw new IllegalArgumentException("a value is missing");
		}
		return value;
	}

	private @Nullable String value(String[] values, String name) {
		int column = this.names.indexOf(name);
		String value = (column >= 0 && column < values.length) ? bare(values[column]) : "";
		return value.isEmpty() ? null : value;
	}

	private @Nullable BigDecimal number(String[] values, String name) {
		String value = value(values, name);
		return (value != null) ? new BigDecimal(value) : null;
	}

	private static long time(String value) {
		boolean isNumber = value.chars().allMatch((c) -> c >= '0' && c <= '9');
		return isNumber ? Long.parseLong(value) : Instant.parse(value).toEpochMilli();
	}

	private static String bare(String value) {
		String stripped = value.strip();
		boolean quoted = stripped.length() >= 2 && stripped.startsWith("\"") && stripped.endsWith("\"");
		return quoted ? stripped.substring(1, stripped.length() - 1).strip() : stripped;
	}

}
