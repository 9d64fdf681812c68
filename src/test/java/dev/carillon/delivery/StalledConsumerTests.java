package dev.carillon.delivery;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import dev.carillon.support.TextEncoder;
import dev.carillon.topic.DestinationPattern;
import dev.carillon.topic.Entry;
import dev.carillon.topic.Topic;
import dev.carillon.topic.TopicLog;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Invariant I4: a consumer that stops reading costs bounded memory and delays nobody. */
class StalledConsumerTests {

	private static final String A = "/topic/a";

	private static final long WRITE = 64 * 1024 + Flush.SHARE + 2_000;

	private final Stage stage = new Stage("t.pattern=/topic/{name}", "t.log.entries=100");

	private final Client stalled = this.stage.client();

	private final Client quick = this.stage.client();

	private void stall() {
		this.stalled.sink.stall();
		this.stalled.session.send(TextEncoder.control("in flight"));
		this.stage.settle();
	}

	@Test
	void publishWhenAConsumerStallsThenEntriesThatLeftTheLogAreCollected() {
		this.stalled.subscribe("1", A);
		this.quick.subscribe("1", A);
		stall();
		TopicLog log = this.stage.topic(A).log();
		List<WeakReference<Entry>> gone = new ArrayList<>();
		for (int i = 1; i <= 1_000; i++) {
			this.stage.publish(A, "x".repeat(1_000));
			this.stage.settle();
			if (i <= 900) {
				gone.add(new WeakReference<>(log.read(log.head())));
			}
			assertThat(this.stalled.sink.held()).isLessThan(WRITE);
		}
		assertThat(log.tail()).isEqualTo(901);
		await().untilAsserted(() -> {
			System.gc();
			assertThat(gone).allMatch((entry) -> entry.get() == null);
		});
		assertThat(this.quick.bodies()).hasSize(1_000);
	}

	@Test
	void flowWhenAConsumerWasStalledThenOneWriteIsBounded() {
		this.stalled.subscribe("1", A).subscribe("2", "/topic/b");
		stall();
		for (int i = 0; i < 100; i++) {
			this.stage.publish(A, "x".repeat(1_000));
			this.stage.publish("/topic/b", "x".repeat(1_000));
		}
		this.stage.settle();
		for (int i = 0; i < 10; i++) {
			this.stalled.sink.step();
			this.stage.settle();
			assertThat(this.stalled.sink.held()).isLessThan(WRITE);
		}
		assertThat(this.stalled.bodies()).hasSize(200);
	}

	@Test
	void unsubscribeWhenAConsumerStallsThenNothingOfTheSubscriptionIsHeld() {
		this.stage.publish(A, "1");
		stall();
		List<WeakReference<Predicate<Topic>>> subscriptions = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			String id = "s" + i;
			Predicate<Topic> permitted = (topic) -> !topic.toString().equals(id);
			subscriptions.add(new WeakReference<>(permitted));
			this.stalled.session.subscribe(
					new SubscribeRequest(id, new SubscribeRequest.Many(DestinationPattern.of("/topic/*"), permitted),
							new TextEncoder("1"), AckMode.AUTO, 1, false, 1, null),
					(placement, refusal) -> {
					});
			this.stage.settle();
			this.stalled.session.unsubscribe(id, (ended) -> {
			});
			this.stage.settle();
		}
		await().untilAsserted(() -> {
			System.gc();
			assertThat(subscriptions).allMatch((subscription) -> subscription.get() == null);
		});
		assertThat(this.stalled.sink.isOver()).isFalse();
	}

	@Test
	void publishWhenAConsumerStallsThenAnotherIsServedInTheSameTurn() {
		this.stalled.subscribe("1", A);
		this.quick.subscribe("1", A);
		stall();
		for (int i = 1; i <= 200; i++) {
			this.stage.publish(A, i, i);
			this.stage.loop().turn();
			assertThat(this.quick.bodies()).hasSize(i);
		}
	}

}
