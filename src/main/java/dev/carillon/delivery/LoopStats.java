package dev.carillon.delivery;

/**
 * What one delivery loop has done so far.
 */
public final class LoopStats {

	private final Counter messages = new Counter();

	private final Counter flushes = new Counter();

	private final Counter bytes = new Counter();

	private final Counter missed = new Counter();

	private final Counter turns = new Counter();

	/** Messages handed to sinks. */
	public Counter messages() {
		return this.messages;
	}

	/** Writes to sinks. */
	public Counter flushes() {
		return this.flushes;
	}

	/** Bytes handed to sinks. */
	public Counter bytes() {
		return this.bytes;
	}

	/** Offsets that were skipped, counted once for each subscription. */
	public Counter missed() {
		return this.missed;
	}

	/** How often the loop went round. */
	public Counter turns() {
		return this.turns;
	}

}
