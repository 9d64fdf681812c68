package dev.carillon.latency;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.carillon.topic.DestinationPattern;
import dev.carillon.topic.TopicPolicies;
import dev.carillon.topic.TopicPolicy;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * How late messages of each family reach browsers: a histogram of all that was reported,
 * and how many of late were in time. Any thread.
 */
final class Latencies {

	static final String NAME = "carillon.browser.latency";

	/** Whatever may be reported. */
	private static final DestinationPattern TOPICS = DestinationPattern.of("/topic/**");

	/** The upper bounds of the histogram; the objective is another one. */
	private static final List<Duration> BOUNDS = Stream
		.of(5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000)
		.map(Duration::ofMillis)
		.toList();

	private final Duration objective;

	private final Map<String, Family> families = new TreeMap<>();

	private record Family(Timer timer, Window window) {
	}

	Latencies(TopicPolicies policies, LatencyProperties properties, MeterRegistry registry, InstantSource clock) {
		this.objective = properties.objective();
		Duration[] bounds = Stream.concat(BOUNDS.stream(), Stream.of(this.objective))
			.distinct()
			.toArray(Duration[]::new);
		for (TopicPolicy policy : policies.reachable(TOPICS)) {
			Timer timer = Timer.builder(NAME)
				.description("From the publication of a message until a browser has it, as browsers report")
				.tag("family", policy.family())
				.serviceLevelObjectives(bounds)
				.register(registry);
			this.families.put(policy.family(), new Family(timer, new Window(properties.window(), clock)));
		}
	}

	/**
	 * Counts one message of a family of topics.
	 */
	void record(String family, Duration delay) {
		Family known = this.families.get(family);
		if (known != null) {
			known.timer().record(delay);
			known.window().add(delay.compareTo(this.objective) <= 0);
		}
	}

	/** Of each family, in the order of their names. */
	Map<String, Window.Count> counts() {
		Map<String, Window.Count> counts = new TreeMap<>();
		this.families.forEach((name, family) -> counts.put(name, family.window().count()));
		return counts;
	}

}
