package dev.carillon.http;

import dev.carillon.security.Guest;
import dev.carillon.security.Tickets;
import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/tickets}: a one-time ticket for the WebSocket handshake.
 */
@RestController
final class TicketsController {

	private final Tickets tickets;

	TicketsController(Tickets tickets) {
		this.tickets = tickets;
	}

	/**
	 * A ticket.
	 *
	 * @param ticket goes into {@code /ws?ticket=…}
	 * @param expiresIn for how many seconds it can be used
	 */
	record Ticket(String ticket, long expiresIn) {

		/** Without the ticket, for logs. */
		@Override
		public String toString() {
			return "Ticket[expiresIn=" + this.expiresIn + "]";
		}

	}

	@PostMapping("/api/tickets")
	ResponseEntity<Ticket> issue(Authentication user,
			@RequestHeader(value = HttpHeaders.ORIGIN, required = false) @Nullable String origin) {
		if (user instanceof Guest) {
			throw new Refusal(Refusal.Code.LOGIN_FAILED, "Guests need no ticket; sign in first to get one");
		}
		return ResponseEntity.ok()
			.cacheControl(CacheControl.noStore())
			.body(new Ticket(this.tickets.issue(user, origin), this.tickets.life().toSeconds()));
	}

}
