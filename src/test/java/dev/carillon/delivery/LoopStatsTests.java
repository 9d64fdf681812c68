package dev.carillon.delivery;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoopStatsTests {

	private static final String A = "/topic/a.1";

	private static final String B = "/queue/b";

	private final Stage stage = new Stage("a.pattern=/topic/a.*", "a.wildcards=true", "a.log.entries=10", "a.slow=drop",
			"b.pattern=/queue/b", "b.subscribe=anyone");

	private final LoopStats stats = this.stage.loop().stats();

	private FamilyStats of(String destination) {
		return this.stats.of(this.stage.topic(destination).policy());
	}

	private static long count(Histogram histogram) {
		long count = 0;
		for (int i = 0; i < histogram.size(); i++) {
			count += histogram.count(i);
		}
		return count;
	}

	@Test
	void subscriptionsWhenTheyComeAndGoThenThoseAtPresent() {
		Client client = this.stage.client();
		this.stage.topic("/topic/a.2");
		client.subscribe("1", A);
		client.subscribe("2", "/topic/a.*");
		client.subscribe("3", B);
		assertThat(of(A).subscriptions().get()).isEqualTo(3);
		assertThat(of(B).subscriptions().get()).isOne();
		client.session.unsubscribe("2", (_) -> {
		});
		this.stage.settle();
		assertThat(of(A).subscriptions().get()).isOne();
		client.session.close(CloseCode.NORMAL);
		this.stage.settle();
		assertThat(of(A).subscriptions().get()).isZero();
		assertThat(of(B).subscriptions().get()).isZero();
	}

	@Test
	void latencyWhenDeliveredLateThenTimeSinceAppend() {
		this.stage.client().subscribe("1", A);
		this.stage.publish(A, "x");
		this.stage.clock.advance(Duration.ofMillis(7));
		this.stage.settle();
		assertThat(of(A).messages().get()).isOne();
		assertThat(of(A).latency().sum()).isEqualTo(7);
		assertThat(of(A).latency().count(3)).isOne();
	}

	@Test
	void latencyWhenSeveralLeaveTogetherThenEachCountsWithTheOldest() {
		this.stage.client().subscribe("1", A);
		this.stage.publish(A, "x");
		this.stage.clock.advance(Duration.ofMillis(4));
		this.stage.publish(A, "y");
		this.stage.clock.advance(Duration.ofMillis(1));
		this.stage.settle();
		assertThat(of(A).latency().sum()).isEqualTo(10);
		assertThat(count(of(A).latency())).isEqualTo(2);
	}

	@Test
	void latencyWhenPublishedBeforeTheSubscriptionThenDoesNotCount() {
		this.stage.publish(A, 1, 3);
		this.stage.clock.advance(Duration.ofMinutes(1));
		this.stage.client().subscribe("1", A, Client.replay(3));
		assertThat(of(A).messages().get()).isEqualTo(3);
		assertThat(count(of(A).latency())).isZero();
		this.stage.publish(A, "x");
		this.stage.settle();
		assertThat(count(of(A).latency())).isOne();
		assertThat(of(A).latency().sum()).isZero();
	}

	@Test
	void latencyWhenAWorkQueueWaitsForItsConsumerThenCounts() {
		this.stage.publish(B, "x");
		this.stage.clock.advance(Duration.ofMillis(30));
		this.stage.client().subscribe("1", B);
		this.stage.settle();
		assertThat(of(B).messages().get()).isOne();
		assertThat(of(B).latency().sum()).isEqualTo(30);
	}

	@Test
	void missedWhenACursorJumpsThenByFamily() {
		Client client = this.stage.client().subscribe("1", A);
		client.sink.stall();
		this.stage.publish(A, "x");
		this.stage.settle();
		this.stage.publish(A, 2, 20);
		this.stage.settle();
		client.sink.flow();
		this.stage.settle();
		assertThat(of(A).missed().get()).isEqualTo(9);
		assertThat(of(A).messages().get()).isEqualTo(11);
	}

	@Test
	void flushSizeWhenWrittenThenBytesOfEachWrite() {
		Client client = this.stage.client().subscribe("1", A);
		this.stage.publish(A, "x");
		this.stage.settle();
		long bytes = client.sink.writes()
			.stream()
			.flatMap((write) -> write.stream())
			.mapToLong((frame) -> frame.bytes().length)
			.sum();
		assertThat(this.stats.flushSize().sum()).isEqualTo(bytes);
		assertThat(count(this.stats.flushSize())).isEqualTo(client.sink.writes().size());
	}

	@Test
	void lagWhenTheLoopComesLateThenItsPeakForAWhile() {
		this.stage.clock.advance(DeliveryLoop.SWEEP.plusMillis(50));
		this.stage.settle();
		assertThat(this.stats.lag().get()).isEqualTo(50_000_000);
		for (int i = 0; i < 2; i++) {
			assertThat(this.stats.lag().get()).isPositive();
			for (int sweep = 0; sweep < 151; sweep++) {
				this.stage.clock.advance(DeliveryLoop.SWEEP);
				this.stage.settle();
			}
		}
		assertThat(this.stats.lag().get()).isZero();
	}

	@Test
	void turnsWhenTheLoopTurnsThenCountedAndTheLastOneIsKnown() {
		long turns = this.stats.turns().get();
		this.stage.loop().turn();
		assertThat(this.stats.turns().get()).isEqualTo(turns + 1);
		assertThat(this.stage.loop().sinceTurn()).isZero();
		this.stage.clock.advance(Duration.ofSeconds(3));
		assertThat(this.stage.loop().sinceTurn()).isEqualTo(Duration.ofSeconds(3));
		this.stage.loop().turn();
		assertThat(this.stage.loop().sinceTurn()).isZero();
	}

	@Test
	void turnTimeWhenATaskTakesLongThenSumAndLongest() {
		long before = this.stats.turnTime().get();
		this.stage.loop().post(new Command.Task(() -> this.stage.clock.advance(Duration.ofMillis(12))));
		this.stage.settle();
		assertThat(this.stats.turnTime().get() - before).isEqualTo(12_000_000);
		assertThat(this.stats.longestTurn().get()).isEqualTo(12_000_000);
	}

}
