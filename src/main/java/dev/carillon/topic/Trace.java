package dev.carillon.topic;

import org.jspecify.annotations.Nullable;

/**
 * Follows one publication that was chosen for it, from its publisher to the first
 * subscriber it is written to. Most publications have none.
 * <p>
 * Any thread; nothing here blocks or throws.
 */
public interface Trace {

	/**
	 * The trace of what this thread does for a publisher; whatever it publishes meanwhile
	 * belongs to it.
	 */
	ScopedValue<Trace> CURRENT = ScopedValue.newInstance();

	/** The trace of what this thread does, if there is one. */
	static @Nullable Trace current() {
		return CURRENT.isBound() ? CURRENT.get() : null;
	}

	/**
	 * The publisher has its answer.
	 * @param failure why it was not published, or null
	 */
	void published(@Nullable Throwable failure);

	/** Whether it waits for its first delivery. */
	boolean isAwaited();

	/** It was written to a subscriber; the first one counts. */
	void delivered();

}
