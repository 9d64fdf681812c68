package dev.carillon.chat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.carillon.topic.Refusal;

/**
 * Makes a member of a slow room wait between two messages.
 * <p>
 * A message that was let through counts until {@link #rollback}, and for good after
 * {@link #commit}. Remembers in memory who wrote last when, at most {@value #MAX_WRITERS}
 * of them, so a restart lets everybody write at once. One thread.
 */
final class SlowMode {

	/** How many writers are remembered. */
	static final int MAX_WRITERS = 100_000;

	/** The longest wait. */
	static final Duration LONGEST = Duration.ofHours(6);

	private record Writer(String room, String user) {
	}

	private final Cache<Writer, Long> last;

	private final Map<Writer, Long> uncommitted = new HashMap<>();

	SlowMode(Ticker ticker) {
		this.last = Caffeine.newBuilder().ticker(ticker).maximumSize(MAX_WRITERS).expireAfterWrite(LONGEST).build();
	}

	/**
	 * Lets a message through, or not.
	 * @param now the time, in milliseconds since 1970
	 * @throws Refusal if the wait since the last message is not over; it says how long it
	 * takes
	 */
	void admit(Change.Post post, long now) {
		if (post.slowSeconds() == 0) {
			return;
		}
		Writer writer = new Writer(post.room(), post.sender());
		Long before = this.uncommitted.getOrDefault(writer, this.last.getIfPresent(writer));
		long wait = (before != null) ? before + post.slowSeconds() * 1_000L - now : 0;
		if (wait > 0) {
			throw new Refusal(Refusal.Code.RATE_LIMITED, "Slow mode of %s: one message in %d s is allowed; wait %d s"
				.formatted(post.room(), post.slowSeconds(), (wait + 999) / 1_000));
		}
		this.uncommitted.put(writer, now);
	}

	/**
	 * What was let through is stored.
	 */
	void commit() {
		this.last.putAll(this.uncommitted);
		this.uncommitted.clear();
	}

	/**
	 * What was let through was not stored after all.
	 */
	void rollback() {
		this.uncommitted.clear();
	}

}
