package dev.carillon.scores;

import java.time.Instant;

/**
 * One step of a timeline, as it is stored. Steps are only ever added.
 */
sealed interface Step {

	/** Its place in the timeline, counted from 1. */
	int number();

	Instant at();

	Author by();

	/**
	 * An event was reported.
	 *
	 * @param number see {@link Step#number()}
	 * @param at when
	 * @param by by whom
	 * @param report what happened
	 */
	record Reported(int number, Instant at, Author by, Report report) implements Step {
	}

	/**
	 * An event was withdrawn.
	 *
	 * @param number see {@link Step#number()}
	 * @param at when
	 * @param by by whom
	 * @param event the number of the event
	 */
	record Withdrawn(int number, Instant at, Author by, int event) implements Step {
	}

	/**
	 * Whether both ask for the same thing.
	 */
	default boolean asks(Step other) {
		return switch (this) {
			case Reported mine -> other instanceof Reported that && mine.report().equals(that.report());
			case Withdrawn mine -> other instanceof Withdrawn that && mine.event() == that.event();
		};
	}

}
