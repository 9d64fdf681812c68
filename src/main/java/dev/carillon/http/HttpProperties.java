package dev.carillon.http;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * HTTP access to topics.
 *
 * @param maxWait the longest a long poll waits
 * @param maxLimit how many messages a poll may ask for
 * @param maxPublications how many messages one publish request may carry
 * @param heartBeat how often an event stream sends a comment while it is silent
 * @param retry how long a browser waits before it opens an event stream again
 */
@ConfigurationProperties("carillon.http")
public record HttpProperties(@DefaultValue("60s") Duration maxWait, @DefaultValue("1000") int maxLimit,
		@DefaultValue("100") int maxPublications, @DefaultValue("15s") Duration heartBeat,
		@DefaultValue("2s") Duration retry) {

	public HttpProperties {
		if (!maxWait.isPositive() || !heartBeat.isPositive() || !retry.isPositive()) {
			throw new IllegalArgumentException("carillon.http: max-wait, heart-beat and retry must be above 0");
		}
		if (maxLimit < 1 || maxPublications < 1) {
			throw new IllegalArgumentException("carillon.http: max-limit and max-publications must be at least 1");
		}
	}

}
