package dev.carillon.topic;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Where a reader starts in a log.
 *
 * @param offset up to which nothing is sent
 * @param recovered whether nothing after the position to resume from is lost
 */
public record StartingPoint(long offset, boolean recovered) {

	/**
	 * Where a reader that was here before goes on.
	 * @param log the log
	 * @param from the last positions it received, of this and perhaps of other topics
	 * @return null if none of them is of this log's epoch
	 */
	public static @Nullable StartingPoint resume(TopicLog log, List<Position> from) {
		for (Position position : from) {
			if (position.epoch() == log.epoch() && position.offset() <= log.head()) {
				return new StartingPoint(position.offset(), position.offset() + 1 >= log.tail());
			}
		}
		return null;
	}

	/**
	 * Where a new reader starts.
	 * @param topic the topic
	 * @param head the offset of its newest entry when the reader came
	 * @param replay how many entries before that it wants, or null for the policy's
	 * default; never more than the policy's {@code max-lag}
	 */
	public static StartingPoint anew(Topic topic, long head, @Nullable Integer replay) {
		long entries = Math.min((replay != null) ? replay : topic.policy().replay(), topic.policy().maxLag());
		return new StartingPoint(Math.max(topic.log().tail() - 1, Math.max(0, head - entries)), false);
	}

}
