package dev.carillon.http;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import dev.carillon.topic.Refusal;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

/**
 * HTTP access to topics.
 *
 * @param maxWait the longest a long poll waits, or a stream that ends by itself
 * @param maxLimit how many messages a poll may ask for
 * @param maxPublications how many messages one publish request may carry
 * @param bodySize the largest body of a request
 * @param requestTimeout how long the head of a request may take to come in, and then its
 * body
 * @param streamTopics how many topics an event stream may follow; the id of each event
 * names all of them, and a browser sends it back in one header
 * @param heartBeat how often an event stream sends a comment while it is silent
 * @param retry how long a browser waits before it opens an event stream again
 */
@ConfigurationProperties("carillon.http")
public record HttpProperties(@DefaultValue("60s") Duration maxWait, @DefaultValue("1000") int maxLimit,
		@DefaultValue("100") int maxPublications, @DefaultValue("1MB") DataSize bodySize,
		@DefaultValue("15s") Duration requestTimeout, @DefaultValue("500") int streamTopics,
		@DefaultValue("15s") Duration heartBeat, @DefaultValue("2s") Duration retry) {

	public HttpProperties {
		positive(maxWait, "max-wait");
		positive(heartBeat, "heart-beat");
		positive(retry, "retry");
		positive(requestTimeout, "request-timeout");
		atLeast(1, maxLimit, "max-limit");
		atLeast(1, maxPublications, "max-publications");
		atLeast(1, streamTopics, "stream-topics");
		atLeast(1024, bodySize.toBytes(), "body-size (in bytes)");
	}

	/**
	 * Reads how long a client wants to wait; a number means seconds.
	 */
	Duration patience(String wait) {
		Duration asked;
		try {
			asked = DurationStyle.detectAndParse(wait, ChronoUnit.SECONDS);
		}
		catch (IllegalArgumentException ex) {
			throw new Refusal(Refusal.Code.BAD_VALUE, "wait must be a duration such as 25s");
		}
		if (asked.isNegative() || asked.compareTo(this.maxWait) > 0) {
			throw new Refusal(Refusal.Code.BAD_VALUE, "wait must be 0 to " + this.maxWait.toSeconds() + "s");
		}
		return asked;
	}

	private static void positive(Duration value, String key) {
		if (!value.isPositive()) {
			throw new IllegalArgumentException("carillon.http." + key + " must be above 0");
		}
	}

	private static void atLeast(long least, long value, String key) {
		if (value < least) {
			throw new IllegalArgumentException("carillon.http." + key + " must be at least " + least);
		}
	}

}
