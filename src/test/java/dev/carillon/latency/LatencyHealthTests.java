package dev.carillon.latency;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LatencyHealthTests {

	private final Stage stage = new Stage();

	@Test
	void healthWhenTooFewWereReportedThenUnknown() {
		assertThat(this.stage.health().getStatus()).isEqualTo(Status.UNKNOWN);
		this.stage.report(3, 5_000);
		assertThat(this.stage.health().getStatus()).isEqualTo(Status.UNKNOWN);
		this.stage.report(1, 5_000);
		assertThat(this.stage.health().getStatus()).isEqualTo(LatencyHealth.LATE);
	}

	@Test
	void healthWhenTheShareIsMetThenUpAndElseLate() {
		this.stage.report(9, 100);
		this.stage.report(1, 100.1);
		assertThat(this.stage.health().getStatus()).isEqualTo(Status.UP);
		this.stage.report(1, 100.1);
		assertThat(this.stage.health().getStatus()).isEqualTo(LatencyHealth.LATE);
		assertThat(this.stage.health().getDetails()).containsEntry("objective", "90.00% within 100ms")
			.containsEntry("window", "10s")
			.containsEntry("families", Map.of("news", Map.of("reported", 11L, "inTime", "81.81%")));
	}

	@Test
	void healthWhenTheWindowIsOverThenForgotten() {
		this.stage.report(4, 5_000);
		this.stage.clock.advance(Duration.ofSeconds(9));
		assertThat(this.stage.health().getStatus()).isEqualTo(LatencyHealth.LATE);
		this.stage.clock.advance(Duration.ofSeconds(1));
		assertThat(this.stage.health().getStatus()).isEqualTo(Status.UNKNOWN);
		assertThat(this.stage.timer("news").count()).isEqualTo(4);
	}

	@ParameterizedTest
	@CsvSource({ "0s, 0.9, 1m, 1, objective", "11m, 0.9, 1m, 1, objective", "1s, 0, 1m, 1, share",
			"1s, 1.01, 1m, 1, share", "1s, NaN, 1m, 1, share", "1s, 0.9, 9s, 1, window", "1s, 0.9, 25h, 1, window",
			"1s, 0.9, 1m, 0, minimum" })
	void propertiesWhenImpossibleThenRefusedWithTheKey(String objective, double share, String window, int minimum,
			String key) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new LatencyProperties(true, duration(objective), share, duration(window), minimum))
			.withMessageStartingWith("carillon.latency." + key);
	}

	private static Duration duration(String text) {
		return Duration.parse("PT" + text);
	}

}
