package dev.carillon.scores;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Plays matches: reports their events as a scorer would, opens new ones when they end and
 * forgets the oldest finished ones.
 * <p>
 * What happens in a match depends on the seed, the id and the state of the match alone; a
 * match that was being played before a restart is played on. One thread does it all.
 */
final class Simulator implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(Simulator.class);

	private static final Author AUTHOR = new Author("simulator", null);

	private static final Duration TICK = Duration.ofMillis(200);

	/** How long to rest when the store cannot be reached. */
	private static final Duration RETRY = Duration.ofSeconds(5);

	/**
	 * Events that are later than this, as after a pause of the machine, are not made up
	 * for.
	 */
	private static final Duration MAX_LATENESS = Duration.ofSeconds(1);

	/** How long {@link #stop()} waits for an event that is being stored. */
	private static final Duration GRACE = Duration.ofSeconds(5);

	private final Scoreboard scoreboard;

	private final ScoresProperties.SimulatorProperties properties;

	private final Clock clock;

	private final Map<String, Play> plays = new HashMap<>();

	private Instant restsUntil = Instant.MIN;

	private @Nullable ScheduledExecutorService executor;

	/**
	 * A match that is being played.
	 */
	private static final class Play {

		private final Random random;

		private int plannedAt = -1;

		private Instant due = Instant.MIN;

		private @Nullable Move move;

		Play(long seed) {
			this.random = new Random(seed);
		}

	}

	Simulator(Scoreboard scoreboard, ScoresProperties.SimulatorProperties properties, Clock clock) {
		this.scoreboard = scoreboard;
		this.properties = properties;
		this.clock = clock;
	}

	/**
	 * Does all that is due; nothing for a while after the store could not be reached.
	 */
	void advance() {
		Instant now = this.clock.instant();
		if (now.isBefore(this.restsUntil)) {
			return;
		}
		try {
			Map<Sport, List<Timeline>> simulated = this.scoreboard.timelines()
				.stream()
				.filter((timeline) -> timeline.opened().id().startsWith(Scoreboard.SIMULATED))
				.collect(Collectors.groupingBy((timeline) -> timeline.opened().fixture().sport()));
			for (Sport sport : Sport.values()) {
				List<Timeline> matches = simulated.getOrDefault(sport, List.of());
				replenish(sport, matches);
				matches.stream()
					.filter((timeline) -> !timeline.match().status().isOver())
					.forEach((timeline) -> play(timeline, now));
			}
		}
		catch (Refusal refusal) {
			logger.debug("The simulator of scores rests: {}", refusal.reason());
			this.restsUntil = now.plus(RETRY);
		}
	}

	private void replenish(Sport sport, List<Timeline> matches) {
		List<Timeline> over = matches.stream()
			.filter((timeline) -> timeline.match().status().isOver())
			.sorted(Comparator.comparing(Timeline::changedAt))
			.toList();
		int last = matches.stream().mapToInt((timeline) -> number(timeline.opened().id())).max().orElse(0);
		for (int i = matches.size() - over.size(); i < this.properties.matches(); i++) {
			last++;
			open(sport, Scoreboard.SIMULATED + sport.text() + "-" + last);
		}
		for (Timeline timeline : over.subList(0, Math.max(0, over.size() - this.properties.keep()))) {
			this.scoreboard.remove(timeline.opened().id());
			this.plays.remove(timeline.opened().id());
		}
	}

	/** Where scorers have taken all places, no match is simulated. */
	private void open(Sport sport, String id) {
		try {
			this.scoreboard.open(AUTHOR, new Opening(id, fixture(sport, id)));
		}
		catch (Refusal refusal) {
			if (refusal.code() != Refusal.Code.LIMIT_REACHED) {
				throw refusal;
			}
		}
	}

	private static int number(String id) {
		return Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
	}

	private Fixture fixture(Sport sport, String id) {
		Random random = new Random(seed("fixture " + id));
		List<String> opponents = Cast.opponents(sport, random);
		String home = opponents.getFirst();
		String away = opponents.getLast();
		double rate = this.properties.speed();
		return switch (sport) {
			case SOCCER -> {
				boolean cup = random.nextInt(3) == 0;
				yield new Fixture.OfSoccer(home, away, null, rate, 45, cup, cup, 5);
			}
			case BASKETBALL -> new Fixture.OfBasketball(home, away, null, rate, 10, 5, 5);
			case TENNIS -> new Fixture.OfTennis(home, away, null, rate, 3, 10);
		};
	}

	/** Spreads a small seed over all bits, so that neighbours do not play alike. */
	private long seed(String purpose) {
		return (this.properties.seed() * 0x9E3779B97F4A7C15L) ^ ((long) purpose.hashCode() * 0xBF58476D1CE4E5B9L);
	}

	private void play(Timeline timeline, Instant now) {
		String id = timeline.opened().id();
		Play play = this.plays.computeIfAbsent(id, (_) -> new Play(seed(id)));
		if (play.plannedAt == timeline.number() && play.move != null && !now.isBefore(play.due)) {
			if (!report(id, play.move)) {
				this.plays.remove(id);
				return;
			}
			Instant earliest = now.minus(MAX_LATENESS);
			plan(play, this.scoreboard.timeline(id), play.due.isBefore(earliest) ? earliest : play.due);
		}
		else if (play.plannedAt != timeline.number()) {
			plan(play, timeline, now);
		}
	}

	/**
	 * Reports an event. One that became impossible, because a scorer interfered, is
	 * forgotten; a match whose timeline is full is given up.
	 * @return whether the match goes on from the event
	 */
	private boolean report(String id, Move move) {
		try {
			this.scoreboard.report(id, AUTHOR, move.report());
			return true;
		}
		catch (Refusal refusal) {
			switch (refusal.code()) {
				case CONFLICT, NOT_FOUND -> logger.debug("An event of {} was refused: {}", id, refusal.reason());
				case LIMIT_REACHED -> this.scoreboard.remove(id);
				default -> throw refusal;
			}
			return false;
		}
	}

	/** From the time the last event was due, so that delays do not add up. */
	private void plan(Play play, Timeline timeline, Instant from) {
		play.plannedAt = timeline.number();
		play.move = timeline.match().status().isOver() ? null : Script.next(timeline.match(), play.random);
		if (play.move != null) {
			play.due = from.plusMillis((long) (play.move.seconds() * 1000 / timeline.match().clock().rate()));
		}
	}

	@Override
	public synchronized void start() {
		if (this.executor == null) {
			this.executor = Executors
				.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("scores-simulator").daemon().factory());
			this.executor.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	/** A failure must not end the schedule: the next tick may find the database back. */
	private void tick() {
		try {
			advance();
		}
		catch (RuntimeException ex) {
			logger.error("The simulator of scores failed and goes on", ex);
		}
	}

	/**
	 * Does not interrupt: a thread that is interrupted while it writes breaks a database
	 * in a file.
	 */
	@Override
	public synchronized void stop() {
		if (this.executor == null) {
			return;
		}
		this.executor.shutdown();
		try {
			if (!this.executor.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
				logger.warn("The simulator of scores has not ended after {}", GRACE);
			}
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
		this.executor = null;
	}

	/** Goes on while sessions are sent away. */
	@Override
	public int getPhase() {
		return 0;
	}

	@Override
	public synchronized boolean isRunning() {
		return this.executor != null;
	}

}
