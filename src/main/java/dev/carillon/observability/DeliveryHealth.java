package dev.carillon.observability;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

import dev.carillon.delivery.Delivery;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether all delivery loops turn. Down if one has not for {@link #PATIENCE}: its
 * sessions receive nothing any more, and only a restart will help.
 * <p>
 * A loop without work turns several times a second.
 */
final class DeliveryHealth implements HealthIndicator {

	static final Duration PATIENCE = Duration.ofSeconds(2);

	private final Delivery delivery;

	DeliveryHealth(Delivery delivery) {
		this.delivery = delivery;
	}

	@Override
	public Health health() {
		List<Duration> silences = this.delivery.sinceTurns();
		Duration longest = silences.stream().max(Comparator.naturalOrder()).orElse(Duration.ZERO);
		long stuck = silences.stream().filter((silence) -> silence.compareTo(PATIENCE) >= 0).count();
		return ((stuck == 0) ? Health.up() : Health.down()).withDetail("loops", silences.size())
			.withDetail("stuck", stuck)
			.withDetail("longestSinceTurn", longest.toMillis() + "ms")
			.build();
	}

}
