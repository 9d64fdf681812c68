package dev.carillon.latency;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How late messages may reach browsers.
 *
 * @param enabled whether browsers may report how late messages reach them
 * @param objective how late a message may be
 * @param share which part of the messages must be in time, above 0 and at most 1
 * @param window over how long that is judged, 10s to 1d
 * @param minimum of how many messages of a family there must be reports within the
 * window, before it is judged
 */
@ConfigurationProperties("carillon.latency")
record LatencyProperties(@DefaultValue("true") boolean enabled, @DefaultValue("1s") Duration objective,
		@DefaultValue("0.99") double share, @DefaultValue("5m") Duration window, @DefaultValue("100") int minimum) {

	static final String ENABLED = "carillon.latency.enabled";

	public LatencyProperties {
		check(objective.isPositive() && objective.compareTo(Reports.LONGEST) <= 0,
				"objective must be above 0 and at most " + Reports.LONGEST.toMinutes() + "m");
		check(share > 0 && share <= 1, "share must be above 0 and at most 1");
		check(window.toSeconds() >= 10 && window.compareTo(Duration.ofDays(1)) <= 0, "window must be 10s to 1d");
		check(minimum >= 1, "minimum must be at least 1");
	}

	private static void check(boolean possible, String rule) {
		if (!possible) {
			throw new IllegalArgumentException("carillon.latency." + rule);
		}
	}

}
