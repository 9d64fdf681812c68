package dev.carillon.observability;

import java.time.Duration;
import java.util.SplittableRandom;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.DeliveryProperties;
import dev.carillon.support.FakeClock;
import dev.carillon.support.Policies;
import dev.carillon.topic.MemoryLogs;
import dev.carillon.topic.Topics;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class DeliveryHealthTests {

	private final FakeClock clock = new FakeClock();

	/** Its loops do not turn, because nobody starts them. */
	private final Delivery delivery = new Delivery(
			new Topics(Policies.of("a.pattern=/topic/a"), new MemoryLogs(this.clock, new SplittableRandom(1)),
					this.clock),
			new DeliveryProperties(3, DataSize.ofKilobytes(64), DataSize.ofMegabytes(1), Duration.ofSeconds(90)),
			this.clock, new SplittableRandom(1));

	private final DeliveryHealth health = new DeliveryHealth(this.delivery);

	@Test
	void healthWhenLoopsHaveJustTurnedThenUp() {
		this.clock.advance(Duration.ofMillis(1_999));
		assertThat(this.health.health().getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void healthWhenALoopHasNotTurnedForTwoSecondsThenDown() {
		this.clock.advance(Duration.ofSeconds(2));
		Health down = this.health.health();
		assertThat(down.getStatus()).isEqualTo(Status.DOWN);
		assertThat(down.getDetails()).containsEntry("loops", 3)
			.containsEntry("stuck", 3L)
			.containsEntry("longestSinceTurn", "2000ms");
	}

}
