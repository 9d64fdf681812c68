package dev.carillon.delivery;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.carillon.topic.TopicPolicy;

/**
 * What one delivery loop has done so far. Times are in nanoseconds; maxima are those of
 * the last half to whole minute.
 */
public final class LoopStats {

	private final Map<String, FamilyStats> families;

	private final Histogram flushSize = new Histogram(7, 14);

	private final Counter turns = new Counter();

	private final Counter turnTime = new Counter();

	private final Peak longestTurn = new Peak();

	private final Peak lag = new Peak();

	LoopStats(List<TopicPolicy> families) {
		this.families = families.stream()
			.collect(Collectors.toUnmodifiableMap(TopicPolicy::family, (_) -> new FamilyStats()));
	}

	/** What was delivered of a family. */
	public FamilyStats of(TopicPolicy family) {
		return Objects.requireNonNull(this.families.get(family.family()));
	}

	/** Bytes of each write to a sink. */
	public Histogram flushSize() {
		return this.flushSize;
	}

	/** How often the loop went round. */
	public Counter turns() {
		return this.turns;
	}

	/** How long all turns took together. */
	public Counter turnTime() {
		return this.turnTime;
	}

	/** The longest turn. */
	public Peak longestTurn() {
		return this.longestTurn;
	}

	/** How much later than planned the loop came to what happens by the clock. */
	public Peak lag() {
		return this.lag;
	}

	void turned(long nanos) {
		this.turns.add(1);
		this.turnTime.add(nanos);
		this.longestTurn.add(nanos);
	}

	/** Begins a new period of maxima. */
	void rotate() {
		this.longestTurn.rotate();
		this.lag.rotate();
	}

}
