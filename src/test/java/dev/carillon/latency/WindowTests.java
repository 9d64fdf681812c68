package dev.carillon.latency;

import java.time.Duration;

import dev.carillon.support.FakeClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WindowTests {

	private final FakeClock clock = new FakeClock();

	private final Window window = new Window(Duration.ofMinutes(5), this.clock);

	@Test
	void countWhenNothingCameThenNothingAndAllOfItInTime() {
		assertThat(this.window.count()).isEqualTo(new Window.Count(0, 0));
		assertThat(this.window.count().share()).isOne();
	}

	@Test
	void countWhenSomeWereLateThenTheirShare() {
		this.window.add(true);
		this.window.add(true);
		this.window.add(true);
		this.window.add(false);
		assertThat(this.window.count()).isEqualTo(new Window.Count(4, 3));
		assertThat(this.window.count().share()).isEqualTo(0.75);
	}

	@Test
	void countWhenTimeGoesByThenForgottenInSteps() {
		this.window.add(false);
		this.clock.advance(Duration.ofMinutes(2));
		this.window.add(true);
		this.clock.advance(Duration.ofSeconds(150));
		assertThat(this.window.count()).isEqualTo(new Window.Count(2, 1));
		this.clock.advance(Duration.ofSeconds(30));
		assertThat(this.window.count()).isEqualTo(new Window.Count(1, 1));
		this.clock.advance(Duration.ofMinutes(2));
		assertThat(this.window.count()).isEqualTo(new Window.Count(0, 0));
	}

	@Test
	void countWhenNobodyAskedForDaysThenNothingOfOldIsLeft() {
		this.window.add(false);
		this.clock.advance(Duration.ofDays(3));
		this.window.add(true);
		assertThat(this.window.count()).isEqualTo(new Window.Count(1, 1));
	}

	@Test
	void countWhenTheClockIsSetBackThenBeginsAnew() {
		this.clock.advance(Duration.ofHours(2));
		this.window.add(false);
		this.clock.set("2026-01-01T01:00:00Z");
		this.window.add(true);
		assertThat(this.window.count()).isEqualTo(new Window.Count(1, 1));
		this.clock.advance(Duration.ofMinutes(5));
		assertThat(this.window.count()).isEqualTo(new Window.Count(0, 0));
	}

}
