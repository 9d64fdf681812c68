package dev.carillon.delivery;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import dev.carillon.support.Delivered;
import dev.carillon.support.TextEncoder;
import dev.carillon.topic.Destination;
import dev.carillon.topic.Position;
import dev.carillon.topic.Publication;
import dev.carillon.topic.Refusal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WorkQueueTests {

	private static final String JOBS = "/queue/jobs";

	private final Stage stage = new Stage("q.pattern=/queue/{name}", "q.log.entries=10", "q.log.keep=1m");

	private final Client a = this.stage.client(0);

	private final Client b = this.stage.client(1);

	private static Client.Option individual(int window) {
		return Client.ack(AckMode.CLIENT_INDIVIDUAL, window);
	}

	@Test
	void publishWhenTwoConsumersThenInTurn() {
		this.a.subscribe("1", JOBS, individual(10));
		this.b.subscribe("1", JOBS, individual(10));
		this.stage.publish(JOBS, 1, 6);
		this.stage.settle();
		assertThat(this.a.bodies()).containsExactly("1", "3", "5");
		assertThat(this.b.bodies()).containsExactly("2", "4", "6");
	}

	@Test
	void publishWhenNobodyConsumesThenKeptForTheFirstWhoComes() {
		this.stage.publish(JOBS, 1, 3);
		this.a.subscribe("1", JOBS, individual(10));
		assertThat(this.a.bodies()).containsExactly("1", "2", "3");
	}

	@Test
	void publishWhenTheQueueIsFullThenRefusedUntilTaken() {
		this.stage.publish(JOBS, 1, 10);
		CompletableFuture<Position> refused = this.stage.topics.publish(Destination.of(JOBS), Publication.text("11"))
			.toCompletableFuture();
		assertThat(Refusal.of(refused.exceptionNow()).code()).isEqualTo(Refusal.Code.QUEUE_FULL);
		this.a.subscribe("1", JOBS, individual(2));
		this.stage.publish(JOBS, 11, 12);
		this.stage.settle();
		for (int i = 0; i < 12; i++) {
			assertThat(this.a.ack("1", this.a.position(i))).isTrue();
		}
		assertThat(this.a.bodies()).containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12");
	}

	@Test
	void ackWhenWindowIsFullThenTheNextArrives() {
		this.a.subscribe("1", JOBS, individual(2));
		this.stage.publish(JOBS, 1, 5);
		this.stage.settle();
		assertThat(this.a.bodies()).containsExactly("1", "2");
		assertThat(this.a.ack("1", this.a.position(1))).isTrue();
		assertThat(this.a.bodies()).containsExactly("1", "2", "3");
		assertThat(this.a.ack("1", this.a.position(1))).isFalse();
	}

	@Test
	void ackWhenModeIsClientThenAllBeforeAreSettled() {
		this.a.subscribe("1", JOBS, Client.ack(AckMode.CLIENT, 3));
		this.stage.publish(JOBS, 1, 7);
		this.stage.settle();
		assertThat(this.a.ack("1", this.a.position(2))).isTrue();
		assertThat(this.a.bodies()).hasSize(6);
		assertThat(this.a.ack("1", this.a.position(0))).isFalse();
	}

	@Test
	void publishWhenModeIsAutoThenSettledWithTheWrite() {
		this.a.subscribe("1", JOBS);
		this.a.sink.stall();
		for (int i = 1; i <= 100; i++) {
			this.stage.topics.publish(Destination.of(JOBS), Publication.text("" + i));
			this.stage.settle();
		}
		assertThat(this.a.bodies()).hasSize(1);
		assertThat(this.stage.topic(JOBS).log().head())
			.as("those in the window of %d, and those in the log", QueueSubscription.AUTO_WINDOW)
			.isEqualTo(QueueSubscription.AUTO_WINDOW + 10);
		this.a.sink.flow();
		this.stage.settle();
		assertThat(this.a.bodies()).hasSize(QueueSubscription.AUTO_WINDOW + 10).doesNotHaveDuplicates();
		assertThat(this.a.sink.messages()).noneMatch(Delivered::redelivered);
	}

	@Test
	void nackWhenAnotherConsumesThenItGetsTheMessageMarkedAsRedelivered() {
		this.a.subscribe("1", JOBS, individual(10));
		this.b.subscribe("1", JOBS, individual(10));
		this.stage.publish(JOBS, "1");
		this.stage.settle();
		assertThat(this.a.nack("1", this.a.position(0))).isTrue();
		assertThat(this.a.bodies()).containsExactly("1");
		assertThat(this.b.sink.messages()).singleElement().matches(Delivered::redelivered);
		assertThat(this.a.ack("1", this.a.position(0))).as("not its any more").isFalse();
		assertThat(this.b.ack("1", this.b.position(0))).isTrue();
	}

	@Test
	void nackWhenAloneThenItComesAgainBeforeNewerOnes() {
		this.a.subscribe("1", JOBS, individual(1));
		this.stage.publish(JOBS, 1, 2);
		this.stage.settle();
		this.a.nack("1", this.a.position(0));
		assertThat(this.a.bodies()).containsExactly("1", "1");
		assertThat(this.a.sink.messages()).extracting(Delivered::redelivered).containsExactly(false, true);
		this.a.ack("1", this.a.position(1));
		assertThat(this.a.bodies()).containsExactly("1", "1", "2");
	}

	@Test
	void nackWhenTheOtherIsFullThenItWaitsForTheOther() {
		this.a.subscribe("1", JOBS, individual(2));
		this.b.subscribe("1", JOBS, individual(1));
		this.stage.publish(JOBS, 1, 2);
		this.stage.settle();
		this.a.nack("1", this.a.position(0));
		assertThat(this.a.bodies()).containsExactly("1");
		this.stage.publish(JOBS, 3, 3);
		this.stage.settle();
		assertThat(this.a.bodies()).as("others go on").containsExactly("1", "3");
		this.b.ack("1", this.b.position(0));
		assertThat(this.b.bodies()).containsExactly("2", "1");
	}

	@Test
	void leaveWhenUnsettledThenTheOtherGetsThemInOrder() {
		this.a.subscribe("1", JOBS, individual(10));
		this.stage.publish(JOBS, 1, 3);
		this.stage.settle();
		this.a.ack("1", this.a.position(1));
		this.b.subscribe("1", JOBS, individual(10));
		this.a.session.transportClosed(CloseCode.GOING_AWAY);
		this.stage.settle();
		assertThat(this.b.bodies()).containsExactly("1", "3");
		assertThat(this.b.sink.messages()).allMatch(Delivered::redelivered);
	}

	@Test
	void leaveWhenTheLastGoesThenTheMessagesWaitForTheNext() {
		this.a.subscribe("1", JOBS, individual(10));
		this.stage.publish(JOBS, 1, 2);
		this.stage.settle();
		this.a.unsubscribe("1");
		this.stage.clock.advance(Duration.ofDays(1));
		this.stage.topics.sweep();
		this.b.subscribe("1", JOBS, individual(10));
		assertThat(this.b.bodies()).containsExactly("1", "2");
	}

	@Test
	void leaveWhenNotYetWrittenThenTheOtherGetsThem() {
		this.a.subscribe("1", JOBS, individual(10));
		this.a.sink.stall();
		this.stage.publish(JOBS, "1");
		this.stage.settle();
		this.stage.publish(JOBS, "2");
		this.stage.settle();
		this.b.subscribe("1", JOBS, individual(10));
		this.a.sink.fail(new IOException("reset"));
		this.stage.settle();
		assertThat(this.a.sink.aborted()).isEqualTo(CloseCode.GOING_AWAY);
		assertThat(this.b.bodies()).containsExactly("1", "2");
	}

	@Test
	void leaveWhenNothingIsHeldThenTheQueueIsForgottenAndLaterEvicted() {
		this.a.subscribe("1", JOBS, individual(10));
		this.stage.publish(JOBS, "1");
		this.stage.settle();
		this.a.ack("1", this.a.position(0));
		this.a.unsubscribe("1");
		this.stage.clock.advance(Duration.ofMinutes(2));
		this.stage.topics.sweep();
		assertThat(this.stage.topics.all()).isEmpty();
		this.b.subscribe("1", JOBS, individual(10));
		this.stage.publish(JOBS, "2");
		this.stage.settle();
		assertThat(this.b.bodies()).containsExactly("2");
	}

	@Test
	void leaveWhenAnotherIsAboutToJoinThenTheQueueIsNotForgotten() {
		this.a.subscribe("1", JOBS, individual(10));
		this.a.session.unsubscribe("1", (ended) -> {
		});
		this.b.begin("1", JOBS, individual(10));
		this.stage.publish(JOBS, "1");
		this.stage.settle();
		assertThat(this.b.bodies()).containsExactly("1");
	}

	@Test
	void subscribeWhenPlacedThenTheHeadOfTheQueue() {
		this.stage.publish(JOBS, 1, 3);
		this.a.subscribe("1", JOBS, individual(1));
		assertThat(this.a.placements.get("1").positions()).containsExactly(this.stage.topic(JOBS).head());
		assertThat(this.a.sink.lines().getFirst()).isEqualTo("C|receipt 1");
	}

	@Test
	void publishWhenOneConsumerStallsThenTheOtherGoesOn() {
		this.a.subscribe("1", JOBS, individual(2));
		this.b.subscribe("1", JOBS);
		this.a.sink.stall();
		for (int i = 1; i <= 50; i++) {
			this.stage.publish(JOBS, i, i);
			this.stage.settle();
		}
		assertThat(this.b.bodies()).hasSizeGreaterThanOrEqualTo(48);
	}

	@Test
	void unsubscribeWhenItWaitsForAWriteThenTheOtherGetsTheMessages() {
		this.a.subscribe("1", JOBS, individual(10));
		this.a.sink.stall();
		this.a.session.send(TextEncoder.control("x"));
		this.stage.settle();
		this.stage.publish(JOBS, 1, 2);
		this.stage.settle();
		this.a.unsubscribe("1");
		this.b.subscribe("1", JOBS, individual(10));
		this.a.sink.flow();
		this.stage.settle();
		assertThat(this.a.bodies()).isEmpty();
		assertThat(this.b.bodies()).containsExactly("1", "2");
	}

}
