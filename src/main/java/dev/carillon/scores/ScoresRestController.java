package dev.carillon.scores;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Scores over HTTP: everybody reads, scorers write.
 */
@RestController
@RequestMapping("/api/scores")
class ScoresRestController {

	private static final String SCORER = "ROLE_SCORER";

	private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

	private static final String MESSAGE_KEY = "message-key";

	private static final int MAX_LIMIT = 1000;

	private final Scoreboard scoreboard;

	private final MatchJson json;

	ScoresRestController(Scoreboard scoreboard, MatchJson json) {
		this.scoreboard = scoreboard;
		this.json = json;
	}

	/**
	 * The matches, those created last first.
	 */
	@GetMapping
	List<MatchSummary> matches(@RequestParam(required = false) @Nullable String sport,
			@RequestParam(required = false) @Nullable String status, @RequestParam(defaultValue = "100") String limit) {
		Sport ofSport = (sport != null) ? choose("sport", sport, Sport.values(), Sport::text) : null;
		Status inStatus = (status != null) ? choose("status", status, Status.values(), Status::text) : null;
		return this.scoreboard.timelines()
			.stream()
			.filter((timeline) -> ofSport == null || timeline.match().fixture().sport() == ofSport)
			.filter((timeline) -> inStatus == null || timeline.match().status() == inStatus)
			.limit(Fields.range("limit", Fields.number("limit", limit), 1, MAX_LIMIT))
			.map(MatchSummary::of)
			.toList();
	}

	@GetMapping("/{match}")
	MatchView match(@PathVariable String match) {
		return MatchView.of(this.scoreboard.timeline(match));
	}

	@PostMapping
	ResponseEntity<Accepted> create(@Nullable Authentication user, @RequestBody byte[] opening,
			@RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String idempotencyKey,
			@RequestHeader(name = MESSAGE_KEY, required = false) @Nullable String messageKey) {
		Author scorer = scorer(user, idempotencyKey, messageKey);
		Accepted accepted = this.scoreboard.create(scorer, this.json.read(opening, Opening.class));
		return ResponseEntity.created(URI.create("/api/scores/" + accepted.match())).body(accepted);
	}

	@PostMapping("/{match}/events")
	Accepted report(@PathVariable String match, @Nullable Authentication user, @RequestBody byte[] report,
			@RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String idempotencyKey,
			@RequestHeader(name = MESSAGE_KEY, required = false) @Nullable String messageKey) {
		Author scorer = scorer(user, idempotencyKey, messageKey);
		return this.scoreboard.report(match, scorer, this.json.read(report, Report.class));
	}

	@DeleteMapping("/{match}/events/{number}")
	Accepted withdraw(@PathVariable String match, @PathVariable String number, @Nullable Authentication user,
			@RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String idempotencyKey,
			@RequestHeader(name = MESSAGE_KEY, required = false) @Nullable String messageKey) {
		Author scorer = scorer(user, idempotencyKey, messageKey);
		return this.scoreboard.withdraw(match, scorer, Fields.number("number", number));
	}

	private static Author scorer(@Nullable Authentication user, @Nullable String idempotencyKey,
			@Nullable String messageKey) {
		if (user == null
				|| user.getAuthorities().stream().noneMatch((granted) -> SCORER.equals(granted.getAuthority()))) {
			throw new Refusal(Refusal.Code.ACCESS_DENIED, "Only a scorer (role SCORER) may change scores");
		}
		return new Author(user.getName(), (idempotencyKey != null) ? idempotencyKey : messageKey);
	}

	private static <E> E choose(String field, String text, E[] values, Function<E, String> name) {
		return Arrays.stream(values).filter((value) -> name.apply(value).equals(text)).findFirst().orElseThrow(() -> {
			String known = Arrays.stream(values).map(name).collect(Collectors.joining(", "));
			return Fields.bad(field + " must be one of " + known);
		});
	}

}
