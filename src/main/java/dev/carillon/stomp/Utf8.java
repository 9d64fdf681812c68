package dev.carillon.stomp;

/**
 * Checks UTF-8 as it arrives in pieces (RFC 3629; a WebSocket text message must be UTF-8,
 * RFC 6455 section 8.1).
 */
final class Utf8 {

	/** How many continuation bytes are due. */
	private int due;

	private int lowest = 0x80;

	private int highest = 0xBF;

	/**
	 * Whether the bytes so far are valid, leaving aside an unfinished character at their
	 * end.
	 */
	boolean accepts(byte[] bytes) {
		int i = 0;
		while (i < bytes.length) {
			int b = bytes[i++];
			if (this.due == 0) {
				if (b < 0 && !begins(b & 0xFF)) {
					return false;
				}
			}
			else if ((b & 0xFF) < this.lowest || (b & 0xFF) > this.highest) {
				return false;
			}
			else {
				this.due--;
				this.lowest = 0x80;
				this.highest = 0xBF;
			}
		}
		return true;
	}

	private boolean begins(int b) {
		if (b < 0xC2 || b > 0xF4) {
			return false;
		}
		this.due = (b < 0xE0) ? 1 : (b < 0xF0) ? 2 : 3;
		switch (b) {
			case 0xE0 -> this.lowest = 0xA0;
			case 0xED -> this.highest = 0x9F;
			case 0xF0 -> this.lowest = 0x90;
			case 0xF4 -> this.highest = 0x8F;
			default -> {
				// any continuation byte may follow
			}
		}
		return true;
	}

	/** Whether the bytes so far end with a whole character. */
	boolean isComplete() {
		return this.due == 0;
	}

	/** Whether bytes are UTF-8. */
	static boolean isValid(byte[] bytes) {
		Utf8 check = new Utf8();
		return check.accepts(bytes) && check.isComplete();
	}

}
