package dev.carillon.security;

import java.util.concurrent.atomic.AtomicLongArray;

import dev.carillon.topic.Refusal;

/**
 * How often something was refused, by where it was asked for and why. Any thread.
 */
public final class Refusals {

	/** Who has told the client. */
	public enum Adapter {

		/** Before there was a session. */
		HANDSHAKE,
		/** With an ERROR frame. */
		STOMP,
		/** With a problem document. */
		HTTP

	}

	private static final int CODES = Refusal.Code.values().length;

	private final AtomicLongArray counts = new AtomicLongArray(Adapter.values().length * CODES);

	/** Notes that a client was told. */
	public void note(Adapter adapter, Refusal.Code code) {
		this.counts.incrementAndGet(index(adapter, code));
	}

	/** How often it was noted. */
	public long count(Adapter adapter, Refusal.Code code) {
		return this.counts.get(index(adapter, code));
	}

	private static int index(Adapter adapter, Refusal.Code code) {
		return adapter.ordinal() * CODES + code.ordinal();
	}

}
