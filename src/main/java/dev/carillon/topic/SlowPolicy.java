package dev.carillon.topic;

/**
 * What happens to a subscription that falls off the tail of the log, or behind by more
 * than {@code max-lag}. Whatever is skipped is named in the next MESSAGE.
 */
public enum SlowPolicy {

	/** Jump to the newest entry. */
	CONFLATE,
	/** Jump to the oldest entry that is left. */
	DROP,
	/** Close the session. */
	DISCONNECT

}
