package dev.carillon.latency;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether messages reach browsers in time: {@link #LATE} if those of some family do not,
 * unknown while too few are reported of each.
 * <p>
 * What browsers say is no reason to take an instance away, so this is no part of liveness
 * and readiness.
 */
final class LatencyHealth implements HealthIndicator {

	/** Worth a look; the network may be to blame. */
	static final Status LATE = new Status("LATE", "Messages reach browsers later than they should");

	private final Latencies latencies;

	private final LatencyProperties properties;

	LatencyHealth(Latencies latencies, LatencyProperties properties) {
		this.latencies = latencies;
		this.properties = properties;
	}

	@Override
	public Health health() {
		Status status = Status.UNKNOWN;
		Map<String, Object> families = new TreeMap<>();
		for (Map.Entry<String, Window.Count> family : this.latencies.counts().entrySet()) {
			Window.Count count = family.getValue();
			if (count.all() >= this.properties.minimum() && !status.equals(LATE)) {
				status = (count.share() < this.properties.share()) ? LATE : Status.UP;
			}
			if (count.all() > 0) {
				families.put(family.getKey(), Map.of("reported", count.all(), "inTime", percent(count.share())));
			}
		}
		return Health.status(status)
			.withDetail("objective",
					percent(this.properties.share()) + " within " + this.properties.objective().toMillis() + "ms")
			.withDetail("window", this.properties.window().toSeconds() + "s")
			.withDetail("families", families)
			.build();
	}

	/** Rounded down, so that a share that misses the objective does not look like it. */
	private static String percent(double share) {
		return String.format(Locale.ROOT, "%.2f%%", Math.floor(share * 10_000 + 1e-6) / 100);
	}

}
