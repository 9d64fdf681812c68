package dev.carillon.scores;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestControllerAdvice;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link ScoresRestController} with standalone MVC.
 */
class ScoresRestControllerTests {

	private static final UsernamePasswordAuthenticationToken SCORER = user("sam", "ROLE_USER", "ROLE_SCORER");

	private static final String FIXTURE = """
			{"id":"final","fixture":{"kind":"soccer","home":"Reds","away":"Blues"}}""";

	private static final String START = """
			{"event":{"kind":"period-start"}}""";

	private static final String GOAL = """
			{"clock":300,"event":{"kind":"goal","team":"home","player":"Ada"}}""";

	private final Board board = new Board();

	private MockMvcTester http;

	/** Stands in for the one place that turns refusals into documents. */
	@RestControllerAdvice
	static class Refusals {

		@ExceptionHandler
		@ResponseStatus(HttpStatus.I_AM_A_TEAPOT)
		List<String> refused(Refusal refusal) {
			return List.of(refusal.code().text(), refusal.reason());
		}

	}

	@BeforeEach
	void setUp() {
		this.http = MockMvcTester.of(List.of(new ScoresRestController(this.board.scoreboard, new MatchJson())),
				(builder) -> builder.setControllerAdvice(new Refusals()).build());
	}

	@Test
	void createWhenScorerThenCreated() {
		MvcTestResult created = send(SCORER, this.http.post().uri("/api/scores"), FIXTURE, null);
		assertThat(created).hasStatus(HttpStatus.CREATED).hasHeader("Location", "/api/scores/final");
		assertThat(created).bodyJson().isStrictlyEqualTo("""
				{"match":"final","destination":"/topic/scores.soccer.final","number":0}""");
	}

	@Test
	void createWhenNotScorerThenRefused() {
		assertRefused(send(user("alice", "ROLE_USER"), this.http.post().uri("/api/scores"), FIXTURE, null),
				"access-denied");
		assertRefused(send(null, this.http.post().uri("/api/scores"), FIXTURE, null), "access-denied");
		assertThat(this.board.scoreboard.timelines()).isEmpty();
	}

	@Test
	void createWhenKeyIsRepeatedThenSameAnswer() {
		String fixture = FIXTURE.replace("\"id\":\"final\",", "");
		MvcTestResult first = send(SCORER, this.http.post().uri("/api/scores"), fixture, "k");
		MvcTestResult second = send(SCORER, this.http.post().uri("/api/scores"), fixture, "k");
		assertThat(second).hasStatus(HttpStatus.CREATED);
		assertThat(body(second)).isEqualTo(body(first));
		assertThat(this.board.scoreboard.timelines()).hasSize(1);
	}

	@Test
	void reportWhenScorerThenAcceptedAndShownWithTimeline() {
		create();
		assertThat(report(SCORER, START, null)).hasStatusOk();
		MvcTestResult goal = report(SCORER, GOAL, null);
		assertThat(goal).hasStatusOk().bodyJson().extractingPath("$.number").isEqualTo(2);
		MvcTestResult match = this.http.get().uri("/api/scores/final").exchange();
		assertThat(match).bodyJson().extractingPath("$.state.score.home").isEqualTo(1);
		assertThat(match).bodyJson().extractingPath("$.state.kind").isEqualTo("soccer");
		assertThat(match).bodyJson().extractingPath("$.timeline[1].event.kind").isEqualTo("goal");
		assertThat(match).bodyJson().extractingPath("$.timeline[1].period").isEqualTo("first-half");
	}

	@Test
	void reportWhenNotScorerThenRefused() {
		create();
		assertRefused(report(user("alice", "ROLE_USER"), START, null), "access-denied");
		assertRefused(delete(null, "final", "1", null), "access-denied");
	}

	@Test
	void reportWhenKeyIsRepeatedInEitherHeaderThenSameAnswer() {
		create();
		report(SCORER, START, null);
		MvcTestResult first = report(SCORER, GOAL, "k");
		MvcTestResult second = this.http.post()
			.uri("/api/scores/final/events")
			.principal(SCORER)
			.header("message-key", "k")
			.contentType(MediaType.APPLICATION_JSON)
			.content(GOAL)
			.exchange();
		assertThat(body(second)).isEqualTo(body(first));
		assertThat(this.board.scoreboard.timeline("final").number()).isEqualTo(2);
	}

	@Test
	void reportWhenImpossibleOrWrongThenRefusedWithReason() {
		create();
		assertRefused(report(SCORER, GOAL, null), "conflict", "The match has not begun");
		assertRefused(report(SCORER, "{}", null), "bad-value", "event is missing");
		assertRefused(report(SCORER, START, " "), "bad-value", "message-key must have 1 to 128 characters");
	}

	@Test
	void withdrawWhenEventIsKnownThenStateWithoutIt() {
		create();
		report(SCORER, START, null);
		report(SCORER, GOAL, null);
		assertThat(delete(SCORER, "final", "2", "undo")).hasStatusOk();
		assertThat(delete(SCORER, "final", "2", "undo")).hasStatusOk();
		assertThat(this.board.scoreboard.timeline("final").match().score()).isEqualTo(Tally.ZERO);
		MvcTestResult match = this.http.get().uri("/api/scores/final").exchange();
		assertThat(match).bodyJson().extractingPath("$.timeline[1].withdrawn").isEqualTo(true);
	}

	@Test
	void withdrawWhenUnknownThenRefused() {
		create();
		assertRefused(delete(SCORER, "final", "9", null), "not-found");
		assertRefused(delete(SCORER, "final", "x", null), "bad-value", "number must be a number");
		assertRefused(delete(SCORER, "nope", "1", null), "not-found");
	}

	@Test
	void matchesWhenFilteredThenOnlyThose() {
		create();
		report(SCORER, START, null);
		this.board.scoreboard.create(Played.SCORER, new Opening("cup", Played.cup()));
		this.board.scoreboard.create(Played.SCORER, new Opening("open", Played.tennis(3)));
		assertThat(ids("")).containsExactlyInAnyOrder("final", "cup", "open");
		assertThat(ids("?sport=soccer")).containsExactlyInAnyOrder("final", "cup");
		assertThat(ids("?sport=soccer&status=live")).containsExactly("final");
		assertThat(ids("?status=scheduled")).containsExactlyInAnyOrder("cup", "open");
		assertThat(ids("?limit=1")).hasSize(1);
	}

	@Test
	void matchesWhenFilterIsUnknownThenRefusedWithWhatThereIs() {
		assertRefused(this.http.get().uri("/api/scores?sport=chess").exchange(), "bad-value",
				"sport must be one of soccer, basketball, tennis");
		assertRefused(this.http.get().uri("/api/scores?status=gone").exchange(), "bad-value");
		assertRefused(this.http.get().uri("/api/scores?limit=0").exchange(), "bad-value", "limit must be 1 to 1000");
	}

	@Test
	void matchWhenUnknownThenRefused() {
		assertRefused(this.http.get().uri("/api/scores/nope").exchange(), "not-found");
	}

	private void create() {
		assertThat(send(SCORER, this.http.post().uri("/api/scores"), FIXTURE, null)).hasStatus(HttpStatus.CREATED);
	}

	private MvcTestResult report(@Nullable UsernamePasswordAuthenticationToken user, String body,
			@Nullable String key) {
		return send(user, this.http.post().uri("/api/scores/final/events"), body, key);
	}

	private MvcTestResult delete(@Nullable UsernamePasswordAuthenticationToken user, String match, String number,
			@Nullable String key) {
		return send(user, this.http.delete().uri("/api/scores/{match}/events/{number}", match, number), "", key);
	}

	private static MvcTestResult send(@Nullable UsernamePasswordAuthenticationToken user,
			MockMvcTester.MockMvcRequestBuilder request, String body, @Nullable String key) {
		if (user != null) {
			request.principal(user);
		}
		if (key != null) {
			request.header("Idempotency-Key", key);
		}
		return request.contentType(MediaType.APPLICATION_JSON).content(body).exchange();
	}

	private List<String> ids(String query) {
		return Board.JSON.readTree(body(this.http.get().uri("/api/scores" + query).exchange()))
			.valueStream()
			.map((match) -> match.get("match").asString())
			.toList();
	}

	private static String body(MvcTestResult result) {
		assertThat(result).hasStatus2xxSuccessful();
		return new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
	}

	private static void assertRefused(MvcTestResult result, String... expected) {
		assertThat(result).hasStatus(HttpStatus.I_AM_A_TEAPOT);
		assertThat(result).bodyText().contains(expected);
	}

	private static UsernamePasswordAuthenticationToken user(String name, String... authorities) {
		return UsernamePasswordAuthenticationToken.authenticated(name, null,
				AuthorityUtils.createAuthorityList(authorities));
	}

}
