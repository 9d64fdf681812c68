package dev.carillon.scores;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A small language for tests of rules: a match and what happens in it, one second apart.
 */
final class Played {

	static final Instant KICK_OFF = Instant.parse("2026-05-30T18:00:00Z");

	static final Author SCORER = new Author("sam", null);

	private Timeline timeline;

	private Instant now = KICK_OFF;

	private Played(Fixture fixture) {
		this.timeline = Timeline.of(new Opened("m1", fixture, SCORER, KICK_OFF));
	}

	static Played match(Fixture fixture) {
		return new Played(fixture);
	}

	static Fixture.OfSoccer soccer() {
		return Fixture.OfSoccer.of("Reds", "Blues", null, null, null, null, null, null);
	}

	static Fixture.OfSoccer cup() {
		return Fixture.OfSoccer.of("Reds", "Blues", null, null, null, true, true, null);
	}

	static Fixture.OfBasketball basketball() {
		return Fixture.OfBasketball.of("Reds", "Blues", null, null, null, null, null);
	}

	static Fixture.OfTennis tennis(int bestOf) {
		return Fixture.OfTennis.of("Ada", "Grace", null, null, bestOf, null);
	}

	Played then(MatchEvent... events) {
		for (MatchEvent event : events) {
			take(new Report(null, event));
		}
		return this;
	}

	Played at(int clock, MatchEvent event) {
		take(new Report(clock, event));
		return this;
	}

	Played start() {
		return then(new MatchEvent.PeriodStart());
	}

	Played end() {
		return then(new MatchEvent.PeriodEnd());
	}

	Played later(long seconds) {
		this.now = this.now.plusSeconds(seconds);
		return this;
	}

	private void take(Report report) {
		Instant at = this.now.plusSeconds(1);
		this.timeline = this.timeline.plus(new Step.Reported(this.timeline.nextNumber(), at, SCORER, report));
		this.now = at;
	}

	Played withdraw(int event) {
		this.timeline = this.timeline.plus(new Step.Withdrawn(this.timeline.nextNumber(), this.now, SCORER, event));
		return this;
	}

	Timeline timeline() {
		return this.timeline;
	}

	Instant now() {
		return this.now;
	}

	Soccer asSoccer() {
		return (Soccer) this.timeline.match();
	}

	Basketball asBasketball() {
		return (Basketball) this.timeline.match();
	}

	Tennis asTennis() {
		return (Tennis) this.timeline.match();
	}

	/**
	 * Wins points: {@code h} for home, {@code a} for away, anything else is ignored.
	 */
	Played points(String winners) {
		List<MatchEvent> events = new ArrayList<>();
		for (char winner : winners.toCharArray()) {
			if (winner == 'h' || winner == 'a') {
				events.add(new TennisEvent.Point((winner == 'h') ? Side.HOME : Side.AWAY, null));
			}
		}
		return then(events.toArray(MatchEvent[]::new));
	}

	/**
	 * Wins whole games to love.
	 */
	Played games(String winners) {
		for (char winner : winners.toCharArray()) {
			points(String.valueOf(winner).repeat(4));
		}
		return this;
	}

}
