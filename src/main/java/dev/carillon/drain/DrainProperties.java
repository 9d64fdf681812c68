package dev.carillon.drain;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What happens to sessions when the process is asked to stop. The sum of the period and
 * some seconds must fit into <code>spring.lifecycle.timeout-per-shutdown-phase</code> and
 * into the grace period of whatever runs the process.
 *
 * @param period over how long sessions are closed, evenly; a few are closed faster; 0 for
 * all at once
 * @param spread the longest time that clients are asked to stay away; each is told a
 * random one, so that they do not come back together
 * @param away how long nobody will be there to come back to, from the end of the period
 * until the next process takes sessions; 0 if other instances take them at once
 */
@ConfigurationProperties("carillon.drain")
public record DrainProperties(@DefaultValue("15s") Duration period, @DefaultValue("5s") Duration spread,
		@DefaultValue("0s") Duration away) {

	/** The longest each may be. */
	private static final Duration MAX = Duration.ofHours(1);

	public DrainProperties {
		check("period", period);
		check("spread", spread);
		check("away", away);
	}

	private static void check(String name, Duration value) {
		if (value.isNegative() || value.compareTo(MAX) > 0) {
			throw new IllegalArgumentException("carillon.drain." + name + " must be 0 to 1h");
		}
	}

}
