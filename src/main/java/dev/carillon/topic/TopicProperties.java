package dev.carillon.topic;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The families of topics, as configuration gives them.
 *
 * @param topics the families by name; a destination that matches none of them is refused
 */
@ConfigurationProperties(prefix = "carillon", ignoreUnknownFields = true)
public record TopicProperties(@DefaultValue Map<String, Family> topics) {

	/**
	 * One family of topics.
	 *
	 * @param pattern the destinations of the family, such as /topic/stocks.{symbol}
	 * @param subscribe who may subscribe: anyone, authenticated, role:NAME,
	 * user:{variable} or nobody
	 * @param send who may send: the same words
	 * @param wildcards whether subscriptions may use * and **
	 * @param log the bounds of the log of each topic
	 * @param replay how many of the newest entries a new subscription receives
	 * @param slow what happens to a slow subscription: conflate, drop or disconnect
	 * @param maxLag how many entries a subscription may stay behind; 0 for as many as the
	 * log keeps
	 * @param staleAfter after how long without news a message with the header stale:true
	 * is published; 0 for never
	 * @param sendRate messages per second that one session may send; 0 for any number
	 * @param messageSize the largest body of a message
	 * @param presence whether joining and leaving is published
	 */
	public record Family(@Nullable String pattern, @DefaultValue("nobody") String subscribe,
			@DefaultValue("nobody") String send, @DefaultValue("false") boolean wildcards, @DefaultValue LogBounds log,
			@DefaultValue("0") int replay, @DefaultValue("drop") SlowPolicy slow, @DefaultValue("0") long maxLag,
			@DefaultValue("0s") Duration staleAfter, @DefaultValue("0") int sendRate,
			@DefaultValue("128KB") DataSize messageSize, @DefaultValue("false") boolean presence) {
	}

	/**
	 * The bounds of a log.
	 *
	 * @param entries how many entries are kept, 1 to 1000000
	 * @param bytes how many bytes the kept entries may take
	 * @param keep how long an entry is kept; the newest that replay asks for stay longer
	 */
	public record LogBounds(@DefaultValue("256") int entries, @DefaultValue("1MB") DataSize bytes,
			@DefaultValue("10m") Duration keep) {
	}

}
