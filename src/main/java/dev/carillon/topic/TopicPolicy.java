package dev.carillon.topic;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * What holds for all topics of one family.
 *
 * @param family the name of the family
 * @param pattern which destinations belong to it
 * @param subscribe who may subscribe
 * @param send who may send from outside
 * @param wildcards whether a subscription may use wildcards
 * @param log the bounds of each topic's log
 * @param replay how many entries before the head a subscription starts by default
 * @param slow what happens to a subscription that is too far behind
 * @param maxLag how many entries a subscription may be behind before {@code slow}
 * applies; the log's own bounds always hold
 * @param staleAfter after how long without an entry the topic is stale, or null for never
 * @param sendRate how many messages a second one session may send to the family, 0 for
 * any number
 * @param messageSize the largest body
 * @param presence whether comings and goings of subscribers are published
 */
public record TopicPolicy(String family, DestinationPattern pattern, Access subscribe, Access send, boolean wildcards,
		Log log, int replay, SlowPolicy slow, long maxLag, @Nullable Duration staleAfter, int sendRate,
		DataSize messageSize, boolean presence) {

	/**
	 * The bounds of a log; whichever is reached first makes the oldest entry go.
	 *
	 * @param entries how many entries, at least 1
	 * @param bytes how much memory their bodies and headers may take
	 * @param keep how long an entry is kept, unless it is one of the newest that are
	 * replayed to new subscribers; and how long a topic that nobody uses
	 */
	public record Log(int entries, DataSize bytes, Duration keep) {
	}

}
