package dev.carillon.topic;

/**
 * A place in a topic's log, written {@code epoch-offset}: the offset counts 1, 2, 3 …
 * within the epoch, and the epoch changes whenever the log starts over.
 * <p>
 * Offset 0 is the place before the first entry. Two topics never share an epoch, so a
 * list of positions tells its topics apart. The epoch is written in base 36.
 *
 * @param epoch names one life of one log, positive
 * @param offset the number of the entry, 0 or above
 */
public record Position(long epoch, long offset) {

	public Position {
		if (epoch <= 0 || offset < 0) {
			throw new IllegalArgumentException("epoch must be above 0 and offset at least 0");
		}
	}

	/**
	 * Reads the text form.
	 * @throws Refusal if the text is not a position
	 */
	public static Position parse(String text) {
		int dash = text.indexOf('-');
		if (dash > 0 && dash <= 13 && text.length() - dash <= 19) {
			try {
				Position position = new Position(Long.parseLong(text, 0, dash, 36),
						Long.parseLong(text, dash + 1, text.length(), 10));
				if (position.toString().equals(text)) {
					return position;
				}
			}
			catch (IllegalArgumentException _) {
				// refused below, with the same words as every other text
			}
		}
		throw new Refusal(Refusal.Code.BAD_VALUE,
				"A position has the form epoch-offset, as a message-id header carries it");
	}

	@Override
	public String toString() {
		return Long.toString(this.epoch, 36) + '-' + this.offset;
	}

}
