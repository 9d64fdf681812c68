package dev.carillon.topic;

import java.time.Duration;
import java.util.SplittableRandom;

import dev.carillon.support.FakeClock;
import dev.carillon.support.Policies;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class TrafficTests {

	private static final Destination A = Destination.of("/topic/a");

	private static final Destination Q = Destination.of("/queue/q");

	private final FakeClock clock = new FakeClock();

	private final Topics topics = new Topics(
			Policies.of("a.pattern=/topic/a", "a.log.keep=10m", "q.pattern=/queue/q", "q.log.entries=1"),
			new MemoryLogs(this.clock, new SplittableRandom(1)), this.clock);

	private Traffic of(Destination destination) {
		return this.topics.traffic(this.topics.policies().require(destination));
	}

	private void publish(Destination destination, int times) {
		for (int i = 0; i < times; i++) {
			this.topics.publish(destination, Publication.text("x"));
		}
	}

	@Test
	void publishedWhenAppendedThenCounts() {
		publish(A, 3);
		publish(Q, 1);
		assertThat(of(A).published()).isEqualTo(3);
		assertThat(of(Q).published()).isOne();
	}

	@Test
	void publishedWhenTheLogRefusesThenDoesNotCount() {
		publish(Q, 2);
		assertThat(of(Q).published()).isOne();
	}

	@Test
	void evictedWhenNobodyUsesATopicThenCountsOnce() {
		publish(A, 1);
		this.clock.advance(Duration.ofMinutes(11));
		this.topics.sweep();
		this.topics.sweep();
		assertThat(this.topics.find(A)).isEmpty();
		assertThat(of(A).evicted()).isOne();
	}

	@Test
	void rateWhenTheTopicIsYoungThenSinceItWasOpened() {
		publish(A, 20);
		this.clock.advance(Duration.ofSeconds(10));
		assertThat(rate()).isEqualTo(2);
	}

	@Test
	void rateWhenJustOpenedThenNotAboveWhatCameInASecond() {
		publish(A, 5);
		assertThat(rate()).isEqualTo(5);
	}

	@Test
	void rateWhenTheTopicIsOldThenOfTheLastWhile() {
		for (int second = 0; second < 300; second++) {
			publish(A, 10);
			this.clock.advance(Duration.ofSeconds(1));
			this.topics.sweep();
		}
		assertThat(rate()).isCloseTo(10, within(0.5));
		for (int second = 0; second < 61; second++) {
			this.clock.advance(Duration.ofSeconds(1));
			this.topics.sweep();
		}
		assertThat(rate()).isZero();
	}

	private double rate() {
		return this.topics.open(A).rate(this.clock.millis());
	}

}
