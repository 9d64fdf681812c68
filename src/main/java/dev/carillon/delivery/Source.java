package dev.carillon.delivery;

/**
 * Something of a session that has frames to send.
 */
abstract class Source {

	private final Session session;

	/** Whether it waits in its session's queue of ready sources. */
	private boolean queued;

	/** Whether its subscription is over, so that nothing of it may leave any more. */
	private boolean ended;

	Source(Session session) {
		this.session = session;
	}

	Session session() {
		return this.session;
	}

	/** Puts the source in line to be asked for frames, unless it is there already. */
	void ready() {
		if (!this.queued && !this.ended) {
			this.queued = true;
			this.session.addReady(this);
		}
	}

	boolean isQueued() {
		return this.queued;
	}

	void end() {
		this.ended = true;
	}

	boolean isEnded() {
		return this.ended;
	}

	void unqueued() {
		this.queued = false;
	}

	/**
	 * Adds the next frames to a flush, about {@link Flush#SHARE} bytes.
	 * @return whether there is more to send now
	 */
	abstract boolean take(Flush flush);

	/**
	 * The flush with this source's frames has left.
	 */
	void written() {
	}

}
