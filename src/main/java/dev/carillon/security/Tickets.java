package dev.carillon.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

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
 * oldest go first, and of each user a few. They end with the {@link SignIn} they were
 * fetched with. Any thread.
 */
public final class Tickets {

	static final int MAX_TICKETS = 100_000;

	private record Issued(Authentication user, @Nullable String origin) {
	}

	private final Cache<String, Issued> issued;

	/** The hashes of each user's tickets, some of them used by now. */
	private final Cache<String, Set<String>> byUser;

	private final int perUser;

	private final SecureRandom random = new SecureRandom();

	private final Duration life;

	/**
	 * No tickets yet.
	 * @param perUser how many one user may have open, 0 for any number
	 */
	public Tickets(Duration life, int perUser, Ticker ticker) {
		this.life = life;
		this.perUser = perUser;
		this.byUser = Caffeine.newBuilder().maximumSize(MAX_TICKETS).expireAfterWrite(life).ticker(ticker).build();
		this.issued = Caffeine.newBuilder().maximumSize(MAX_TICKETS).expireAfterWrite(life).ticker(ticker).build();
	}

	public Duration life() {
		return this.life;
	}

	/**
	 * A new ticket.
	 * @param user whom the session will belong to
	 * @param origin the origin of the page that will connect, or null if no browser asks
	 * @throws Refusal if the user has as many as allowed
	 */
	public String issue(Authentication user, @Nullable String origin) {
		byte[] bytes = new byte[32];
		this.random.nextBytes(bytes);
		String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
		String hash = hash(ticket);
		if (this.perUser > 0) {
			this.byUser.asMap().compute(user.getName(), (_, known) -> withOneMore(known, hash));
		}
		this.issued.put(hash, new Issued(user, origin));
		return ticket;
	}

	private Set<String> withOneMore(@Nullable Set<String> known, String hash) {
		Set<String> open = new HashSet<>();
		if (known != null) {
			known.stream().filter(this::isOpen).forEach(open::add);
		}
		if (LimitsProperties.isReached(this.perUser, open.size())) {
			throw new Refusal(Refusal.Code.LIMIT_REACHED,
					"This user has " + open.size()
							+ " tickets that are not used yet; carillon.limits.tickets-per-user allows " + this.perUser
							+ ", and each ends after " + this.life.toSeconds() + " s");
		}
		open.add(hash);
		return open;
	}

	private boolean isOpen(String hash) {
		Issued known = this.issued.getIfPresent(hash);
		return known != null && !SignIn.isOver(known.user());
	}

	/**
	 * Uses a ticket up.
	 * @param origin the origin of the handshake, or null if it names none
	 * @return whom it was issued to
	 * @throws Refusal if it is unknown, used, too old, from another origin, or its user
	 * has signed out since
	 */
	public Authentication redeem(String ticket, @Nullable String origin) {
		Issued found = this.issued.asMap().remove(hash(ticket));
		if (found == null || (found.origin() != null && !found.origin().equals(origin))
				|| SignIn.isOver(found.user())) {
			throw new Refusal(Refusal.Code.LOGIN_FAILED, "The ticket is unknown, used, older than "
					+ this.life.toSeconds() + " s, from another origin or of somebody who has signed out");
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
