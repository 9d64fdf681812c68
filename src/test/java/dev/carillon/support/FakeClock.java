package dev.carillon.support;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import com.github.benmanes.caffeine.cache.Ticker;

/**
 * A clock that stands still until it is told otherwise, for time of day and nanoseconds.
 */
public final class FakeClock extends Clock implements LongSupplier, Ticker {

	private final Instant start;

	private final AtomicLong nanos = new AtomicLong();

	public FakeClock() {
		this("2026-01-01T00:00:00Z");
	}

	public FakeClock(String start) {
		this(Instant.parse(start));
	}

	public FakeClock(Instant start) {
		this.start = start;
	}

	/** Moves to a time of day. */
	public void set(String time) {
		this.nanos.set(Duration.between(this.start, Instant.parse(time)).toNanos());
	}

	public void advance(Duration duration) {
		this.nanos.addAndGet(duration.toNanos());
	}

	@Override
	public Instant instant() {
		return this.start.plusNanos(this.nanos.get());
	}

	@Override
	public long getAsLong() {
		return this.nanos.get();
	}

	@Override
	public long read() {
		return this.nanos.get();
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		throw new UnsupportedOperationException("nobody here asks for a date");
	}

}
