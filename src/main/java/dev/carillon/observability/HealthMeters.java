package dev.carillon.observability;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The status of each health contributor as a meter: 1 for the one it has, 0 for all
 * others.
 * <p>
 * A contributor is asked at most once a second, however many statuses are read, by
 * whoever reads them; it may take as long as its check takes.
 */
final class HealthMeters implements MeterBinder {

	static final String NAME = "carillon.health";

	/** Those that the service knows, worst first. */
	private static final List<String> STATUSES = List.of("down", "out-of-service", "stale", "late", "up", "unknown");

	private static final Duration LIFE = Duration.ofSeconds(1);

	private final HealthContributors contributors;

	private final InstantSource clock;

	HealthMeters(HealthContributors contributors, InstantSource clock) {
		this.contributors = contributors;
		this.clock = clock;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.contributors.stream().forEach((entry) -> {
			if (entry.contributor() instanceof HealthIndicator indicator) {
				bind(registry, entry.name(), new Observed(indicator, this.clock));
			}
		});
	}

	private static void bind(MeterRegistry registry, String component, Observed observed) {
		for (String status : STATUSES) {
			Gauge.builder(NAME, observed, (seen) -> seen.status().equals(status) ? 1 : 0)
				.description("Whether a part of the service has a status")
				.tags("component", component, "status", status)
				.strongReference(true)
				.register(registry);
		}
	}

	/** A contributor with what it said last. */
	private static final class Observed {

		private record Said(long at, String status) {
		}

		private final HealthIndicator indicator;

		private final InstantSource clock;

		private volatile @Nullable Said last;

		private Observed(HealthIndicator indicator, InstantSource clock) {
			this.indicator = indicator;
			this.clock = clock;
		}

		private String status() {
			long now = this.clock.millis();
			Said said = this.last;
			if (said == null || Math.abs(now - said.at()) >= LIFE.toMillis()) {
				said = new Said(now, text(this.indicator.health()));
				this.last = said;
			}
			return said.status();
		}

		private static String text(@Nullable Health health) {
			String code = (health != null) ? health.getStatus().getCode() : "";
			String text = code.toLowerCase(Locale.ROOT).replace('_', '-');
			return STATUSES.contains(text) ? text : "unknown";
		}

	}

}
