package dev.carillon.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import dev.carillon.support.FakeClock;
import dev.carillon.support.Policies;
import dev.carillon.topic.Destination;
import dev.carillon.topic.MemoryLogs;
import dev.carillon.topic.Position;
import dev.carillon.topic.Publication;
import dev.carillon.topic.Topic;
import dev.carillon.topic.TopicLogs;
import dev.carillon.topic.Topics;
import org.springframework.util.unit.DataSize;

/**
 * Topics, two loops that only turn when a test says so, and clients.
 */
final class Stage {

	final FakeClock clock = new FakeClock();

	final Topics topics;

	final List<String> events = new ArrayList<>();

	private final List<DeliveryLoop> loops = new ArrayList<>();

	private final List<Client> clients = new ArrayList<>();

	Stage(String... families) {
		this((logs) -> logs, families);
	}

	Stage(UnaryOperator<TopicLogs> logs, String... families) {
		this.topics = new Topics(Policies.of(families), logs.apply(new MemoryLogs(this.clock, new SplittableRandom(1))),
				this.clock);
		WorkQueues queues = new WorkQueues(this.topics);
		DeliveryLoop.Limits limits = new DeliveryLoop.Limits((int) DataSize.ofKilobytes(64).toBytes(), 2_000,
				Duration.ofSeconds(90));
		for (int i = 0; i < 2; i++) {
			this.loops.add(new DeliveryLoop(this.topics, queues, limits, this.clock, new Events()));
		}
		this.topics.watch((topic) -> this.loops.forEach((loop) -> loop.interests().created(topic)));
	}

	/** A client on the first loop. */
	Client client() {
		return client(0);
	}

	Client client(int loop) {
		Client client = new Client(this, this.loops.get(loop), "s" + this.clients.size());
		this.clients.add(client);
		return client;
	}

	DeliveryLoop loop() {
		return this.loops.getFirst();
	}

	Position publish(String destination, String body) {
		return this.topics.publish(Destination.of(destination), Publication.text(body)).toCompletableFuture().join();
	}

	/** Publishes bodies 1, 2, 3 … as far as a number. */
	void publish(String destination, int from, int to) {
		for (int i = from; i <= to; i++) {
			publish(destination, Integer.toString(i));
		}
	}

	Topic topic(String destination) {
		return this.topics.open(Destination.of(destination));
	}

	/** Lets the loops turn until nothing is left to do, and checks the sinks. */
	void settle() {
		for (int i = 0; this.loops.stream().mapToInt(DeliveryLoop::turn).sum() > 0; i++) {
			if (i > 100_000) {
				throw new AssertionError("the loops do not come to rest");
			}
		}
		this.clients.forEach(Client::checkSink);
	}

	/** Lets time pass in steps of a sweep, with turns in between. */
	void pass(Duration duration) {
		Duration left = duration;
		while (left.isPositive()) {
			Duration step = (left.compareTo(DeliveryLoop.SWEEP) < 0) ? left : DeliveryLoop.SWEEP;
			this.clock.advance(step);
			left = left.minus(step);
			settle();
		}
	}

	<T> T ask(Function<DeliveryLoop, CompletableFuture<T>> question) {
		CompletableFuture<T> answer = question.apply(loop());
		settle();
		return answer.join();
	}

	/** How all topics are followed by the first loop. */
	List<Delivery.Following> followings() {
		return ask((loop) -> loop.followings(this.topics.all()));
	}

	private final class Events implements DeliveryListener {

		@Override
		public void followed(Session session, Topic topic) {
			Stage.this.events.add(session.id() + " follows " + topic);
		}

		@Override
		public void left(Session session, Topic topic) {
			Stage.this.events.add(session.id() + " left " + topic);
		}

		@Override
		public void withdrawn(Session session, String subscription, Topic topic) {
			Stage.this.events.add(session.id() + " lost " + topic + " in " + subscription);
		}

		@Override
		public void closed(Session session, CloseCode code) {
			Stage.this.events.add(session.id() + " closed " + code);
		}

	}

}
