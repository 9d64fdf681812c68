package dev.carillon.topic;

import java.util.ArrayList;
import java.util.List;

/**
 * What a log held at one moment, to be continued by another process: the same epoch goes
 * on with the next offset, so positions stay valid.
 *
 * @param epoch the epoch
 * @param head the offset of the newest entry, also if it is not kept any more
 * @param entries those kept, in order, up to the head
 */
public record SavedLog(long epoch, long head, List<Entry> entries) {

	public SavedLog {
		entries = List.copyOf(entries);
		long expected = head - entries.size();
		for (Entry entry : entries) {
			if (entry.offset() != ++expected) {
				throw new IllegalArgumentException("The entries of a saved log must be those up to its head");
			}
		}
	}

	/**
	 * What a log holds now. Entries that are appended meanwhile may be missing, so first
	 * everybody who publishes has to stop.
	 */
	public static SavedLog of(TopicLog log) {
		long head = log.head();
		List<Entry> entries = new ArrayList<>();
		for (long offset = log.tail(); offset <= head; offset++) {
			Entry entry = log.read(offset);
			if (entry == null) {
				// It went meanwhile, and those before it with it.
				entries.clear();
			}
			else {
				entries.add(entry);
			}
		}
		return new SavedLog(log.epoch(), head, entries);
	}

}
