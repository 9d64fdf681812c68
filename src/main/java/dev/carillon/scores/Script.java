package dev.carillon.scores;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Decides what happens next in a simulated match. The same match and the same random
 * numbers always lead to the same event, and the event is always possible.
 * <p>
 * How often something happens is near what is usual for professionals: 2.7 goals and 4
 * cards in a match of soccer, a score about every 25 seconds in basketball, two of three
 * points won by the server in tennis.
 */
final class Script {

	private static final int BREAK_SECONDS = 180;

	private Script() {
	}

	/**
	 * The next event of a match that is not over.
	 */
	static Move next(Match match, Random random) {
		return switch (match) {
			case Soccer soccer -> next(soccer, random);
			case Basketball basketball -> next(basketball, random);
			case Tennis tennis -> next(tennis, random);
		};
	}

	private static Move next(Soccer match, Random random) {
		if (match.status() != Status.LIVE) {
			return Move.after(BREAK_SECONDS, new MatchEvent.PeriodStart());
		}
		if (match.shootOut() != null) {
			return kick(match, match.shootOut(), random);
		}
		MatchClock clock = match.clock();
		int at = clock.lastEvent() + wait(random, 420);
		if (match.addedMinutes() == null) {
			return (at < clock.end()) ? incident(match, at, random) : Move.at(Math.max(clock.end(), clock.lastEvent()),
					clock, new SoccerEvent.AddedTime(1 + random.nextInt(5)));
		}
		int whistle = Math.max(clock.end() + match.addedMinutes() * 60, clock.lastEvent());
		return (at < whistle) ? incident(match, at, random) : Move.at(whistle, clock, new MatchEvent.PeriodEnd());
	}

	private static Move incident(Soccer match, int at, Random random) {
		Side side = side(random);
		List<String> playing = playing(match, side);
		String player = any(playing, random);
		double kind = random.nextDouble();
		SoccerEvent event;
		if (kind < 0.25) {
			event = new SoccerEvent.Goal(side, player,
					(random.nextInt(8) == 0) ? SoccerEvent.How.PENALTY : SoccerEvent.How.OPEN_PLAY);
		}
		else if (kind < 0.62 || !mayChange(match, side)) {
			event = new SoccerEvent.Card(side, player,
					(random.nextInt(20) == 0) ? SoccerEvent.Color.RED : SoccerEvent.Color.YELLOW);
		}
		else {
			event = new SoccerEvent.Substitution(side, player, any(bench(match, side), random));
		}
		return Move.at(at, match.clock(), event);
	}

	private static boolean mayChange(Soccer match, Side side) {
		long made = match.substitutions().stream().filter((change) -> change.team() == side).count();
		return made < match.fixture().substitutions() && !bench(match, side).isEmpty();
	}

	private static List<String> playing(Soccer match, Side side) {
		Stream<String> came = match.substitutions()
			.stream()
			.filter((change) -> change.team() == side)
			.map(Soccer.Change::on);
		return Stream.concat(Cast.squad(match.fixture().name(side)).stream().limit(11), came)
			.filter((player) -> !match.isSentOff(side, player))
			.filter((player) -> match.substitutions()
				.stream()
				.noneMatch((change) -> change.team() == side && change.off().equals(player)))
			.toList();
	}

	private static List<String> bench(Soccer match, Side side) {
		return Cast.squad(match.fixture().name(side))
			.stream()
			.skip(11)
			.filter((player) -> match.substitutions()
				.stream()
				.noneMatch((change) -> change.team() == side && change.on().equals(player)))
			.toList();
	}

	private static Move kick(Soccer match, ShootOut shootOut, Random random) {
		Side side = (shootOut.kicks().size() % 2 == 0) ? Side.HOME : Side.AWAY;
		return Move.after(45,
				new SoccerEvent.ShootOutKick(side, any(playing(match, side), random), random.nextDouble() < 0.75));
	}

	private static Move next(Basketball match, Random random) {
		if (match.status() != Status.LIVE) {
			return Move.after(BREAK_SECONDS, new MatchEvent.PeriodStart());
		}
		MatchClock clock = match.clock();
		if (!clock.running()) {
			return Move.after(60, new BasketballEvent.ClockStart());
		}
		int at = clock.lastEvent() + 4 + wait(random, 14);
		if (at >= clock.end()) {
			return Move.at(clock.end(), clock, new MatchEvent.PeriodEnd());
		}
		Side side = side(random);
		List<String> playing = Cast.squad(match.fixture().name(side))
			.stream()
			.limit(12)
			.filter((player) -> match.find(side, player).filter(Basketball.Fouls::out).isEmpty())
			.toList();
		double kind = random.nextDouble();
		BasketballEvent event;
		if (kind < 0.78 || playing.isEmpty()) {
			int points = (kind < 0.14) ? 1 : (kind < 0.58) ? 2 : 3;
			event = new BasketballEvent.Basket(side, playing.isEmpty() ? null : any(playing, random), points);
		}
		else if (kind < 0.97 || match.timeouts().of(side) == 0) {
			event = new BasketballEvent.Foul(side, any(playing, random),
					(random.nextInt(40) == 0) ? BasketballEvent.Severity.TECHNICAL : BasketballEvent.Severity.PERSONAL);
		}
		else {
			event = new BasketballEvent.Timeout(side);
		}
		return Move.at(at, clock, event);
	}

	private static Move next(Tennis match, Random random) {
		Side server = match.server();
		if (server == null) {
			return Move.after(60, new TennisEvent.MatchStart(side(random)));
		}
		int at = match.clock().lastEvent() + 20 + wait(random, 15);
		boolean won = random.nextDouble() < 0.64;
		boolean byServe = random.nextDouble() < 0.1;
		TennisEvent.How how = !byServe ? TennisEvent.How.RALLY
				: won ? TennisEvent.How.ACE : TennisEvent.How.DOUBLE_FAULT;
		return Move.at(at, match.clock(), new TennisEvent.Point(won ? server : server.other(), how));
	}

	/** Until the next of many independent things, in whole seconds, at least one. */
	private static int wait(Random random, double mean) {
		return 1 + (int) (-Math.log(1 - random.nextDouble()) * mean);
	}

	private static Side side(Random random) {
		return random.nextBoolean() ? Side.HOME : Side.AWAY;
	}

	private static <T> T any(List<T> list, Random random) {
		return list.get(random.nextInt(list.size()));
	}

}
