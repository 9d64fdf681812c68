package dev.carillon.stocks;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import dev.carillon.topic.Destination;
import dev.carillon.topic.Topics;

/**
 * The symbols that a source is to be asked for: those that somebody follows, waits for
 * with an alert or has asked for over HTTP, and some that are always wanted.
 * <p>
 * A symbol that nobody wants any more lingers for a while, so that one who comes and goes
 * changes nothing. A list without candidates is that of a source that brings everything
 * by itself. Any thread.
 */
final class Watchlist {

	private final Topics topics;

	private final Predicate<Symbol> awaited;

	private final Map<Symbol, Destination> candidates = new LinkedHashMap<>();

	private final Set<Symbol> always;

	private final Duration linger;

	private final Clock clock;

	/** When each of the symbols was wanted last, in milliseconds since 1970. */
	private final Map<Symbol, Long> wantedAt = new HashMap<>();

	private volatile Set<Symbol> wanted = Set.of();

	/**
	 * Begins with what is always wanted.
	 * @param awaited whether an alert waits for a symbol
	 * @param candidates what a source may be asked for
	 * @param always those of them it is asked for in any case
	 * @param linger for how long a symbol stays when nobody wants it any more
	 */
	Watchlist(Topics topics, Predicate<Symbol> awaited, Collection<Symbol> candidates, Collection<Symbol> always,
			Duration linger, Clock clock) {
		this.topics = topics;
		this.awaited = awaited;
		candidates.forEach((symbol) -> this.candidates.put(symbol, symbol.destination()));
		this.always = Set.copyOf(always);
		this.linger = linger;
		this.clock = clock;
	}

	/** Notes that somebody has asked for a symbol who may not follow it. */
	synchronized void touch(Symbol symbol) {
		if (this.candidates.containsKey(symbol)) {
			this.wantedAt.put(symbol, this.clock.millis());
		}
	}

	/** Looks around who wants what; a second or so apart, and when that has changed. */
	synchronized Set<Symbol> look() {
		long now = this.clock.millis();
		Set<Symbol> found = new HashSet<>(this.always);
		this.candidates.forEach((symbol, destination) -> {
			if (this.topics.isFollowed(destination) || this.awaited.test(symbol)) {
				this.wantedAt.put(symbol, now);
				found.add(symbol);
			}
			else if (now - this.wantedAt.getOrDefault(symbol, 0L) < this.linger.toMillis()) {
				found.add(symbol);
			}
			else {
				this.wantedAt.remove(symbol);
			}
		});
		this.wanted = Set.copyOf(found);
		return this.wanted;
	}

	/** Whether a source has to bring a symbol, as of the last look. */
	boolean isWanted(Symbol symbol) {
		return this.candidates.isEmpty() || this.wanted.contains(symbol);
	}

}
