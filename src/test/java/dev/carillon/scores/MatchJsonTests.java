package dev.carillon.scores;

import java.nio.charset.StandardCharsets;

import dev.carillon.topic.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skyscreamer.jsonassert.JSONAssert;
import org.skyscreamer.jsonassert.JSONCompareMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The wire contract of scores: the names of the fields, and what is refused.
 */
class MatchJsonTests {

	private final MatchJson json = new MatchJson();

	@Test
	void writeWhenSoccerThenOneMessageIsEnoughToDrawIt() throws Exception {
		Timeline timeline = Played.match(Played.soccer())
			.start()
			.at(300, new SoccerEvent.Card(Side.AWAY, "Bob", SoccerEvent.Color.YELLOW))
			.at(600, new SoccerEvent.Goal(Side.HOME, "Ada", null))
			.timeline();
		assertJson(ScoreMessage.newest(timeline),
				"""
						{
						  "kind": "event", "match": "m1", "number": 3, "at": "2026-05-30T18:00:03Z",
						  "event": {
						    "number": 3, "at": "2026-05-30T18:00:03Z", "period": "first-half", "clock": 600,
						    "score": { "home": 1, "away": 0 }, "withdrawn": false,
						    "event": { "kind": "goal", "team": "home", "player": "Ada", "how": "open-play" }
						  },
						  "state": {
						    "kind": "soccer",
						    "fixture": { "kind": "soccer", "home": "Reds", "away": "Blues", "startsAt": null, "rate": 1.0,
						      "halfMinutes": 45, "extraTime": false, "shootOut": false, "substitutions": 5 },
						    "status": "live", "period": "first-half",
						    "clock": { "running": true, "seconds": 600, "since": "2026-05-30T18:00:03Z",
						      "periodStartedAt": "2026-05-30T18:00:01Z", "start": 0, "end": 2700, "limit": 4500, "rate": 1.0,
						      "lastEvent": 600 },
						    "addedMinutes": null, "score": { "home": 1, "away": 0 }, "winner": null,
						    "goals": [ { "team": "home", "player": "Ada", "how": "open-play", "period": "first-half", "clock": 600 } ],
						    "bookings": [ { "team": "away", "player": "Bob", "sanction": "yellow", "period": "first-half", "clock": 300 } ],
						    "substitutions": [], "shootOut": null
						  },
						  "recent": [
						    { "number": 3, "at": "2026-05-30T18:00:03Z", "period": "first-half", "clock": 600,
						      "score": { "home": 1, "away": 0 }, "withdrawn": false,
						      "event": { "kind": "goal", "team": "home", "player": "Ada", "how": "open-play" } },
						    { "number": 2, "at": "2026-05-30T18:00:02Z", "period": "first-half", "clock": 300,
						      "score": { "home": 0, "away": 0 }, "withdrawn": false,
						      "event": { "kind": "card", "team": "away", "player": "Bob", "color": "yellow" } },
						    { "number": 1, "at": "2026-05-30T18:00:01Z", "period": "first-half", "clock": 0,
						      "score": { "home": 0, "away": 0 }, "withdrawn": false, "event": { "kind": "period-start" } }
						  ]
						}""");
	}

	@Test
	void writeWhenBasketballThenFieldsAreStable() throws Exception {
		Match match = Played.match(Played.basketball())
			.start()
			.at(20, new BasketballEvent.Basket(Side.AWAY, "Bob", 3))
			.at(30, new BasketballEvent.Foul(Side.HOME, "Ada", null))
			.timeline()
			.match();
		assertJson(match, """
				{
				  "kind": "basketball",
				  "fixture": { "kind": "basketball", "home": "Reds", "away": "Blues", "startsAt": null, "rate": 1.0,
				    "quarterMinutes": 10, "overtimeMinutes": 5, "foulLimit": 5 },
				  "status": "live", "period": "q1",
				  "clock": { "running": true, "seconds": 30, "since": "2026-05-30T18:00:03Z",
				    "periodStartedAt": "2026-05-30T18:00:01Z", "start": 0, "end": 600, "limit": 600, "rate": 1.0,
				    "lastEvent": 30 },
				  "score": { "home": 0, "away": 3 }, "winner": null, "periods": [ { "home": 0, "away": 3 } ],
				  "teamFouls": { "home": 1, "away": 0 }, "homeInPenalty": false, "awayInPenalty": false,
				  "timeouts": { "home": 2, "away": 2 },
				  "fouls": [ { "team": "home", "player": "Ada", "count": 1, "technical": 0, "out": false } ]
				}""");
	}

	@Test
	void writeWhenTennisThenFieldsAreStable() throws Exception {
		Match match = Played.match(Played.tennis(3))
			.then(new TennisEvent.MatchStart(Side.AWAY))
			.games("h")
			.points("hha")
			.timeline()
			.match();
		assertJson(match,
				"""
						{
						  "kind": "tennis",
						  "fixture": { "kind": "tennis", "home": "Ada", "away": "Grace", "startsAt": null, "rate": 1.0,
						    "bestOf": 3, "finalTieBreak": 10 },
						  "status": "live", "period": "set-1",
						  "clock": { "running": true, "seconds": 0, "since": "2026-05-30T18:00:01Z",
						    "periodStartedAt": "2026-05-30T18:00:01Z", "start": 0, "end": 0, "limit": 86400, "rate": 1.0,
						    "lastEvent": 7 },
						  "score": { "home": 0, "away": 0 }, "winner": null,
						  "sets": [ { "games": { "home": 1, "away": 0 }, "tieBreak": null } ],
						  "game": { "points": { "home": 2, "away": 1 }, "tieBreakTo": 0, "tieBreak": false, "home": "30", "away": "15" },
						  "firstServer": "away", "server": "home"
						}""");
	}

	@Test
	void writeWhenWithdrawnThenMessageNamesTheEvent() throws Exception {
		Timeline timeline = Played.match(Played.soccer())
			.start()
			.then(new SoccerEvent.Goal(Side.HOME, null, null))
			.withdraw(2)
			.timeline();
		JSONAssert.assertEquals("""
				{ "kind": "withdrawal", "number": 3, "event": { "number": 2, "withdrawn": true },
				  "state": { "score": { "home": 0, "away": 0 } } }""", this.json.write(ScoreMessage.newest(timeline)),
				JSONCompareMode.LENIENT);
	}

	@Test
	void readWhenDefaultsAreLeftOutThenFilledIn() {
		Opening opening = read("""
				{"fixture":{"kind":"soccer","home":" Reds ","away":"Blues","shootOut":true}}""", Opening.class);
		assertThat(opening)
			.isEqualTo(new Opening(null, new Fixture.OfSoccer("Reds", "Blues", null, 1, 45, false, true, 5)));
	}

	@Test
	void readWhenBodyIsTooLargeThenRefused() {
		assertThatExceptionOfType(Refusal.class)
			.isThrownBy(() -> read("{\"event\":" + " ".repeat(9000) + "{}}", Report.class))
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(Refusal.Code.TOO_LARGE));
	}

	@Test
	void readWhenStoredThenEqual() {
		for (MatchEvent event : new MatchEvent[] { new MatchEvent.PeriodEnd(), new MatchEvent.Abandoned(null),
				new SoccerEvent.Goal(Side.HOME, "Łukasz \uD83C\uDFC6", null),
				new SoccerEvent.Substitution(Side.AWAY, "a", "b"), new SoccerEvent.ShootOutKick(Side.HOME, null, true),
				new BasketballEvent.Foul(Side.HOME, "x", BasketballEvent.Severity.TECHNICAL),
				new TennisEvent.Point(Side.AWAY, TennisEvent.How.ACE) }) {
			Report report = new Report(17, event);
			assertThat(this.json.read(this.json.write(report), Report.class)).isEqualTo(report);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "{ | The body is not JSON",
			"null | The body is missing", "[] | The body is not a JSON object", "{} | event is missing",
			"{\"event\":{}} | event.kind is missing", "{\"event\":{\"kind\":\"try\"}} | event.kind is not one of those",
			"{\"event\":{\"kind\":\"goal\"}} | team is missing",
			"{\"event\":{\"kind\":\"goal\",\"team\":\"reds\"}} | event.team has a value that does not exist",
			"{\"event\":{\"kind\":\"goal\",\"team\":\"home\",\"minute\":3}} | event.minute is not a field",
			"{\"event\":{\"kind\":\"goal\",\"team\":\"home\",\"player\":\"\"}} | player must have 1 to 80",
			"{\"event\":{\"kind\":\"goal\",\"team\":\"home\",\"player\":\"a\\u0007\"}} | player has a control",
			"{\"event\":{\"kind\":\"card\",\"team\":\"home\",\"color\":\"red\"}} | player is missing",
			"{\"event\":{\"kind\":\"shoot-out-kick\",\"team\":\"home\"}} | event.scored is missing",
			"{\"event\":{\"kind\":\"basket\",\"team\":\"home\"}} | points",
			"{\"clock\":-1,\"event\":{\"kind\":\"period-end\"}} | clock must be 0 to 86400",
			"{\"clock\":\"x\",\"event\":{\"kind\":\"period-end\"}} | clock is missing or has a value of the wrong type" })
	void readWhenReportIsWrongThenRefusalNamesTheField(String body, String why) {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> read(body, Report.class))
			.withMessageContaining(why)
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(Refusal.Code.BAD_VALUE));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "{\"kind\":\"soccer\",\"home\":\"A\",\"away\":\"a\"} | must differ",
					"{\"kind\":\"soccer\",\"home\":\"A\"} | away is missing",
					"{\"kind\":\"soccer\",\"home\":\"A\",\"away\":\"B\",\"rate\":0} | rate must be",
					"{\"kind\":\"tennis\",\"home\":\"A\",\"away\":\"B\",\"bestOf\":4} | bestOf must be 3 or 5",
					"{\"kind\":\"chess\",\"home\":\"A\",\"away\":\"B\"} | fixture.kind is not one of those" })
	void readWhenFixtureIsWrongThenRefusalNamesTheField(String fixture, String why) {
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> read("{\"fixture\":" + fixture + "}", Opening.class))
			.withMessageContaining(why);
	}

	private <T> T read(String body, Class<T> type) {
		return this.json.read(body.getBytes(StandardCharsets.UTF_8), type);
	}

	private void assertJson(Object value, String expected) throws Exception {
		JSONAssert.assertEquals(expected, this.json.write(value), JSONCompareMode.STRICT);
	}

}
