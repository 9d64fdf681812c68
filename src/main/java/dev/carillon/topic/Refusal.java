package dev.carillon.topic;

/**
 * Something a client asked for that it does not get, in words that may be shown to it.
 * <p>
 * The message is written for the person behind the client and names the field, the rule
 * or the limit that decided. It never carries an exception's text, a stack trace or a
 * secret. Adapters turn it into an ERROR frame or a problem document.
 */
public final class Refusal extends RuntimeException {

	/**
	 * What kind of refusal this is. The text of a code is part of the wire contract and
	 * does not change.
	 */
	public enum Code {

		/** A frame or request that breaks its protocol. */
		BAD_FRAME("bad-frame"),
		/** A header or parameter with a value that is not allowed. */
		BAD_VALUE("bad-value"),
		/** A frame, message or request above its size limit. */
		TOO_LARGE("too-large"),
		/** Wrong or missing credentials. */
		LOGIN_FAILED("login-failed"),
		/** The rule of the destination says no. */
		ACCESS_DENIED("access-denied"),
		/** No family of topics matches the destination. */
		UNKNOWN_DESTINATION("unknown-destination"),
		/** A limit on the number of something is reached. */
		LIMIT_REACHED("limit-reached"),
		/** Too many messages in too short a time. */
		RATE_LIMITED("rate-limited"),
		/** A work queue holds as many messages as its log may. */
		QUEUE_FULL("queue-full"),
		/**
		 * Something with this name exists already, or the request does not fit the state.
		 */
		CONFLICT("conflict"),
		/** What the request names does not exist. */
		NOT_FOUND("not-found"),
		/** A part that is needed is not there at the moment; trying again may help. */
		UNAVAILABLE("unavailable"),
		/** A fault of the service; its log knows more. */
		INTERNAL("internal");

		private final String text;

		Code(String text) {
			this.text = text;
		}

		/**
		 * The code as it stands in frames and documents.
		 */
		public String text() {
			return this.text;
		}

	}

	private final Code code;

	public Refusal(Code code, String message) {
		super(message, null, false, false);
		this.code = code;
	}

	public Code code() {
		return this.code;
	}

	/**
	 * The message; never absent.
	 */
	public String reason() {
		return String.valueOf(getMessage());
	}

	/**
	 * The refusal at the bottom of a chain of causes, or one that says only that the
	 * service failed.
	 * @param failure what was thrown
	 */
	public static Refusal of(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof Refusal refusal) {
				return refusal;
			}
		}
		return new Refusal(Code.INTERNAL, "The service could not process this; the fault is on its side");
	}

}
