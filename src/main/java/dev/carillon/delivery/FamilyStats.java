package dev.carillon.delivery;

/**
 * What one loop has delivered of the topics of one family.
 */
public final class FamilyStats {

	private final Counter subscriptions = new Counter();

	private final Counter messages = new Counter();

	private final Counter missed = new Counter();

	private final Histogram latency = new Histogram(0, 16);

	/**
	 * Cursors and consumers at present: a wildcard counts once for each of its topics.
	 */
	public Counter subscriptions() {
		return this.subscriptions;
	}

	/** Messages handed to sinks. */
	public Counter messages() {
		return this.messages;
	}

	/** Offsets that were skipped, counted once for each subscription. */
	public Counter missed() {
		return this.missed;
	}

	/**
	 * Milliseconds from the append of a message until the loop hands it to a sink, for
	 * each message handed over. Messages that leave together count with the oldest of
	 * them; what was published before its subscription began does not count.
	 */
	public Histogram latency() {
		return this.latency;
	}

}
