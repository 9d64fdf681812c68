package dev.carillon.observability;

import java.time.Duration;
import java.util.SplittableRandom;

import dev.carillon.support.FakeClock;
import dev.carillon.support.Policies;
import dev.carillon.topic.Destination;
import dev.carillon.topic.MemoryLogs;
import dev.carillon.topic.Publication;
import dev.carillon.topic.Topics;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CensusTests {

	private final FakeClock clock = new FakeClock();

	private final Topics topics = new Topics(Policies.of("a.pattern=/topic/a.*", "b.pattern=/topic/b"),
			new MemoryLogs(this.clock, new SplittableRandom(1)), this.clock);

	private final Census census = new Census(this.topics);

	private Census.Count of(String destination) {
		return this.census.of(this.topics.policies().require(Destination.of(destination)));
	}

	@Test
	void ofWhenSomeTopicsThenCountedByFamily() {
		this.topics.publish(Destination.of("/topic/a.1"), Publication.text("x"));
		this.topics.publish(Destination.of("/topic/a.2"), Publication.text("y"));
		long bytes = this.topics.all().stream().mapToLong((topic) -> topic.log().bytes()).sum();
		assertThat(of("/topic/a.1")).isEqualTo(new Census.Count(2, bytes));
		assertThat(of("/topic/b")).isEqualTo(new Census.Count(0, 0));
	}

	@Test
	void ofWhenAskedAgainThenCountsOnceASecond() {
		assertThat(of("/topic/b").topics()).isZero();
		this.topics.open(Destination.of("/topic/b"));
		assertThat(of("/topic/b").topics()).isZero();
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(of("/topic/b").topics()).isOne();
	}

}
