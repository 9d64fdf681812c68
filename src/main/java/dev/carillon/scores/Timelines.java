package dev.carillon.scores;

import java.util.List;

import dev.carillon.topic.Refusal;

/**
 * Where timelines are kept. What a method has returned from is kept for good.
 * <p>
 * Any thread; methods may block. A store that cannot be reached refuses with
 * {@link Refusal.Code#UNAVAILABLE}; whether the change was made is then not known.
 */
interface Timelines {

	/**
	 * Keeps the beginning of a timeline.
	 * @return false if there is one with that id, or one that its author has begun under
	 * the same key
	 */
	boolean open(Opened opened);

	/**
	 * Adds a step.
	 * @return false if the timeline has a step with that number, or one that its author
	 * has taken under the same key: somebody else was faster
	 * @throws Refusal {@link Refusal.Code#NOT_FOUND} if there is no such timeline
	 */
	boolean append(String match, Step step);

	/**
	 * The steps of a timeline, in order; none if it does not exist.
	 */
	List<Step> steps(String match);

	/**
	 * All timelines, the oldest first.
	 */
	List<Stored> all();

	/**
	 * Forgets a timeline, if it exists.
	 */
	void remove(String match);

	/**
	 * A timeline as it was stored.
	 *
	 * @param opened how it began
	 * @param steps its steps, in order
	 */
	record Stored(Opened opened, List<Step> steps) {
	}

}
