package dev.carillon.delivery;

/**
 * The largest of the numbers of the last while: of the present period and the one before.
 * One thread adds, any thread may read.
 */
public final class Peak {

	private volatile long present;

	private volatile long before;

	void add(long value) {
		if (value > this.present) {
			this.present = value;
		}
	}

	/** Begins a new period. */
	void rotate() {
		this.before = this.present;
		this.present = 0;
	}

	public long get() {
		return Math.max(this.present, this.before);
	}

}
