package dev.carillon.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;

/**
 * Tickets for the WebSocket handshake, where a browser can send no header: good for one
 * use within {@code ticket-life}, for one user, from one origin.
 * <p>
 * A ticket has 256 random bits; what is kept is its hash, so that nothing readable from
 * here opens a session. At most {@value #MAX_TICKETS} are open at the same time, the
 * oldest go first. Any thread.
 */
public final class Tickets {

	static final int MAX_TICKETS = 100_000;

	private record Issued(Authentication user, @Nullable String origin) {
	}

	private final Cache<String, Issued> issued;

	private final SecureRandom random = new SecureRandom();

	private final Duration life;

	public Tickets(Duration life, Ticker ticker) {
		this.life = life;
		this.issued = Caffeine.newBuilder().maximumSize(MAX_TICKETS).expireAfterWrite(life).ticker(ticker).build();
	}

	public Duration life() {
		return this.life;
	}

	/**
	 * A new ticket.
	 * @param user whom the session will belong to
	 * @param origin the origin of the page that will connect, or null if no browser asks
	 */
	public String issue(Authentication user, @Nullable String origin) {
		byte[] bytes = new byte[32];
		this.random.nextBytes(bytes);
		String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
		this.issued.put(hash(ticket), new Issued(user, origin));
		return ticket;
	}

	/**
	 * Uses a ticket up.
	 * @param origin the origin of the handshake, or null if it names none
	 * @return whom it was issued to
	 * @throws Refusal if it is unknown, used, too old, or from another origin
	 */
	public Authentication redeem(String ticket, @Nullable String origin) {
		Issued found = this.issued.asMap().remove(hash(ticket));
		if (found == null || (found.origin() != null && !found.origin().equals(origin))) {
			throw new Refusal(Refusal.Code.LOGIN_FAILED,
					"The ticket is unknown, used, older than " + this.life.toSeconds() + " s or from another origin");
		}
		return found.user();
	}

	private static String hash(String ticket) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			return HexFormat.of().formatHex(digest.digest(ticket.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
