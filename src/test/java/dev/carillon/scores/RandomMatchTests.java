package dev.carillon.scores;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import dev.carillon.topic.Refusal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What holds in each match, whatever scorers send: random events, possible and impossible
 * ones, and random withdrawals. The seed is in the message of a failure.
 */
class RandomMatchTests {

	private static final int MATCHES = 60;

	private static final int STEPS = 150;

	@ParameterizedTest
	@EnumSource(Sport.class)
	void plusWhenStepsAreRandomThenInvariantsHold(Sport sport) {
		long first = new Random().nextLong();
		int accepted = 0;
		for (long seed = first; seed < first + MATCHES; seed++) {
			try {
				accepted += play(sport, new Random(seed));
			}
			catch (AssertionError | RuntimeException ex) {
				throw new AssertionError("seed " + seed + ", " + sport, ex);
			}
		}
		assertThat(accepted).as("steps that were accepted, first seed %d", first).isGreaterThan(MATCHES * 10);
	}

	private int play(Sport sport, Random random) {
		Timeline timeline = Timeline.of(new Opened("m", fixture(sport, random), Played.SCORER, Played.KICK_OFF));
		Instant now = Played.KICK_OFF;
		for (int i = 0; i < STEPS; i++) {
			now = now.plusMillis(random.nextInt(120_000));
			Step step = step(timeline, now, random);
			Timeline before = timeline;
			try {
				timeline = timeline.plus(step);
			}
			catch (Refusal _) {
				assertThat(timeline).isSameAs(before);
				continue;
			}
			check(timeline);
			if (step instanceof Step.Reported) {
				checkUndone(before, timeline, now);
			}
		}
		assertThat(Timeline.of(timeline.opened(), timeline.steps())).isEqualTo(timeline);
		return timeline.number();
	}

	/** Withdrawing the last event brings the state before it back. */
	private void checkUndone(Timeline before, Timeline after, Instant now) {
		Timeline undone = after
			.plus(new Step.Withdrawn(after.nextNumber(), now, Played.SCORER, after.entries().getLast().number()));
		assertThat(undone.match()).isEqualTo(before.match());
	}

	private void check(Timeline timeline) {
		Match match = timeline.match();
		List<TimelineEntry> valid = timeline.entries().stream().filter((entry) -> !entry.withdrawn()).toList();
		assertThat(timeline.entries()).extracting(TimelineEntry::number).isSorted().doesNotHaveDuplicates();
		for (int i = 1; i < valid.size(); i++) {
			if (valid.get(i).period().equals(valid.get(i - 1).period())) {
				assertThat(valid.get(i).clock()).isGreaterThanOrEqualTo(valid.get(i - 1).clock());
			}
		}
		assertThat(match.clock().running()).as("clock of " + match)
			.matches((running) -> !running || match.status() == Status.LIVE);
		assertThat(match.winner() == null || match.status() == Status.FINISHED).isTrue();
		if (match.status().isOver()) {
			assertThatExceptionOfType(Refusal.class)
				.isThrownBy(() -> match.after(Report.of(new MatchEvent.Abandoned(null)), timeline.changedAt()));
		}
		switch (match) {
			case Soccer soccer -> check(soccer, valid);
			case Basketball basketball -> check(basketball, valid);
			case Tennis tennis -> check(tennis, valid);
		}
	}

	private void check(Soccer match, List<TimelineEntry> valid) {
		assertThat(match.score()).isEqualTo(sum(valid,
				(event) -> (event instanceof SoccerEvent.Goal goal) ? Tally.ZERO.plus(goal.team(), 1) : Tally.ZERO));
		assertThat(match.bookings())
			.hasSize((int) valid.stream().filter((entry) -> entry.event() instanceof SoccerEvent.Card).count());
		List<String> sentOff = match.bookings()
			.stream()
			.filter((booking) -> booking.sanction() != Soccer.Sanction.YELLOW)
			.map((booking) -> booking.team() + booking.player())
			.toList();
		assertThat(sentOff).doesNotHaveDuplicates();
		for (Side side : Side.values()) {
			assertThat(match.substitutions().stream().filter((change) -> change.team() == side))
				.hasSizeLessThanOrEqualTo(match.fixture().substitutions() + 1);
		}
	}

	private void check(Basketball match, List<TimelineEntry> valid) {
		assertThat(match.score()).isEqualTo(sum(valid, (event) -> (event instanceof BasketballEvent.Basket basket)
				? Tally.ZERO.plus(basket.team(), basket.points()) : Tally.ZERO));
		assertThat(match.score()).isEqualTo(match.periods().stream().reduce(Tally.ZERO, RandomMatchTests::add));
		assertThat(match.periods()).hasSize(match.period().number());
		assertThat(match.fouls().stream().mapToInt(Basketball.Fouls::count).sum())
			.isEqualTo((int) valid.stream().filter((entry) -> entry.event() instanceof BasketballEvent.Foul).count());
		assertThat(match.fouls()).allMatch((fouls) -> fouls.count() <= match.fixture().foulLimit());
		assertThat(match.timeouts().home()).isBetween(0, 3);
		assertThat(match.timeouts().away()).isBetween(0, 3);
	}

	private void check(Tennis match, List<TimelineEntry> valid) {
		Tally won = match.sets()
			.stream()
			.map(TennisSetScore::winner)
			.map((side) -> (side != null) ? Tally.ZERO.plus(side, 1) : Tally.ZERO)
			.reduce(Tally.ZERO, RandomMatchTests::add);
		assertThat(match.score()).isEqualTo(won);
		assertThat(match.score().home()).isLessThanOrEqualTo(match.fixture().setsToWin());
		assertThat(match.game().winner()).isNull();
		assertThat(match.server() != null).isEqualTo(match.status() == Status.LIVE);
		long points = valid.stream().filter((entry) -> entry.event() instanceof TennisEvent.Point).count();
		int least = match.sets().stream().mapToInt((set) -> set.games().total() * 4).sum()
				+ match.game().points().total();
		assertThat(points).isGreaterThanOrEqualTo(least);
	}

	private interface Counted {

		Tally by(MatchEvent event);

	}

	private static Tally sum(List<TimelineEntry> entries, Counted counted) {
		return entries.stream().map((entry) -> counted.by(entry.event())).reduce(Tally.ZERO, RandomMatchTests::add);
	}

	private static Tally add(Tally a, Tally b) {
		return new Tally(a.home() + b.home(), a.away() + b.away());
	}

	private Step step(Timeline timeline, Instant now, Random random) {
		int number = timeline.nextNumber();
		if (random.nextInt(8) == 0) {
			return new Step.Withdrawn(number, now, Played.SCORER, 1 + random.nextInt(number));
		}
		Integer clock = switch (random.nextInt(4)) {
			case 0 -> timeline.match().clock().lastEvent() + random.nextInt(300) - 50;
			default -> null;
		};
		clock = (clock != null) ? Math.max(0, clock) : null;
		return new Step.Reported(number, now, Played.SCORER, new Report(clock, event(timeline.match(), random)));
	}

	private MatchEvent event(Match match, Random random) {
		Side side = random.nextBoolean() ? Side.HOME : Side.AWAY;
		String player = "P" + random.nextInt(8);
		List<MatchEvent> common = new ArrayList<>();
		if (random.nextInt(60) == 0) {
			return new MatchEvent.Abandoned(null);
		}
		if (!(match instanceof Tennis) && match.status() != Status.LIVE) {
			common.add(new MatchEvent.PeriodStart());
		}
		common.add(new MatchEvent.PeriodStart());
		common.add(new MatchEvent.PeriodEnd());
		if (!(match instanceof Tennis) && random.nextInt(4) == 0) {
			return common.get(random.nextInt(common.size()));
		}
		return switch (match) {
			case Soccer _ -> switch (random.nextInt(6)) {
				case 0, 1 -> new SoccerEvent.ShootOutKick(side, null, random.nextBoolean());
				case 2 -> new SoccerEvent.Card(side, player,
						random.nextBoolean() ? SoccerEvent.Color.YELLOW : SoccerEvent.Color.RED);
				case 3 -> new SoccerEvent.Substitution(side, player, "S" + random.nextInt(9));
				case 4 -> new SoccerEvent.AddedTime(random.nextInt(6));
				default -> new SoccerEvent.Goal(side, player, SoccerEvent.How.values()[random.nextInt(3)]);
			};
			case Basketball _ -> switch (random.nextInt(6)) {
				case 0 -> new BasketballEvent.Foul(side, player, BasketballEvent.Severity.values()[random.nextInt(3)]);
				case 1 -> new BasketballEvent.Timeout(side);
				case 2 -> new BasketballEvent.ClockStop();
				case 3 -> new BasketballEvent.ClockStart();
				default -> new BasketballEvent.Basket(side, player, 1 + random.nextInt(3));
			};
			case Tennis _ -> switch (random.nextInt(20)) {
				case 0 -> new TennisEvent.MatchStart(side);
				case 1 ->
					(random.nextInt(10) == 0) ? new TennisEvent.Retirement(side) : new TennisEvent.MatchStart(side);
				default -> new TennisEvent.Point(side, TennisEvent.How.values()[random.nextInt(3)]);
			};
		};
	}

	private Fixture fixture(Sport sport, Random random) {
		return switch (sport) {
			case SOCCER -> random.nextBoolean() ? Played.soccer() : Played.cup();
			case BASKETBALL -> Played.basketball();
			case TENNIS -> Played.tennis(random.nextBoolean() ? 3 : 5);
		};
	}

}
