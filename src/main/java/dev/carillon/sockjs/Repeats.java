package dev.carillon.sockjs;

import org.jspecify.annotations.Nullable;

/**
 * Notices when a browser by itself repeats a poll whose answer has not reached it. The
 * protocol has no confirmation, so what was in that answer is lost, and nobody but the
 * server can know.
 * <p>
 * A repeated request has the name of the one before and comes over another connection,
 * for the first one is broken. Whatever comes over the connection that has carried an
 * answer proves that the answer has arrived. Clients that give all of their polls the
 * same name are none that repeat them unasked, and show nothing. One thread at a time.
 */
final class Repeats {

	private @Nullable Asked last;

	/** Whether the client has names for its polls. */
	private boolean named;

	/** Whether the last poll was answered with something that must not be lost. */
	private boolean atRisk;

	/**
	 * A poll has come.
	 * @return whether it repeats one whose answer is lost
	 */
	boolean asked(Asked next) {
		Asked before = this.last;
		boolean lost = before != null && isRepeat(before, next);
		this.named |= before != null && !before.name().equals(next.name());
		this.last = next;
		this.atRisk = false;
		return lost;
	}

	private boolean isRepeat(Asked before, Asked next) {
		return this.named && this.atRisk && before.name().equals(next.name())
				&& !before.connection().equals(next.connection());
	}

	/** The last poll is answered. */
	void answered() {
		this.atRisk = true;
	}

	/** Something has come over a connection. */
	void heard(String connection) {
		if (this.last != null && this.last.connection().equals(connection)) {
			this.atRisk = false;
		}
	}

}
