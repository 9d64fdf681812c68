package dev.carillon.delivery;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

import dev.carillon.topic.Destination;
import dev.carillon.topic.Publication;
import dev.carillon.topic.Trace;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is followed is told of its first delivery, when it has left.
 */
class TraceTests {

	private final Stage stage = new Stage("t.pattern=/topic/{name}", "t.replay=10", "q.pattern=/queue/{name}");

	private final Client a = this.stage.client(0);

	private final Client b = this.stage.client(1);

	/** Counts what it is told. */
	private static final class Count implements Trace {

		private int delivered;

		@Override
		public void published(@Nullable Throwable failure) {
			// told by adapters
		}

		@Override
		public boolean isAwaited() {
			return this.delivered == 0;
		}

		@Override
		public void delivered() {
			this.delivered++;
		}

	}

	private Count publish(String destination) {
		Count trace = new Count();
		this.stage.topics.publish(Destination.of(destination), new Publication(Map.of(), new byte[] { 'x' }, trace))
			.toCompletableFuture()
			.join();
		return trace;
	}

	private void published(String destination, Consumer<Count> then) {
		Count trace = publish(destination);
		this.stage.settle();
		then.accept(trace);
	}

	@Test
	void publishWhenManySubscribersThenToldOfTheFirst() {
		this.a.subscribe("1", "/topic/x");
		this.b.subscribe("1", "/topic/x");
		Client slow = this.stage.client(0).subscribe("1", "/topic/x");
		slow.sink.stall();
		published("/topic/x", (trace) -> assertThat(trace.delivered).isEqualTo(1));
		slow.sink.flow();
		this.stage.settle();
		assertThat(slow.bodies()).containsExactly("x");
		published("/topic/x", (trace) -> assertThat(trace.delivered).isEqualTo(1));
	}

	@Test
	void publishWhenTheWriteIsUnderWayThenToldAtItsEnd() {
		this.a.subscribe("1", "/topic/x");
		this.a.sink.stall();
		published("/topic/x", (trace) -> {
			assertThat(this.a.bodies()).containsExactly("x");
			assertThat(trace.delivered).isZero();
			this.a.sink.flow();
			this.stage.settle();
			assertThat(trace.delivered).isEqualTo(1);
		});
	}

	@Test
	void publishWhenTheWriteFailsThenNotTold() {
		this.a.subscribe("1", "/topic/x");
		this.a.sink.stall();
		published("/topic/x", (trace) -> {
			this.a.sink.fail(new IOException("gone"));
			this.stage.settle();
			assertThat(trace.delivered).isZero();
		});
	}

	@Test
	void publishWhenSeveralLeaveInOneWriteThenEachIsTold() {
		this.a.subscribe("1", "/topic/x");
		Count first = publish("/topic/x");
		this.stage.publish("/topic/x", "followed by nothing");
		Count third = publish("/topic/x");
		this.stage.settle();
		assertThat(first.delivered).isEqualTo(1);
		assertThat(third.delivered).isEqualTo(1);
	}

	@Test
	void subscribeWhenItWasPublishedBeforeThenReplayIsNoDelivery() {
		Count early = publish("/topic/x");
		this.a.subscribe("1", "/topic/x");
		assertThat(this.a.bodies()).containsExactly("x");
		assertThat(early.delivered).isZero();
		published("/topic/x", (trace) -> assertThat(trace.delivered).isEqualTo(1));
	}

	@Test
	void publishWhenMessagesAreAcknowledgedThenTold() {
		this.a.subscribe("1", "/topic/x", Client.ack(AckMode.CLIENT, 10));
		published("/topic/x", (trace) -> assertThat(trace.delivered).isEqualTo(1));
	}

	@Test
	void publishWhenWorkQueueThenTold() {
		this.a.subscribe("1", "/queue/jobs");
		published("/queue/jobs", (trace) -> assertThat(trace.delivered).isEqualTo(1));
	}

	@Test
	void publicationWhenTheThreadHasATraceThenFollowed() {
		Count trace = new Count();
		Publication followed = ScopedValue.where(Trace.CURRENT, trace).call(() -> Publication.text("x"));
		assertThat(followed.trace()).isSameAs(trace);
		assertThat(Publication.text("x").trace()).isNull();
	}

}
