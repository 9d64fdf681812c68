package dev.carillon.observability;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.delivery.CloseCode;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.SessionState;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * The sessions of this instance: a page of them, one, or the end of one.
 */
@WebEndpoint(id = "sessions")
final class SessionsEndpoint {

	private final Delivery delivery;

	SessionsEndpoint(Delivery delivery) {
		this.delivery = delivery;
	}

	/**
	 * A page of sessions, the oldest first.
	 *
	 * @param total how many sessions there are, of all users
	 * @param sessions those of the page
	 * @param after what to ask for to see the next page; absent on the last
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Page(int total, List<Summary> sessions, @Nullable Long after) {
	}

	/**
	 * One session in a page.
	 *
	 * @param id its id
	 * @param user the name of its user, absent before CONNECT
	 * @param since when it began
	 * @param address where it comes from, if that is known
	 * @param transport how it is connected
	 * @param subscriptions how many subscriptions it has
	 * @param lag how many entries it is behind, at the topic where that is most
	 * @param bytes how many bytes were written to it
	 * @param writing how long the write under way has taken so far, absent if there is
	 * none
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Summary(String id, @Nullable String user, Instant since, @Nullable String address, String transport,
			int subscriptions, long lag, long bytes, @Nullable Duration writing) {

		private static Summary of(SessionState state) {
			long lag = state.subscriptions().stream().mapToLong(SessionState.Subscribed::lag).max().orElse(0);
			return new Summary(state.id(), state.user(), state.since(), state.origin().address(),
					state.origin().transport(), state.subscriptions().size(), lag, state.bytes(), state.writing());
		}

	}

	/**
	 * One session with all of its subscriptions.
	 *
	 * @param session the session
	 * @param subscriptions what it follows
	 */
	record Details(Summary session, List<SessionState.Subscribed> subscriptions) {
	}

	/**
	 * Lists sessions.
	 * @param user only those of this user
	 * @param limit how many at most
	 * @param after where the last page said to go on
	 */
	@ReadOperation
	Page list(@Nullable String user, @Nullable Integer limit, @Nullable Long after) {
		int most = Answer.limit(limit);
		long from = (after != null) ? after : 0;
		List<SessionState> found = Answer.of(this.delivery
			.sessions((session) -> session.number() > from && (user == null || user.equals(session.user())), most + 1));
		List<SessionState> page = found.subList(0, Math.min(most, found.size()));
		return new Page(this.delivery.sessionCount(), page.stream().map(Summary::of).toList(),
				(found.size() > most) ? page.getLast().number() : null);
	}

	@ReadOperation
	@Nullable Details one(@Selector String id) {
		return Answer.of(this.delivery.sessions((session) -> session.id().equals(id), 1))
			.stream()
			.findFirst()
			.map((state) -> new Details(Summary.of(state), state.subscriptions()))
			.orElse(null);
	}

	/**
	 * Closes a session.
	 * @param code the number of a {@link CloseCode}, by default that of an operator
	 */
	@DeleteOperation
	WebEndpointResponse<?> close(@Selector String id, @Nullable Integer code) {
		boolean found = Answer.of(this.delivery.close(id, closeCode(code)));
		return new WebEndpointResponse<>(
				found ? WebEndpointResponse.STATUS_NO_CONTENT : WebEndpointResponse.STATUS_NOT_FOUND);
	}

	private static CloseCode closeCode(@Nullable Integer number) {
		if (number == null) {
			return CloseCode.OPERATOR;
		}
		return Arrays.stream(CloseCode.values())
			.filter((code) -> code.number() == number)
			.findFirst()
			.orElseThrow(() -> Answer.bad("code must be the number of a close code, such as "
					+ CloseCode.OPERATOR.number() + " or " + CloseCode.POLICY.number()));
	}

}
