package dev.carillon.scores;

import java.time.Duration;
import java.time.Instant;

import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The clock of a match, with what a front end needs to let it tick by itself: while it is
 * running, it shows {@code seconds + (now - since) × rate}, never above {@code limit}.
 * <p>
 * In soccer the clock counts on through the match (the second half begins at 45:00); in
 * basketball it counts from 0 in each period, so that {@code end} minus the clock is the
 * time left; in tennis it counts from the first serve.
 *
 * @param running whether it ticks
 * @param seconds what it showed at {@code since}, or shows while it is stopped
 * @param since when it was started or set; null while it is stopped
 * @param periodStartedAt when the current or last period began
 * @param start what it showed when the period began
 * @param end what it shows when the regular time of the period is over
 * @param limit what it never exceeds in this period
 * @param rate how many of its seconds pass in a second
 * @param lastEvent what it showed at the last event of the period
 */
record MatchClock(boolean running, int seconds, @Nullable Instant since, @Nullable Instant periodStartedAt, int start,
		int end, int limit, double rate, int lastEvent) {

	/** More than any clock shows: a day. */
	static final int MAX_SECONDS = 24 * 60 * 60;

	/**
	 * The clock before the match.
	 */
	static MatchClock waiting(double rate) {
		return new MatchClock(false, 0, null, null, 0, 0, MAX_SECONDS, rate, 0);
	}

	/**
	 * What it shows.
	 */
	int at(Instant now) {
		if (this.since == null) {
			return this.seconds;
		}
		double passed = Math.max(0, Duration.between(this.since, now).toMillis()) * this.rate / 1000;
		return (int) Math.min(this.limit, this.seconds + passed);
	}

	/**
	 * Begins a period.
	 */
	MatchClock begin(Instant at, int start, int end, int limit) {
		return new MatchClock(true, start, at, at, start, end, limit, this.rate, start);
	}

	/**
	 * Notes an event. A clock that the scorer gives moves this one ahead if it is later
	 * than what this one shows, and leaves it alone otherwise.
	 * @param given what the scorer's clock showed, if known
	 * @throws Refusal if the given clock is before the last event of the period or above
	 * the limit
	 */
	MatchClock note(Instant at, @Nullable Integer given) {
		int shown = at(at);
		int clock = (given != null) ? given : shown;
		if (clock < this.lastEvent) {
			throw new Refusal(Refusal.Code.CONFLICT, "clock " + clock + " is before " + this.lastEvent
					+ ", when the event before it happened; the clock of a match does not run backwards");
		}
		if (clock > this.limit) {
			throw new Refusal(Refusal.Code.CONFLICT,
					"clock " + clock + " is above " + this.limit + ", the latest the period can show");
		}
		return (clock > shown)
				? new MatchClock(this.running, clock, this.running ? at : null, this.periodStartedAt, this.start,
						this.end, this.limit, this.rate, clock)
				: new MatchClock(this.running, this.seconds, this.since, this.periodStartedAt, this.start, this.end,
						this.limit, this.rate, clock);
	}

	/**
	 * Stops at the last event.
	 */
	MatchClock stop() {
		return new MatchClock(false, this.lastEvent, null, this.periodStartedAt, this.start, this.end, this.limit,
				this.rate, this.lastEvent);
	}

	/**
	 * Goes on from the last event.
	 */
	MatchClock resume(Instant at) {
		return new MatchClock(true, this.lastEvent, at, this.periodStartedAt, this.start, this.end, this.limit,
				this.rate, this.lastEvent);
	}

}
