package dev.carillon.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy.VarExpiration;
import com.github.benmanes.caffeine.cache.Ticker;

/**
 * Publishes once what is sent several times under one {@code message-key}.
 * <p>
 * A key counts per user and family, for as long as the family keeps its entries. Whoever
 * repeats a key gets the position of the first; if the first failed, the next one is
 * tried. At most {@value #MAX_KEYS} keys are remembered, the least used go first. Any
 * thread.
 */
public final class Idempotency {

	/** How many keys are remembered at the same time. */
	static final int MAX_KEYS = 200_000;

	/** The longest key, in characters. */
	public static final int MAX_KEY_LENGTH = 128;

	private record Key(String family, String user, String key) {
	}

	private record Published(CompletableFuture<Position> position, Duration window) {
	}

	private final Cache<Key, Published> published;

	public Idempotency(Ticker ticker) {
		this.published = Caffeine.newBuilder()
			.maximumSize(MAX_KEYS)
			.ticker(ticker)
			.expireAfter(Expiry.<Key, Published>creating((_, value) -> value.window()))
			.build();
	}

	/**
	 * Runs the publication unless the key was used already.
	 * @param policy the family, whose {@code log.keep} is the window
	 * @param user who sends
	 * @param key the key, at most {@value #MAX_KEY_LENGTH} characters
	 * @param publish what to do the first time
	 * @return the position of the first message with this key
	 * @throws Refusal if the key is empty or too long
	 */
	public CompletionStage<Position> once(TopicPolicy policy, String user, String key,
			Supplier<CompletionStage<Position>> publish) {
		if (key.isBlank() || key.length() > MAX_KEY_LENGTH) {
			throw new Refusal(Refusal.Code.BAD_VALUE, "message-key must have 1 to " + MAX_KEY_LENGTH + " characters");
		}
		Key full = new Key(policy.family(), user, key);
		Published mine = new Published(new CompletableFuture<>(), policy.log().keep());
		Published first = this.published.asMap().putIfAbsent(full, mine);
		if (first != null) {
			return first.position();
		}
		try {
			publish.get().whenComplete((position, failure) -> {
				if (failure != null) {
					fail(full, mine, failure);
				}
				else {
					mine.position().complete(position);
				}
			});
		}
		catch (RuntimeException ex) {
			fail(full, mine, ex);
		}
		return mine.position();
	}

	/**
	 * The keys under which something was published, to be given to {@link #remember} by
	 * another process. Messages that are under way are not among them.
	 */
	public List<SavedKey> known() {
		VarExpiration<Key, Published> expiration = this.published.policy().expireVariably().orElseThrow();
		List<SavedKey> known = new ArrayList<>();
		this.published.asMap().forEach((key, first) -> {
			if (first.position().state() == Future.State.SUCCESS) {
				expiration.getExpiresAfter(key)
					.ifPresent((left) -> known
						.add(new SavedKey(key.family(), key.user(), key.key(), first.position().resultNow(), left)));
			}
		});
		return known;
	}

	/**
	 * Knows keys that were used before, each for as long as it has left.
	 */
	public void remember(Collection<SavedKey> keys) {
		keys.forEach((saved) -> this.published.put(new Key(saved.family(), saved.user(), saved.key()),
				new Published(CompletableFuture.completedFuture(saved.position()), saved.left())));
	}

	private void fail(Key key, Published mine, Throwable failure) {
		this.published.asMap().remove(key, mine);
		mine.position().completeExceptionally(failure);
	}

}
