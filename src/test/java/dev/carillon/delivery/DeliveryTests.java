package dev.carillon.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.carillon.support.FakeClock;
import dev.carillon.support.Policies;
import dev.carillon.support.RecordingSink;
import dev.carillon.support.TextEncoder;
import dev.carillon.topic.Destination;
import dev.carillon.topic.MemoryLogs;
import dev.carillon.topic.Publication;
import dev.carillon.topic.Topics;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

class DeliveryTests {

	private static final DataSize SIZE = DataSize.ofKilobytes(64);

	private final FakeClock clock = new FakeClock();

	private final Topics topics = new Topics(Policies.of("t.pattern=/topic/{name}"),
			new MemoryLogs(this.clock, new SplittableRandom(1)), this.clock);

	private Delivery delivery() {
		return new Delivery(this.topics, new DeliveryProperties(2, SIZE, SIZE, Duration.ofSeconds(90)),
				System::nanoTime);
	}

	private static SubscribeRequest request(String destination) {
		return new SubscribeRequest("1", new SubscribeRequest.One(Destination.of(destination)), new TextEncoder("1"),
				AckMode.AUTO, 1, false, null, null);
	}

	@Test
	void openWhenManyComeAtOnceThenSharedBetweenTheLoops() {
		Delivery delivery = delivery();
		List<Session> sessions = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			sessions.add(delivery.open(new RecordingSink(), "owner"));
		}
		assertThat(delivery.sessionCount()).isEqualTo(10);
		assertThat(sessions.stream().map(Session::loop).distinct()).hasSize(2);
		assertThat(sessions.stream().filter((session) -> session.loop() == sessions.getFirst().loop())).hasSize(5);
		assertThat(sessions.stream().map(Session::id)).doesNotHaveDuplicates();
	}

	@Test
	void publishWhenStartedThenDeliveredOnItsThreads() {
		try (Delivery delivery = delivery()) {
			delivery.start();
			RecordingSink sink = new RecordingSink();
			Session session = delivery.open(sink, "owner");
			session.subscribe(request("/topic/a"),
					(placement, refusal) -> session.send(TextEncoder.control("receipt")));
			await().until(() -> sink.controls().contains("receipt"));
			this.topics.publish(Destination.of("/topic/a"), Publication.text("1"));
			await().untilAsserted(() -> assertThat(sink.bodies()).containsExactly("1"));
			assertThat(delivery.sessions().join()).containsExactly(session);
			assertThat(delivery.followings().join())
				.containsExactly(new Delivery.Following(this.topics.open(Destination.of("/topic/a")), 1, 1));
			assertThat(delivery.stats().stream().mapToLong((stats) -> stats.messages().get()).sum()).isEqualTo(1);
		}
	}

	@Test
	void closeWhenSessionsAreOpenThenEachSinkAndListenerIsToldOnce() {
		List<String> closed = new CopyOnWriteArrayList<>();
		Delivery delivery = delivery();
		delivery.addListener(new DeliveryListener() {
			@Override
			public void closed(Session session, CloseCode code) {
				closed.add(session.id() + " " + code);
			}
		});
		delivery.start();
		RecordingSink idle = new RecordingSink();
		RecordingSink stalled = new RecordingSink();
		stalled.stall();
		delivery.open(idle, "owner");
		delivery.open(stalled, "owner").send(TextEncoder.control("in flight"));
		await().until(() -> stalled.held() > 0);
		delivery.close();
		delivery.close();
		assertThat(idle.closed()).isEqualTo(CloseCode.GOING_AWAY);
		assertThat(stalled.aborted()).isEqualTo(CloseCode.GOING_AWAY);
		assertThat(closed).containsExactlyInAnyOrder("1 GOING_AWAY", "2 GOING_AWAY");
		assertThat(delivery.sessionCount()).isZero();
	}

	@Test
	void createWhenPropertiesAreImpossibleThenTheMessageNamesTheKey() {
		Duration timeout = Duration.ofSeconds(1);
		DataSize huge = DataSize.ofGigabytes(3);
		assertThatIllegalArgumentException().isThrownBy(() -> new DeliveryProperties(-1, SIZE, SIZE, timeout))
			.withMessageContaining("carillon.delivery.loops");
		assertThatIllegalArgumentException().isThrownBy(() -> new DeliveryProperties(1, huge, SIZE, timeout))
			.withMessageContaining("carillon.delivery.flush-size");
		assertThatIllegalArgumentException().isThrownBy(() -> new DeliveryProperties(1, SIZE, huge, timeout))
			.withMessageContaining("carillon.delivery.control-size");
		assertThatIllegalArgumentException().isThrownBy(() -> new DeliveryProperties(1, SIZE, SIZE, Duration.ZERO))
			.withMessageContaining("carillon.delivery.write-timeout");
	}

}
