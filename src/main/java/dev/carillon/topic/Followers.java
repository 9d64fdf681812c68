package dev.carillon.topic;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Whom to tell that topics begin or cease to be followed, and the patterns that
 * subscriptions hold. It is for publishers whose work depends on being followed: they
 * look at {@link Topics#isFollowed} when they are told, and now and then.
 * <p>
 * Any thread. A pattern counts for all destinations it reaches, whether or not the rules
 * let its subscriber see them.
 */
public final class Followers {

	/** How many subscriptions hold each pattern. */
	private final Map<DestinationPattern, Integer> patterns = new ConcurrentHashMap<>();

	private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

	Followers() {
	}

	/**
	 * Asks to be told when somebody begins to follow what nobody followed, or the last
	 * one leaves. The watcher runs on any thread, must not block and must not throw.
	 */
	public void watch(Runnable watcher) {
		this.watchers.add(watcher);
	}

	/**
	 * Notes a subscription of all that a pattern reaches, also of topics that are not in
	 * use yet; until {@link #leave}.
	 */
	public void follow(DestinationPattern pattern) {
		if (this.patterns.merge(pattern, 1, Integer::sum) == 1) {
			tell();
		}
	}

	/**
	 * Ends what {@link #follow} began.
	 */
	public void leave(DestinationPattern pattern) {
		if (this.patterns.computeIfPresent(pattern, (_, count) -> (count > 1) ? count - 1 : null) == null) {
			tell();
		}
	}

	boolean reach(Destination destination) {
		for (DestinationPattern pattern : this.patterns.keySet()) {
			if (pattern.matches(destination)) {
				return true;
			}
		}
		return false;
	}

	void tell() {
		this.watchers.forEach(Runnable::run);
	}

}
