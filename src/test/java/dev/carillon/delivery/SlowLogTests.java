package dev.carillon.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import dev.carillon.support.Delivered;
import dev.carillon.support.SlowLogs;
import dev.carillon.topic.Destination;
import dev.carillon.topic.Entry;
import dev.carillon.topic.Position;
import dev.carillon.topic.Publication;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.TopicLog;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Delivery over logs that are neither local nor instant, and sometimes fail. */
class SlowLogTests {

	private static final String A = "/topic/a";

	private final Deque<Runnable> appends = new ArrayDeque<>();

	private SlowLogs logs;

	private final Stage stage = new Stage(
			(memory) -> this.logs = new SlowLogs(memory, this.appends::add,
					(publication) -> new String(publication.body()).startsWith("!")),
			"t.pattern=/topic/{name}", "t.wildcards=true", "q.pattern=/queue/{name}");

	private final Client client = this.stage.client();

	/** Publishes, and lets the log do it. */
	private CompletableFuture<Position> publish(String destination, String body) {
		CompletableFuture<Position> published = later(destination, body);
		append();
		return published;
	}

	private CompletableFuture<Position> later(String destination, String body) {
		return this.stage.topics.publish(Destination.of(destination), Publication.text(body)).toCompletableFuture();
	}

	private void append() {
		while (!this.appends.isEmpty()) {
			this.appends.remove().run();
		}
	}

	@Test
	void publishWhenTheAppendIsSlowThenDeliveredOnceItIsDone() {
		this.client.subscribe("1", A);
		CompletableFuture<Position> published = later(A, "1");
		this.stage.settle();
		assertThat(published).isNotDone();
		assertThat(this.client.bodies()).isEmpty();
		append();
		this.stage.settle();
		assertThat(published.join().offset()).isEqualTo(1);
		assertThat(this.client.bodies()).containsExactly("1");
	}

	@Test
	void publishWhenAnAppendFailsThenThePublisherKnowsAndNobodyMissesAnything() {
		this.client.subscribe("1", A);
		CompletableFuture<Position> first = later(A, "1");
		CompletableFuture<Position> failed = later(A, "!");
		CompletableFuture<Position> last = later(A, "2");
		append();
		this.stage.settle();
		assertThat(first.join().offset()).isEqualTo(1);
		assertThat(failed).isCompletedExceptionally();
		assertThat(last.join().offset()).isEqualTo(2);
		assertThat(this.client.bodies()).containsExactly("1", "2");
		assertThat(this.client.sink.messages()).extracting(Delivered::missed).containsOnly("");
	}

	@Test
	void publishWhenTheAppendIsAskedForBeforeTheReceiptAndDoneAfterThenDelivered() {
		later(A, "1");
		this.client.subscribe("1", A);
		append();
		this.stage.settle();
		assertThat(this.client.bodies()).containsExactly("1");
	}

	@Test
	void publishWhenAQueueIsSlowThenItsConsumersReceive() {
		this.client.subscribe("1", "/queue/jobs");
		later("/queue/jobs", "1");
		later("/queue/jobs", "!");
		later("/queue/jobs", "2");
		this.stage.settle();
		append();
		this.stage.settle();
		assertThat(this.client.bodies()).containsExactly("1", "2");
	}

	@Test
	void subscribeWhenTheLogIsNotReadyThenPlacedWhenItIs() {
		this.logs.holdReady();
		this.client.begin("1", A);
		this.stage.settle();
		assertThat(this.client.placements).isEmpty();
		this.logs.ready();
		this.stage.settle();
		assertThat(this.client.placements).containsKey("1");
		publish(A, "1");
		this.stage.settle();
		assertThat(this.client.bodies()).containsExactly("1");
	}

	@Test
	void subscribeWhenAWildcardReachesALogThatIsNotReadyThenPlacedWhenItIs() {
		this.logs.holdReady();
		this.stage.topic(A);
		this.client.begin("1", "/topic/*");
		this.stage.settle();
		assertThat(this.client.placements).isEmpty();
		this.logs.ready();
		this.stage.settle();
		publish(A, "1");
		this.stage.settle();
		assertThat(this.client.bodies()).containsExactly("1");
	}

	@Test
	void subscribeWhenATopicAppearsAndIsReadyLaterThenNothingOfItIsLost() {
		this.client.subscribe("1", "/topic/*");
		this.logs.holdReady();
		publish(A, "1");
		this.stage.settle();
		assertThat(this.client.bodies()).isEmpty();
		this.logs.ready();
		this.stage.settle();
		publish(A, "2");
		this.stage.settle();
		assertThat(this.client.bodies()).containsExactly("1", "2");
	}

	@Test
	void subscribeWhenATopicAppearsAndCannotBeReadThenTheSessionIsClosed() {
		this.client.subscribe("1", "/topic/*");
		this.logs.holdReady();
		this.stage.topic(A);
		this.stage.settle();
		this.logs.fail(new IllegalStateException("gone"));
		this.stage.settle();
		assertThat(this.client.sink.closed()).isEqualTo(CloseCode.SERVER_ERROR);
	}

	@Test
	void subscribeWhenTheLogCannotBeReadThenRefused() {
		this.logs.holdReady();
		this.client.begin("1", A);
		this.client.begin("2", "/topic/*");
		this.logs.fail(new IllegalStateException("gone"));
		this.stage.settle();
		assertThat(this.client.refusals).extracting(Refusal::code)
			.containsExactly(Refusal.Code.UNAVAILABLE, Refusal.Code.UNAVAILABLE);
		assertThat(this.client.refusals).extracting(Refusal::reason).noneMatch((reason) -> reason.contains("gone"));
	}

	@Test
	void unsubscribeWhenTheLogIsNotReadyThenItHappensAfterTheSubscribe() {
		this.logs.holdReady();
		this.client.begin("1", A);
		this.client.unsubscribe("1");
		this.client.begin("1", A);
		this.stage.settle();
		assertThat(this.client.refusals).extracting(Refusal::code).containsExactly(Refusal.Code.CONFLICT);
		this.logs.ready();
		this.stage.settle();
		publish(A, "1");
		this.stage.settle();
		assertThat(this.client.answers).containsExactly(true);
		assertThat(this.client.placements).containsKey("1");
		assertThat(this.client.bodies()).isEmpty();
	}

	@Test
	void closeWhenTheLogIsNotReadyThenNothingIsPlaced() {
		this.logs.holdReady();
		this.client.begin("1", A);
		this.client.session.close(CloseCode.NORMAL);
		this.stage.settle();
		this.logs.ready();
		this.stage.settle();
		assertThat(this.client.placements).isEmpty();
		assertThat(this.stage.ask(DeliveryLoop::followings)).isEmpty();
	}

	@Test
	void readWhenTheLogCannotSayThenTheLoopRestsUntilThereIsNews() {
		Stage stage = new Stage(
				(logs) -> (destination, policy, news) -> new Forgetful(logs.create(destination, policy, news)),
				"a.pattern=/topic/a");
		Client client = stage.client();
		client.subscribe("1", A);
		stage.publish(A, "1");
		stage.settle();
		assertThat(client.bodies()).isEmpty();
		stage.publish(A, "2");
		stage.settle();
		assertThat(client.bodies()).containsExactly("1", "2");
	}

	/** Cannot find its newest entry until there is a newer one. */
	private record Forgetful(TopicLog log) implements TopicLog {

		@Override
		public @Nullable Entry read(long offset) {
			return (offset == 1 && this.log.head() == 1) ? null : this.log.read(offset);
		}

		@Override
		public long epoch() {
			return this.log.epoch();
		}

		@Override
		public CompletionStage<?> ready() {
			return this.log.ready();
		}

		@Override
		public CompletionStage<Position> append(Publication publication) {
			return this.log.append(publication);
		}

		@Override
		public long head() {
			return this.log.head();
		}

		@Override
		public long tail() {
			return this.log.tail();
		}

		@Override
		public void release(long offset) {
			this.log.release(offset);
		}

		@Override
		public void expire(long now) {
			this.log.expire(now);
		}

		@Override
		public long bytes() {
			return this.log.bytes();
		}

		@Override
		public void close() {
			this.log.close();
		}

	}

}
