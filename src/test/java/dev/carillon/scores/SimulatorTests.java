package dev.carillon.scores;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link Simulator} and {@link Script}.
 */
class SimulatorTests {

	private static final Duration TICK = Duration.ofMillis(200);

	private static final int TEN_MINUTES = 3000;

	@Test
	void advanceWhenSeedIsTheSameThenSameMatches() {
		Map<String, List<String>> first = play(5, TEN_MINUTES);
		assertThat(play(5, TEN_MINUTES)).isEqualTo(first);
		assertThat(play(6, TEN_MINUTES)).isNotEqualTo(first);
	}

	@Test
	void advanceWhenFirstCalledThenMatchesOfEachSport() {
		Board board = new Board();
		new Simulator(board.scoreboard, Board.simulator(1, 2, 3), board.clock).advance();
		assertThat(board.scoreboard.timelines()).extracting((timeline) -> timeline.opened().id())
			.containsExactlyInAnyOrder("sim-soccer-1", "sim-soccer-2", "sim-basketball-1", "sim-basketball-2",
					"sim-tennis-1", "sim-tennis-2");
	}

	@Test
	void advanceWhenMatchesEndThenNewOnesBeginAndFinishedOnesAreBounded() {
		Board board = new Board();
		Simulator simulator = new Simulator(board.scoreboard, Board.simulator(1, 2, 3), board.clock);
		Set<String> seen = new HashSet<>();
		for (int i = 0; i < 4 * TEN_MINUTES; i++) {
			board.clock.advance(TICK);
			simulator.advance();
			List<Timeline> timelines = board.scoreboard.timelines();
			timelines.forEach((timeline) -> seen.add(timeline.opened().id()));
			for (Sport sport : Sport.values()) {
				List<Timeline> ofSport = timelines.stream()
					.filter((timeline) -> timeline.opened().fixture().sport() == sport)
					.toList();
				assertThat(ofSport.stream().filter((timeline) -> !timeline.match().status().isOver())).hasSizeBetween(1,
						2);
				assertThat(ofSport.stream().filter((timeline) -> timeline.match().status().isOver()))
					.hasSizeLessThanOrEqualTo(3 + 2);
			}
		}
		assertThat(seen.stream().map((id) -> id.split("-")[1]).distinct()).hasSize(3);
		assertThat(seen).hasSizeGreaterThan(20);
		assertThat(board.store.all()).hasSizeLessThanOrEqualTo(3 * (2 + 3 + 2));
	}

	@Test
	void advanceWhenRestartedThenMatchIsPlayedOn() {
		Board board = new Board();
		Simulator simulator = new Simulator(board.scoreboard, Board.simulator(1, 1, 3), board.clock);
		advance(board, simulator, 300);
		int before = board.scoreboard.timeline("sim-basketball-1").number();
		assertThat(before).isPositive();
		Simulator restarted = new Simulator(board.restarted(), Board.simulator(1, 1, 3), board.clock);
		advance(board, restarted, 300);
		assertThat(board.scoreboard.timeline("sim-basketball-1").number()).isGreaterThan(before);
	}

	@Test
	void advanceWhenScorerInterferesThenGoesOnFromThere() {
		Board board = new Board();
		Simulator simulator = new Simulator(board.scoreboard, Board.simulator(1, 1, 3), board.clock);
		advance(board, simulator, 100);
		board.scoreboard.report("sim-soccer-1", Played.SCORER, Report.of(new MatchEvent.PeriodEnd()));
		int before = board.scoreboard.timeline("sim-soccer-1").number();
		advance(board, simulator, 300);
		assertThat(board.scoreboard.timeline("sim-soccer-1").number()).isGreaterThan(before);
	}

	@Test
	void advanceWhenClockHasJumpedThenMissedTimeIsNotMadeUpFor() {
		Board board = new Board();
		Simulator simulator = new Simulator(board.scoreboard, Board.simulator(1, 1, 3), board.clock);
		advance(board, simulator, 200);
		int before = board.scoreboard.timeline("sim-basketball-1").number();
		board.clock.advance(Duration.ofHours(5));
		advance(board, simulator, 10);
		assertThat(board.scoreboard.timeline("sim-basketball-1").number()).isBetween(before, before + 8);
	}

	@ParameterizedTest
	@EnumSource(Sport.class)
	void nextWhenPlayedToTheEndThenEachEventIsPossibleAndResultsAreBelievable(Sport sport) {
		long first = new Random().nextLong();
		List<Match> results = new ArrayList<>();
		for (long seed = first; seed < first + 60; seed++) {
			try {
				results.add(playOut(sport, new Random(seed)));
			}
			catch (RuntimeException ex) {
				throw new AssertionError("seed " + seed + ", " + sport, ex);
			}
		}
		double mean = results.stream().mapToInt((match) -> match.score().total()).average().orElseThrow();
		assertThat(mean).as("first seed %d", first).isBetween(switch (sport) {
			case SOCCER -> 1.5;
			case BASKETBALL -> 100.0;
			case TENNIS -> 2.0;
		}, switch (sport) {
			case SOCCER -> 5.0;
			case BASKETBALL -> 220.0;
			case TENNIS -> 3.0;
		});
		assertThat(results.stream().map(Match::winner).collect(Collectors.toSet()))
			.containsAll(EnumSet.allOf(Side.class));
	}

	private static Match playOut(Sport sport, Random random) {
		List<String> opponents = Cast.opponents(sport, random);
		Match match = Match.of(switch (sport) {
			case SOCCER -> new Fixture.OfSoccer(opponents.getFirst(), opponents.getLast(), null, 20, 45, true, true, 5);
			case BASKETBALL ->
				Fixture.OfBasketball.of(opponents.getFirst(), opponents.getLast(), null, 20.0, null, null, null);
			case TENNIS -> Fixture.OfTennis.of(opponents.getFirst(), opponents.getLast(), null, 20.0, null, null);
		});
		for (int i = 0; i < 1500 && !match.status().isOver(); i++) {
			Move move = Script.next(match, random);
			assertThat(move.seconds()).isNotNegative();
			match = match.after(move.report(), Played.KICK_OFF);
		}
		assertThat(match.status()).isEqualTo(Status.FINISHED);
		return match;
	}

	private static Map<String, List<String>> play(long seed, int ticks) {
		Board board = new Board();
		advance(board, new Simulator(board.scoreboard, Board.simulator(seed, 1, 3), board.clock), ticks);
		return board.scoreboard.timelines()
			.stream()
			.collect(Collectors.toMap((timeline) -> timeline.opened().id(),
					(timeline) -> timeline.entries().stream().map(TimelineEntry::toString).toList()));
	}

	private static void advance(Board board, Simulator simulator, int ticks) {
		for (int i = 0; i < ticks; i++) {
			board.clock.advance(TICK);
			simulator.advance();
		}
	}

}
