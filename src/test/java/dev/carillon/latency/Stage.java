package dev.carillon.latency;

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.List;

import dev.carillon.security.DestinationRules;
import dev.carillon.support.FakeClock;
import dev.carillon.support.Policies;
import dev.carillon.topic.TopicPolicies;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.boot.health.contributor.Health;
import org.springframework.security.authentication.TestingAuthenticationToken;

/**
 * Reports with all that counts them: 90 % of at least 4 messages within 100 ms, over 10
 * s.
 */
final class Stage {

	static final Principal ALICE = new TestingAuthenticationToken("alice", "");

	final FakeClock clock = new FakeClock();

	final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final TopicPolicies policies = Policies.of("news.pattern=/topic/news.{x}", "news.subscribe=anyone",
			"staff.pattern=/topic/staff.{x}", "staff.subscribe=role:STAFF", "letters.pattern=/user/{name}/queue/**",
			"letters.subscribe=user:{name}", "work.pattern=/queue/**", "work.subscribe=anyone");

	private final LatencyProperties properties = new LatencyProperties(true, Duration.ofMillis(100), 0.9,
			Duration.ofSeconds(10), 4);

	private final Latencies latencies = new Latencies(this.policies, this.properties, this.registry, this.clock);

	private final Reports reports = new Reports(new DestinationRules(this.policies, List.of()), this.latencies);

	private final LatencyHealth health = new LatencyHealth(this.latencies, this.properties);

	void report(String json) {
		this.reports.take(json.getBytes(StandardCharsets.UTF_8), ALICE);
	}

	/** Reports messages of {@code /topic/news.a}. */
	void report(int count, double millis) {
		for (int i = 0; i < count; i++) {
			report("{\"delays\":[" + delay("/topic/news.a", millis) + "]}");
		}
	}

	static String delay(String destination, double millis) {
		return "{\"destination\":\"" + destination + "\",\"millis\":" + millis + "}";
	}

	Timer timer(String family) {
		return this.registry.get(Latencies.NAME).tag("family", family).timer();
	}

	Health health() {
		return this.health.health();
	}

}
