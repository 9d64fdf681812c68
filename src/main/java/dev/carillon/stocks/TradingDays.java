package dev.carillon.stocks;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

import org.jspecify.annotations.Nullable;

/**
 * Which day a moment belongs to: from midnight to midnight in the market's time zone. Any
 * thread.
 */
final class TradingDays {

	/**
	 * One day.
	 *
	 * @param start its first millisecond since 1970
	 * @param end the first millisecond of the next
	 */
	record Day(long start, long end) {

		boolean contains(long time) {
			return time >= this.start && time < this.end;
		}

	}

	private final ZoneId zone;

	/** The day that was asked for last; nearly all trades are of today. */
	private volatile @Nullable Day latest;

	TradingDays(ZoneId zone) {
		this.zone = zone;
	}

	Day of(long time) {
		Day known = this.latest;
		if (known != null && known.contains(time)) {
			return known;
		}
		LocalDate date = Instant.ofEpochMilli(time).atZone(this.zone).toLocalDate();
		Day day = new Day(start(date), start(date.plusDays(1)));
		this.latest = day;
		return day;
	}

	private long start(LocalDate date) {
		return date.atStartOfDay(this.zone).toInstant().toEpochMilli();
	}

}
