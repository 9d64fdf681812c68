package dev.carillon.delivery;

import java.time.Duration;

/**
 * Why a connection ends: number, reason, and whether to come back. This is public data,
 * the same as in {@code docs/protocol.md} and in the TypeScript client.
 * <p>
 * Numbers below 4000 are those of RFC 6455 section 7.4.1 and of the IANA registry that it
 * founds; ours are 4000 to 4099.
 */
public enum CloseCode {

	/** The client said DISCONNECT, or either side is simply done. */
	NORMAL(1000, "normal", Reconnect.NO),
	/** The server goes away. */
	GOING_AWAY(1001, "going away", Reconnect.LATER),
	/** A WebSocket frame that RFC 6455 does not allow. */
	PROTOCOL_ERROR(1002, "protocol error", Reconnect.NO),
	/** A text message that is not UTF-8. */
	INVALID_PAYLOAD(1007, "invalid payload", Reconnect.NO),
	/** A rule forbids it. */
	POLICY(1008, "policy", Reconnect.NO),
	/** A frame above the size limit. */
	TOO_BIG(1009, "too big", Reconnect.NO),
	/** The service failed. */
	SERVER_ERROR(1011, "server error", Reconnect.LATER),
	/** The service restarts. */
	RESTART(1012, "restart", Reconnect.LATER),
	/** The service is full at the moment. */
	TRY_AGAIN_LATER(1013, "try again later", Reconnect.LATER),
	/** The client is slower than the policy of a topic it follows allows. */
	SLOW_CONSUMER(4000, "slow consumer", Reconnect.NOW),
	/**
	 * Nothing came for twice the time the client promised, or no answer to a ping for a
	 * minute.
	 */
	SILENT(4001, "heart-beat missed", Reconnect.NOW),
	/** What was sent did not leave within the write timeout. */
	WRITE_TIMEOUT(4002, "write timeout", Reconnect.NOW),
	/** No CONNECT within the connect timeout. */
	CONNECT_TIMEOUT(4003, "connect timeout", Reconnect.NOW),
	/** Wrong credentials; the same ones will not do. */
	LOGIN_FAILED(4004, "login failed", Reconnect.NO),
	/** The token ended; come back with a fresh one only. */
	EXPIRED(4005, "token expired", Reconnect.NO),
	/**
	 * A STOMP frame that the protocol does not allow; the ERROR frame before says which.
	 */
	BAD_FRAME(4006, "bad frame", Reconnect.NO),
	/** An operator ended the session. */
	OPERATOR(4007, "closed by an operator", Reconnect.LATER),
	/** The user has signed out of the page that opened it. */
	SIGNED_OUT(4008, "signed out", Reconnect.NO);

	/** Whether and when a client should come back. */
	public enum Reconnect {

		/** Not by itself. */
		NO,
		/** At once. */
		NOW,
		/** After the delay. */
		LATER

	}

	/** How long to wait before coming back where {@link Reconnect#LATER} is meant. */
	public static final Duration DELAY = Duration.ofSeconds(2);

	private final int number;

	private final String reason;

	private final Reconnect reconnect;

	CloseCode(int number, String reason, Reconnect reconnect) {
		this.number = number;
		this.reason = reason;
		this.reconnect = reconnect;
	}

	public int number() {
		return this.number;
	}

	/**
	 * The reason as it is sent, at most 123 bytes of UTF-8 (RFC 6455 section 5.5).
	 */
	public String reason() {
		return this.reason;
	}

	/**
	 * The reason with the hint how long to stay away: <code>restart; retry-after=</code>
	 * and milliseconds.
	 * @param retryAfter zero for no hint
	 */
	public String reason(Duration retryAfter) {
		return retryAfter.isZero() ? this.reason : this.reason + "; retry-after=" + retryAfter.toMillis();
	}

	/** Whether the client has broken the protocol. */
	public boolean isBreach() {
		return switch (this) {
			case PROTOCOL_ERROR, INVALID_PAYLOAD, TOO_BIG, BAD_FRAME -> true;
			default -> false;
		};
	}

	public Reconnect reconnect() {
		return this.reconnect;
	}

}
