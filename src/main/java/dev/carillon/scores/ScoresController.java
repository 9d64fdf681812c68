package dev.carillon.scores;

import java.security.Principal;

import org.jspecify.annotations.Nullable;

import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.stereotype.Controller;

/**
 * What scorers send over STOMP. The answer goes to the queue {@code scores} of the user.
 * <p>
 * Who may send here is said by the family {@code score-reports}. Bodies are read as
 * bytes, so that a mistake in them is refused with the name of the field.
 */
@Controller
@MessageMapping("scores")
class ScoresController {

	private static final String ANSWERS = "/queue/scores";

	private static final String KEY = "message-key";

	private final Scoreboard scoreboard;

	private final MatchJson json;

	ScoresController(Scoreboard scoreboard, MatchJson json) {
		this.scoreboard = scoreboard;
		this.json = json;
	}

	/**
	 * Which event to withdraw.
	 *
	 * @param number its number in the timeline
	 */
	record Withdrawal(int number) {
	}

	@MessageMapping("create")
	@SendToUser(ANSWERS)
	Accepted create(Principal scorer, @Payload byte[] opening,
			@Header(name = KEY, required = false) @Nullable String key) {
		return this.scoreboard.create(new Author(scorer.getName(), key), this.json.read(opening, Opening.class));
	}

	@MessageMapping("{match}.event")
	@SendToUser(ANSWERS)
	Accepted report(@DestinationVariable String match, Principal scorer, @Payload byte[] report,
			@Header(name = KEY, required = false) @Nullable String key) {
		return this.scoreboard.report(match, new Author(scorer.getName(), key), this.json.read(report, Report.class));
	}

	@MessageMapping("{match}.withdraw")
	@SendToUser(ANSWERS)
	Accepted withdraw(@DestinationVariable String match, Principal scorer, @Payload byte[] withdrawal,
			@Header(name = KEY, required = false) @Nullable String key) {
		int number = this.json.read(withdrawal, Withdrawal.class).number();
		return this.scoreboard.withdraw(match, new Author(scorer.getName(), key), number);
	}

}
