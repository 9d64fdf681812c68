package dev.carillon.scores;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * Who plays whom, and by which of the rules that vary. In JSON the field {@code kind} is
 * the sport.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({ @Type(name = "soccer", value = Fixture.OfSoccer.class),
		@Type(name = "basketball", value = Fixture.OfBasketball.class),
		@Type(name = "tennis", value = Fixture.OfTennis.class) })
sealed interface Fixture {

	/** The name of the home team or player. */
	String home();

	/** The name of the away team or player. */
	String away();

	/** When it should begin, if that is known. */
	@Nullable Instant startsAt();

	/** How many seconds of the match pass in a second; 1 unless it is a simulation. */
	double rate();

	default Sport sport() {
		return switch (this) {
			case OfSoccer _ -> Sport.SOCCER;
			case OfBasketball _ -> Sport.BASKETBALL;
			case OfTennis _ -> Sport.TENNIS;
		};
	}

	default String name(Side side) {
		return (side == Side.HOME) ? home() : away();
	}

	private static <T> T or(@Nullable T value, T other) {
		return (value != null) ? value : other;
	}

	private static void checkTeams(String home, String away, double rate) {
		if (home.equalsIgnoreCase(away)) {
			throw Fields.bad("home and away must differ");
		}
		if (!(rate > 0 && rate <= 1000)) {
			throw Fields.bad("rate must be above 0 and at most 1000");
		}
	}

	/**
	 * A match of soccer.
	 *
	 * @param home see {@link Fixture#home()}
	 * @param away see {@link Fixture#away()}
	 * @param startsAt see {@link Fixture#startsAt()}
	 * @param rate see {@link Fixture#rate()}
	 * @param halfMinutes the length of a half, 1 to 60, by default 45
	 * @param extraTime whether two times 15 minutes follow a draw, by default not
	 * @param shootOut whether kicks from the penalty mark decide a draw, by default not
	 * @param substitutions how many a side may make, 0 to 30, by default 5; one more in
	 * extra time
	 */
	record OfSoccer(String home, String away, @Nullable Instant startsAt, double rate, int halfMinutes,
			boolean extraTime, boolean shootOut, int substitutions) implements Fixture {

		public OfSoccer {
			home = Fields.name("home", home);
			away = Fields.name("away", away);
			checkTeams(home, away, rate);
			Fields.range("halfMinutes", halfMinutes, 1, 60);
			Fields.range("substitutions", substitutions, 0, 30);
		}

		/** Fills in the defaults. */
		@JsonCreator
		static OfSoccer of(String home, String away, @Nullable Instant startsAt, @Nullable Double rate,
				@Nullable Integer halfMinutes, @Nullable Boolean extraTime, @Nullable Boolean shootOut,
				@Nullable Integer substitutions) {
			return new OfSoccer(home, away, startsAt, or(rate, 1.0), or(halfMinutes, 45), or(extraTime, false),
					or(shootOut, false), or(substitutions, 5));
		}

	}

	/**
	 * A match of basketball.
	 *
	 * @param home see {@link Fixture#home()}
	 * @param away see {@link Fixture#away()}
	 * @param startsAt see {@link Fixture#startsAt()}
	 * @param rate see {@link Fixture#rate()}
	 * @param quarterMinutes the length of a quarter, 1 to 20, by default 10
	 * @param overtimeMinutes the length of an overtime, 1 to 20, by default 5
	 * @param foulLimit with how many fouls a player is out, 1 to 10, by default 5
	 */
	record OfBasketball(String home, String away, @Nullable Instant startsAt, double rate, int quarterMinutes,
			int overtimeMinutes, int foulLimit) implements Fixture {

		public OfBasketball {
			home = Fields.name("home", home);
			away = Fields.name("away", away);
			checkTeams(home, away, rate);
			Fields.range("quarterMinutes", quarterMinutes, 1, 20);
			Fields.range("overtimeMinutes", overtimeMinutes, 1, 20);
			Fields.range("foulLimit", foulLimit, 1, 10);
		}

		/** Fills in the defaults. */
		@JsonCreator
		static OfBasketball of(String home, String away, @Nullable Instant startsAt, @Nullable Double rate,
				@Nullable Integer quarterMinutes, @Nullable Integer overtimeMinutes, @Nullable Integer foulLimit) {
			return new OfBasketball(home, away, startsAt, or(rate, 1.0), or(quarterMinutes, 10), or(overtimeMinutes, 5),
					or(foulLimit, 5));
		}

	}

	/**
	 * A match of tennis.
	 *
	 * @param home see {@link Fixture#home()}
	 * @param away see {@link Fixture#away()}
	 * @param startsAt see {@link Fixture#startsAt()}
	 * @param rate see {@link Fixture#rate()}
	 * @param bestOf how many sets at most, 3 or 5, by default 3
	 * @param finalTieBreak to how many points the tie-break of the last possible set
	 * goes, 7 or 10, by default 10
	 */
	record OfTennis(String home, String away, @Nullable Instant startsAt, double rate, int bestOf,
			int finalTieBreak) implements Fixture {

		public OfTennis {
			home = Fields.name("home", home);
			away = Fields.name("away", away);
			checkTeams(home, away, rate);
			if (bestOf != 3 && bestOf != 5) {
				throw Fields.bad("bestOf must be 3 or 5");
			}
			if (finalTieBreak != 7 && finalTieBreak != 10) {
				throw Fields.bad("finalTieBreak must be 7 or 10");
			}
		}

		/** Fills in the defaults. */
		@JsonCreator
		static OfTennis of(String home, String away, @Nullable Instant startsAt, @Nullable Double rate,
				@Nullable Integer bestOf, @Nullable Integer finalTieBreak) {
			return new OfTennis(home, away, startsAt, or(rate, 1.0), or(bestOf, 3), or(finalTieBreak, 10));
		}

		int setsToWin() {
			return this.bestOf / 2 + 1;
		}

	}

}
