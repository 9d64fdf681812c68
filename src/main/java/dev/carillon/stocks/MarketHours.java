package dev.carillon.stocks;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * When a market is open: on weekdays from one time of day to another.
 *
 * @param open when it opens
 * @param close when it closes, later on the same day
 */
record MarketHours(LocalTime open, LocalTime close) {

	MarketHours {
		if (!open.isBefore(close)) {
			throw new IllegalArgumentException("a market closes after it opens, on the same day");
		}
	}

	/**
	 * Reads the form {@code 09:30-16:00}; configuration finds this method by its name and
	 * needs it to be public.
	 * @throws IllegalArgumentException if the text has another form
	 */
	public static MarketHours valueOf(String text) {
		int dash = text.indexOf('-');
		try {
			return new MarketHours(LocalTime.parse(text.substring(0, Math.max(dash, 0)).strip()),
					LocalTime.parse(text.substring(dash + 1).strip()));
		}
		catch (DateTimeException _) {
			throw new IllegalArgumentException("'" + text + "' has not the form 09:30-16:00");
		}
	}

	/** Whether the market is open at a moment. */
	boolean isOpen(long time, ZoneId zone) {
		ZonedDateTime local = Instant.ofEpochMilli(time).atZone(zone);
		LocalTime at = local.toLocalTime();
		return isWeekday(local.toLocalDate()) && !at.isBefore(this.open) && at.isBefore(this.close);
	}

	/** The moment of the last close that is not after another. */
	long lastClose(long time, ZoneId zone) {
		LocalDate date = Instant.ofEpochMilli(time).atZone(zone).toLocalDate();
		while (!isWeekday(date) || closeOf(date, zone) > time) {
			date = date.minusDays(1);
		}
		return closeOf(date, zone);
	}

	private long closeOf(LocalDate date, ZoneId zone) {
		return date.atTime(this.close).atZone(zone).toInstant().toEpochMilli();
	}

	private static boolean isWeekday(LocalDate date) {
		return date.getDayOfWeek() != DayOfWeek.SATURDAY && date.getDayOfWeek() != DayOfWeek.SUNDAY;
	}

	@Override
	public String toString() {
		return this.open + "-" + this.close;
	}

}
