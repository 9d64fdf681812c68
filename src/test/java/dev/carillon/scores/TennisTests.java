package dev.carillon.scores;

import java.util.List;

import dev.carillon.topic.Refusal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The rules of {@link Tennis}.
 */
class TennisTests {

	private final Played played = Played.match(Played.tennis(3)).then(new TennisEvent.MatchStart(Side.HOME));

	@Test
	void afterWhenPointsThenCalledAsPlayersSayThem() {
		assertThat(calls("")).containsExactly("0", "0");
		assertThat(calls("h")).containsExactly("15", "0");
		assertThat(calls("ha")).containsExactly("30", "15");
		assertThat(calls("h")).containsExactly("40", "15");
		assertThat(calls("aa")).containsExactly("40", "40");
		assertThat(calls("a")).containsExactly("40", "A");
		assertThat(calls("h")).containsExactly("40", "40");
		assertThat(calls("h")).containsExactly("A", "40");
		assertThat(calls("h")).containsExactly("0", "0");
		assertThat(this.played.asTennis().sets()).containsExactly(new TennisSetScore(new Tally(1, 0), null));
	}

	@Test
	void afterWhenNotBegunThenPointIsRefused() {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> Played.match(Played.tennis(3)).points("h"))
			.withMessageContaining("has not begun");
	}

	@Test
	void afterWhenStartedTwiceThenRefused() {
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.played.then(new TennisEvent.MatchStart(Side.AWAY)))
			.withMessageContaining("begun already");
	}

	@Test
	void afterWhenGamesThenServersTakeTurns() {
		assertThat(this.played.asTennis().server()).isEqualTo(Side.HOME);
		assertThat(this.played.games("h").asTennis().server()).isEqualTo(Side.AWAY);
		assertThat(this.played.games("h").asTennis().server()).isEqualTo(Side.HOME);
	}

	@Test
	void afterWhenFiveAllThenSevenFiveWinsTheSet() {
		this.played.games("hahahahaha").games("h");
		assertThat(this.played.asTennis().score()).isEqualTo(Tally.ZERO);
		this.played.games("h");
		assertThat(this.played.asTennis().score()).isEqualTo(new Tally(1, 0));
		assertThat(this.played.asTennis().sets()).containsExactly(new TennisSetScore(new Tally(7, 5), null),
				TennisSetScore.EMPTY);
		assertThat(this.played.asTennis().period().text()).isEqualTo("set-2");
	}

	@Test
	void afterWhenSixAllThenTieBreakWithServersChangingAfterOddPoints() {
		this.played.games("hahahahahaha");
		Tennis match = this.played.asTennis();
		assertThat(match.game().tieBreak()).isTrue();
		assertThat(match.server()).isEqualTo(Side.HOME);
		StringBuilder servers = new StringBuilder();
		for (int i = 0; i < 6; i++) {
			servers.append((this.played.asTennis().server() == Side.HOME) ? 'h' : 'a');
			this.played.points((i % 2 == 0) ? "h" : "a");
		}
		assertThat(servers).hasToString("haahha");
		assertThat(this.played.asTennis().game().home()).isEqualTo("3");
	}

	@Test
	void afterWhenTieBreakIsWonByTwoThenSetIsWonAndReceiverServesNext() {
		this.played.games("hahahahahaha").points("hhhhhh aaaaaa h a h");
		assertThat(this.played.asTennis().score()).isEqualTo(Tally.ZERO);
		this.played.points("h");
		assertThat(this.played.asTennis().sets().getFirst())
			.isEqualTo(new TennisSetScore(new Tally(7, 6), new Tally(9, 7)));
		assertThat(this.played.asTennis().score()).isEqualTo(new Tally(1, 0));
		assertThat(this.played.asTennis().server()).isEqualTo(Side.AWAY);
	}

	@Test
	void afterWhenLastSetIsSixAllThenTieBreakGoesToTen() {
		this.played.games("hhhhhh").games("aaaaaa").games("hahahahahaha");
		assertThat(this.played.asTennis().game().tieBreakTo()).isEqualTo(10);
		this.played.points("hhhhhhhhh");
		assertThat(this.played.asTennis().status()).isEqualTo(Status.LIVE);
		assertThat(this.played.points("h").asTennis().winner()).isEqualTo(Side.HOME);
	}

	@Test
	void afterWhenTwoSetsOfThreeThenMatchIsOver() {
		this.played.games("hhhhhh").games("hhhhhh");
		Tennis match = this.played.asTennis();
		assertThat(match.status()).isEqualTo(Status.FINISHED);
		assertThat(match.winner()).isEqualTo(Side.HOME);
		assertThat(match.sets()).hasSize(2);
		assertThat(match.server()).isNull();
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.played.points("h"))
			.withMessageContaining("finished");
	}

	@Test
	void afterWhenBestOfFiveThenThreeSetsWin() {
		Played five = Played.match(Played.tennis(5)).then(new TennisEvent.MatchStart(Side.AWAY));
		five.games("hhhhhh").games("hhhhhh");
		assertThat(five.asTennis().status()).isEqualTo(Status.LIVE);
		assertThat(five.games("hhhhhh").asTennis().winner()).isEqualTo(Side.HOME);
	}

	@Test
	void afterWhenReceiverServesAnAceThenRefused() {
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.played.then(new TennisEvent.Point(Side.AWAY, TennisEvent.How.ACE)))
			.withMessageContaining("home serves");
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> this.played.then(new TennisEvent.Point(Side.HOME, TennisEvent.How.DOUBLE_FAULT)))
			.withMessageContaining("home serves");
	}

	@Test
	void afterWhenRetirementThenOtherSideWins() {
		Tennis match = this.played.points("hh").then(new TennisEvent.Retirement(Side.HOME)).asTennis();
		assertThat(match.status()).isEqualTo(Status.FINISHED);
		assertThat(match.winner()).isEqualTo(Side.AWAY);
		assertThat(match.game().home()).isEqualTo("30");
	}

	private List<String> calls(String points) {
		TennisGame game = this.played.points(points).asTennis().game();
		return List.of(game.home(), game.away());
	}

}
