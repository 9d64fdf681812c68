package dev.carillon.delivery;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.carillon.support.Delivered;
import dev.carillon.support.FakeClock;
import dev.carillon.support.Policies;
import dev.carillon.support.RecordingSink;
import dev.carillon.support.SlowLogs;
import dev.carillon.support.TextEncoder;
import dev.carillon.topic.Destination;
import dev.carillon.topic.DestinationPattern;
import dev.carillon.topic.MemoryLogs;
import dev.carillon.topic.Position;
import dev.carillon.topic.Publication;
import dev.carillon.topic.TopicLogs;
import dev.carillon.topic.TopicPolicies;
import dev.carillon.topic.Topics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The invariants I1 to I4 and I6 under publishers, stalls, resumes and departures that
 * happen at random on several threads; whatever was delivered is then checked against
 * what was published.
 * <p>
 * The seed is printed; {@code -Dcarillon.test.seed=…} sets it. It decides what each
 * thread does, not how the threads interleave.
 */
class InvariantTests {

	private static final List<String> TOPICS = List.of("/topic/drop.1", "/topic/drop.2", "/topic/conflate.1",
			"/topic/conflate.2", "/topic/lag.1", "/topic/bytes.1", "/topic/strict.1");

	private static final List<String> PATTERNS = List.of("/topic/drop.*", "/topic/**", "/topic/conflate.*");

	private static final int PUBLISHERS = 4;

	private static final int MESSAGES = 2_500;

	private static final int PEOPLE = 12;

	private static final long WRITE = 64 * 1024 + Flush.SHARE + 10_000;

	private final FakeClock clock = new FakeClock();

	private final TopicPolicies policies = Policies.of("drop.pattern=/topic/drop.{x}", "drop.log.entries=50",
			"drop.log.keep=1m", "drop.replay=5", "conflate.pattern=/topic/conflate.{x}", "conflate.log.entries=8",
			"conflate.slow=conflate", "conflate.replay=1", "conflate.log.keep=1m", "lag.pattern=/topic/lag.{x}",
			"lag.log.entries=200", "lag.max-lag=20", "lag.log.keep=1m", "bytes.pattern=/topic/bytes.{x}",
			"bytes.log.bytes=8KB", "bytes.log.keep=1m", "strict.pattern=/topic/strict.{x}", "strict.log.entries=400",
			"strict.slow=disconnect", "strict.log.keep=1m", "queue.pattern=/queue/{name}", "queue.log.entries=50");

	/** What was published where, as its publisher was told. */
	private final Map<Position, String> published = new ConcurrentHashMap<>();

	private final AtomicInteger failures = new AtomicInteger();

	private static SplittableRandom seeded(String test) {
		long seed = Long.getLong("carillon.test.seed", new SecureRandom().nextLong());
		System.out.printf("%s: -Dcarillon.test.seed=%d%n", test, seed);
		return new SplittableRandom(seed);
	}

	private Topics topics(TopicLogs logs) {
		return new Topics(this.policies, logs, this.clock);
	}

	private static Delivery start(Topics topics) {
		Delivery delivery = new Delivery(topics,
				new DeliveryProperties(2, DataSize.ofKilobytes(64), DataSize.ofMegabytes(1), Duration.ofSeconds(90)),
				System::nanoTime);
		delivery.start();
		return delivery;
	}

	@RepeatedTest(3)
	void deliverWhenLogsAreInMemoryThenAllInvariantsHold() throws Exception {
		SplittableRandom random = seeded("memory");
		try (Topics topics = topics(new MemoryLogs(this.clock, random.split())); Delivery delivery = start(topics)) {
			run(topics, delivery, random);
			assertThat(this.failures).hasValue(0);
		}
	}

	@RepeatedTest(2)
	void deliverWhenLogsAreSlowAndFailThenAllInvariantsHold() throws Exception {
		SplittableRandom random = seeded("slow");
		try (ExecutorService appends = Executors.newSingleThreadExecutor();
				Topics topics = topics(new SlowLogs(new MemoryLogs(this.clock, random.split()), appends,
						(publication) -> new String(publication.body()).startsWith("!m"))
					.readyLater());
				Delivery delivery = start(topics)) {
			run(topics, delivery, random);
			assertThat(this.failures.get()).as("appends that failed").isPositive();
		}
	}

	private void run(Topics topics, Delivery delivery, SplittableRandom random) throws Exception {
		List<Person> people = new ArrayList<>();
		for (int i = 0; i < PEOPLE; i++) {
			people.add(new Person("p" + i, delivery, random.split()));
		}
		try (ExecutorService threads = Executors.newCachedThreadPool()) {
			List<Future<?>> publishers = new ArrayList<>();
			for (int i = 0; i < PUBLISHERS; i++) {
				String name = "m" + i;
				SplittableRandom own = random.split();
				publishers.add(threads.submit(() -> publish(topics, name, own)));
			}
			List<Future<?>> actors = new ArrayList<>();
			for (List<Person> own : List.of(people.subList(0, PEOPLE / 2), people.subList(PEOPLE / 2, PEOPLE))) {
				actors.add(threads.submit(() -> {
					for (int step = 0; step < 150; step++) {
						own.forEach(Person::act);
					}
				}));
			}
			for (Future<?> actor : actors) {
				actor.get();
			}
			for (Future<?> publisher : publishers) {
				publisher.get();
			}
		}
		people.forEach(Person::comeToRest);
		await().until(() -> people.stream().allMatch(Person::isPlaced));
		Map<String, Position> last = new HashMap<>();
		for (String topic : TOPICS) {
			last.put(topic, publish(topics, topic, "last"));
		}
		await().atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(2))
			.untilAsserted(() -> people.forEach((person) -> person.assertReached(last)));
		people.forEach(Person::assertInvariants);
		assertThat(people.stream().mapToInt(Person::delivered).sum()).as("something was delivered").isPositive();
		assertThat(delivery.stats().stream().mapToLong((stats) -> stats.missed().get()).sum())
			.as("something was missed, or the test shows little")
			.isPositive();
	}

	private void publish(Topics topics, String name, SplittableRandom random) {
		for (int i = 0; i < MESSAGES; i++) {
			String topic = TOPICS.get(random.nextInt(TOPICS.size()));
			if (random.nextInt(100) == 0) {
				publishInDoubt(topics, topic, "!" + name + "-" + i);
			}
			publish(topics, topic, name + "-" + i + "x".repeat(random.nextInt(50)));
			if (random.nextInt(500) == 0) {
				this.clock.advance(Duration.ofSeconds(40));
				topics.sweep();
			}
			if (random.nextInt(10) == 0) {
				Thread.yield();
			}
		}
	}

	/** Publishes what a log may refuse to take. */
	private void publishInDoubt(Topics topics, String topic, String body) {
		topics.publish(Destination.of(topic), Publication.text(body)).handle((position, failure) -> {
			if (failure != null) {
				this.failures.incrementAndGet();
			}
			else {
				this.published.put(position, body);
			}
			return null;
		}).toCompletableFuture().join();
	}

	private Position publish(Topics topics, String topic, String body) {
		Position position = topics.publish(Destination.of(topic), Publication.text(body)).toCompletableFuture().join();
		assertThat(this.published.put(position, body)).as("each position is given out once").isNull();
		return position;
	}

	/** One subscription of one session, and what its subscriber knows. */
	private static final class Followed {

		private final String id;

		private final String target;

		private final AckMode mode;

		private volatile @Nullable Placement placement;

		/** How many of its messages had left when it ended, or -1. */
		private volatile int atEnd = -1;

		private int acknowledged;

		Followed(String id, String target, AckMode mode) {
			this.id = id;
			this.target = target;
			this.mode = mode;
		}

	}

	/** A session that comes and goes; a person has one at a time. */
	private static final class Visit {

		private final RecordingSink sink = new RecordingSink();

		private final Map<String, Followed> subscriptions = new ConcurrentHashMap<>();

		private final Session session;

		Visit(Delivery delivery) {
			this.session = delivery.open(this.sink, "owner");
		}

	}

	/** Does something at random whenever it is asked to. Confined to one thread. */
	private final class Person {

		private final String name;

		private final Delivery delivery;

		private final SplittableRandom random;

		private final List<Visit> visits = new ArrayList<>();

		private Visit visit;

		private final Map<String, Followed> ended = new HashMap<>();

		private int subscriptions;

		Person(String name, Delivery delivery, SplittableRandom random) {
			this.name = name;
			this.delivery = delivery;
			this.random = random;
			this.visit = come();
		}

		private Visit come() {
			Visit fresh = new Visit(this.delivery);
			if (this.random.nextBoolean()) {
				fresh.sink.completeOn((task) -> Thread.startVirtualThread(task));
			}
			this.visits.add(fresh);
			return fresh;
		}

		void act() {
			switch (this.random.nextInt(12)) {
				case 0, 1 -> subscribe(null);
				case 2 -> unsubscribe();
				case 3, 4 -> this.visit.sink.stall();
				case 5, 6, 7 -> this.visit.sink.flow();
				case 8 -> this.visit.sink.step();
				case 9 -> comeAgain();
				case 10 -> acknowledge();
				default -> Thread.yield();
			}
			if (this.visit.sink.isOver()) {
				this.visit = come();
			}
		}

		private void subscribe(@Nullable Resumption resumption) {
			if (this.visit.subscriptions.size() > 8) {
				return;
			}
			boolean wildcard = (resumption != null) ? resumption.target().contains("*") : this.random.nextInt(3) == 0;
			String target = (resumption != null) ? resumption.target()
					: wildcard ? PATTERNS.get(this.random.nextInt(PATTERNS.size()))
							: TOPICS.get(this.random.nextInt(TOPICS.size()));
			AckMode mode = AckMode.values()[this.random.nextInt(3)];
			Followed followed = new Followed(this.name + "-" + (this.subscriptions++), target, mode);
			Visit now = this.visit;
			now.subscriptions.put(followed.id, followed);
			Integer replay = (this.random.nextInt(3) == 0) ? this.random.nextInt(300) : null;
			now.session
				.subscribe(
						new SubscribeRequest(followed.id,
								wildcard ? new SubscribeRequest.Many(DestinationPattern.of(target), (topic) -> true)
										: new SubscribeRequest.One(Destination.of(target)),
								new TextEncoder(followed.id), mode, 5 + this.random.nextInt(20),
								this.random.nextInt(5) == 0, replay, (resumption != null) ? resumption.from() : null),
						(placement, refusal) -> {
							assertThat(refusal).isNull();
							followed.placement = placement;
							now.session.send(TextEncoder.control(followed.id));
						});
		}

		private void unsubscribe() {
			this.visit.subscriptions.values().stream().findAny().ifPresent((followed) -> {
				RecordingSink sink = this.visit.sink;
				this.visit.session.unsubscribe(followed.id,
						(ended) -> followed.atEnd = sink.messages(followed.id).size());
				this.ended.put(followed.id, followed);
				this.visit.subscriptions.remove(followed.id);
			});
		}

		/** Vanishes and comes again, to continue where it was. */
		private void comeAgain() {
			Visit before = this.visit;
			before.session.transportClosed(CloseCode.GOING_AWAY);
			Map<String, Map<Long, Position>> received = new HashMap<>();
			for (Delivered message : before.sink.messages()) {
				received.computeIfAbsent(message.subscription(), (id) -> new HashMap<>())
					.put(message.position().epoch(), message.position());
			}
			this.visit = come();
			before.subscriptions.values().forEach((followed) -> {
				Map<Long, Position> from = received.get(followed.id);
				if (from != null && this.random.nextInt(4) > 0) {
					subscribe(new Resumption(followed.target, List.copyOf(from.values())));
				}
			});
		}

		private void acknowledge() {
			this.visit.subscriptions.values().forEach((followed) -> acknowledge(this.visit, followed));
		}

		private void acknowledge(Visit where, Followed followed) {
			if (followed.mode == AckMode.AUTO) {
				return;
			}
			List<Delivered> messages = where.sink.messages(followed.id);
			for (; followed.acknowledged < messages.size(); followed.acknowledged++) {
				Settlement settlement = this.random.nextBoolean() ? Settlement.ACK : Settlement.NACK;
				where.session.settle(followed.id, messages.get(followed.acknowledged).position(), settlement,
						(found) -> {
						});
			}
		}

		void comeToRest() {
			this.visit.sink.flow();
		}

		boolean isPlaced() {
			return this.visit.sink.isOver()
					|| this.visit.subscriptions.values().stream().allMatch((followed) -> followed.placement != null);
		}

		/** I3: whoever is still there has the last message of each topic it follows. */
		void assertReached(Map<String, Position> last) {
			acknowledge();
			if (this.visit.sink.isOver()) {
				return;
			}
			for (Followed followed : this.visit.subscriptions.values()) {
				Set<Position> received = this.visit.sink.messages(followed.id)
					.stream()
					.map(Delivered::position)
					.collect(Collectors.toSet());
				last.forEach((topic, position) -> {
					if (follows(followed, topic)) {
						assertThat(received).as("%s of %s", followed.id, followed.target).contains(position);
					}
				});
			}
		}

		private static boolean follows(Followed followed, String topic) {
			return DestinationPattern.of(followed.target).matches(Destination.of(topic));
		}

		int delivered() {
			return this.visits.stream().mapToInt((past) -> past.sink.messages().size()).sum();
		}

		void assertInvariants() {
			for (Visit past : this.visits) {
				assertThat(past.sink.breaches()).isEmpty();
				assertThat(past.sink.writes()).as("I4: one write is bounded")
					.allSatisfy((write) -> assertThat(write.stream()
						.filter((frame) -> frame.bytes()[0] == 'M')
						.mapToLong((frame) -> frame.bytes().length)
						.sum()).isLessThan(WRITE));
				Map<String, Followed> all = new HashMap<>(past.subscriptions);
				all.putAll(this.ended);
				past.sink.messages()
					.stream()
					.collect(Collectors.groupingBy(Delivered::subscription))
					.forEach((id, messages) -> assertInvariants(past, all.get(id), messages));
			}
		}

		private void assertInvariants(Visit past, Followed followed, List<Delivered> messages) {
			Placement placement = followed.placement;
			assertThat(placement).isNotNull();
			List<String> lines = past.sink.lines();
			int receipt = lines.indexOf("C|" + followed.id);
			int first = lines.indexOf(lines.stream()
				.filter((line) -> line.startsWith("M|" + followed.id + "|"))
				.findFirst()
				.orElseThrow());
			assertThat(receipt).as("I6: the receipt of %s goes first", followed.id).isBetween(0, first);
			if (followed.atEnd >= 0) {
				assertThat(messages).as("nothing after UNSUBSCRIBE of %s", followed.id).hasSize(followed.atEnd);
			}
			Map<Long, Long> reached = new HashMap<>();
			placement.positions().forEach((position) -> reached.put(position.epoch(), position.offset()));
			for (Delivered message : messages) {
				long before = reached.getOrDefault(message.position().epoch(), 0L);
				assertThat(message.offset()).as("I1: %s after %d", message, before).isGreaterThan(before);
				assertThat(message.previous()).as("I2: %s after %d", message, before).isEqualTo(before);
				assertThat(message.missedTo()).as("I2: %s", message).isEqualTo(message.offset() - 1);
				assertThat(message.body()).as("what was published at %s", message.position())
					.isEqualTo(InvariantTests.this.published.get(message.position()));
				reached.put(message.position().epoch(), message.offset());
			}
		}

	}

	/**
	 * What a person wants to continue.
	 *
	 * @param target the destination or pattern
	 * @param from the last positions received
	 */
	private record Resumption(String target, List<Position> from) {
	}

	/** Work queues: each message is settled in the end, and is with one consumer only. */
	@RepeatedTest(2)
	void consumeWhenConsumersRefuseAndVanishThenEachMessageIsSettled() throws Exception {
		SplittableRandom random = seeded("queue");
		Destination jobs = Destination.of("/queue/jobs");
		Set<String> settled = ConcurrentHashMap.newKeySet();
		try (Topics topics = topics(new MemoryLogs(this.clock, random.split()));
				Delivery delivery = start(topics);
				ExecutorService threads = Executors.newCachedThreadPool()) {
			List<Consumer> consumers = new ArrayList<>();
			for (int i = 0; i < 5; i++) {
				consumers.add(new Consumer(jobs, delivery, random.split(), settled));
			}
			int count = 1_500;
			Future<?> publisher = threads.submit(() -> {
				for (int i = 0; i < count; i++) {
					while (topics.publish(jobs, Publication.text("" + i))
						.toCompletableFuture()
						.isCompletedExceptionally()) {
						Thread.yield();
					}
				}
			});
			await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(1)).until(() -> {
				consumers.forEach(Consumer::act);
				return settled.size() == count;
			});
			publisher.get();
			List<Delivered> all = consumers.stream().flatMap(Consumer::received).toList();
			assertThat(all.stream().filter((message) -> !message.redelivered()).map(Delivered::position))
				.as("only once without the mark")
				.doesNotHaveDuplicates();
			assertThat(all.stream().anyMatch(Delivered::redelivered)).isTrue();
		}
	}

	/** Settles, refuses or vanishes. Confined to one thread. */
	private static final class Consumer {

		private final Destination queue;

		private final Delivery delivery;

		private final SplittableRandom random;

		private final Set<String> settled;

		private final List<RecordingSink> sinks = new ArrayList<>();

		private Session session;

		private int seen;

		Consumer(Destination queue, Delivery delivery, SplittableRandom random, Set<String> settled) {
			this.queue = queue;
			this.delivery = delivery;
			this.random = random;
			this.settled = settled;
			this.session = come();
		}

		private Session come() {
			RecordingSink sink = new RecordingSink();
			this.sinks.add(sink);
			this.seen = 0;
			Session fresh = this.delivery.open(sink, "owner");
			fresh.subscribe(
					new SubscribeRequest("1", new SubscribeRequest.One(this.queue), new TextEncoder("1"),
							AckMode.CLIENT_INDIVIDUAL, 1 + this.random.nextInt(10), false, null, null),
					(placement, refusal) -> {
					});
			return fresh;
		}

		void act() {
			if (this.random.nextInt(60) == 0) {
				this.session.transportClosed(CloseCode.GOING_AWAY);
				this.session = come();
				return;
			}
			List<Delivered> messages = this.sinks.getLast().messages();
			for (; this.seen < messages.size(); this.seen++) {
				Delivered message = messages.get(this.seen);
				Settlement settlement = (this.random.nextInt(5) == 0) ? Settlement.NACK : Settlement.ACK;
				this.session.settle("1", message.position(), settlement, (found) -> {
					if (found && settlement == Settlement.ACK) {
						assertThat(this.settled.add(message.body())).as("settled once").isTrue();
					}
				});
			}
		}

		Stream<Delivered> received() {
			return this.sinks.stream().flatMap((sink) -> sink.messages().stream());
		}

	}

}
