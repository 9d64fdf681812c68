package dev.carillon.observability;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.carillon.support.FakeClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.DefaultHealthContributorRegistry;

import static org.assertj.core.api.Assertions.assertThat;

class HealthMetersTests {

	private final FakeClock clock = new FakeClock();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final AtomicReference<Status> status = new AtomicReference<>(Status.UP);

	private final AtomicInteger asked = new AtomicInteger();

	HealthMetersTests() {
		DefaultHealthContributorRegistry contributors = new DefaultHealthContributorRegistry();
		HealthIndicator indicator = () -> {
			this.asked.incrementAndGet();
			return Health.status(this.status.get()).build();
		};
		contributors.registerContributor("part", indicator);
		new HealthMeters(contributors, this.clock).bindTo(this.registry);
	}

	private double value(String name) {
		return this.registry.get(HealthMeters.NAME).tags("component", "part", "status", name).gauge().value();
	}

	private void becomes(Status next) {
		this.status.set(next);
		this.clock.advance(Duration.ofSeconds(1));
	}

	@Test
	void valueWhenTheStatusChangesThenOneForIt() {
		assertThat(value("up")).isOne();
		assertThat(value("down")).isZero();
		becomes(Status.DOWN);
		assertThat(value("up")).isZero();
		assertThat(value("down")).isOne();
		becomes(Status.OUT_OF_SERVICE);
		assertThat(value("out-of-service")).isOne();
		becomes(new Status("STALE"));
		assertThat(value("stale")).isOne();
		assertThat(this.registry.get(HealthMeters.NAME).gauges()).filteredOn((gauge) -> gauge.value() == 1).hasSize(1);
	}

	@Test
	void valueWhenNobodyKnowsTheStatusThenUnknown() {
		becomes(new Status("MOODY"));
		assertThat(value("unknown")).isOne();
	}

	@Test
	void valueWhenReadOftenThenAskedOnceASecond() {
		value("up");
		value("down");
		assertThat(this.asked).hasValue(1);
		this.clock.advance(Duration.ofSeconds(1));
		value("up");
		assertThat(this.asked).hasValue(2);
	}

}
