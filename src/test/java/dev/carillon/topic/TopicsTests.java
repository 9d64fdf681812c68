package dev.carillon.topic;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.carillon.support.FakeClock;
import dev.carillon.support.Policies;
import dev.carillon.support.SlowLogs;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TopicsTests {

	private static final Destination A = Destination.of("/topic/a");

	private final FakeClock clock = new FakeClock();

	private final TopicPolicies policies = Policies.of("all.pattern=/topic/**", "all.log.keep=1m",
			"all.message-size=10B", "jobs.pattern=/queue/{name}", "jobs.log.entries=1", "jobs.log.keep=1m",
			"jobs.replay=1", "quotes.pattern=/topic/quotes.{name}", "quotes.log.keep=1m", "quotes.replay=1",
			"posts.pattern=/topic/posts.{name}", "posts.log.keep=1m", "posts.replay=1", "posts.send=anyone");

	private final Topics topics = new Topics(this.policies, logs(), this.clock);

	private MemoryLogs logs() {
		return new MemoryLogs(this.clock, new SplittableRandom(1));
	}

	private Position publish(Destination destination, String body) {
		return this.topics.publish(destination, Publication.text(body)).toCompletableFuture().join();
	}

	private Refusal refusal(Destination destination, String body) {
		CompletableFuture<Position> published = this.topics.publish(destination, Publication.text(body))
			.toCompletableFuture();
		assertThat(published).isCompletedExceptionally();
		return Refusal.of(published.exceptionNow());
	}

	@Test
	void publishWhenAcceptedThenPositionsInOrder() {
		Position first = publish(A, "1");
		assertThat(first.offset()).isEqualTo(1);
		assertThat(publish(A, "2")).isEqualTo(new Position(first.epoch(), 2));
		assertThat(publish(Destination.of("/topic/b"), "1").epoch()).isNotEqualTo(first.epoch());
		assertThat(this.topics.open(A).head()).isEqualTo(new Position(first.epoch(), 2));
	}

	@Test
	void publishWhenNoFamilyThenFailedStageAndNoTopic() {
		assertThat(refusal(Destination.of("/other/a"), "x").code()).isEqualTo(Refusal.Code.UNKNOWN_DESTINATION);
		assertThat(this.topics.all()).isEmpty();
	}

	@Test
	void publishWhenBodyIsTooLargeThenTheRefusalNamesTheLimit() {
		publish(A, "1234567890");
		Refusal refusal = refusal(A, "12345678901");
		assertThat(refusal.code()).isEqualTo(Refusal.Code.TOO_LARGE);
		assertThat(refusal.reason()).contains("message-size", "10");
		assertThat(this.topics.open(A).log().head()).isEqualTo(1);
	}

	@Test
	void publishWhenQueueIsFullThenRefusal() {
		Destination jobs = Destination.of("/queue/jobs");
		publish(jobs, "1");
		assertThat(refusal(jobs, "2").code()).isEqualTo(Refusal.Code.QUEUE_FULL);
	}

	@Test
	void openWhenInUseThenTheSame() {
		Topic topic = this.topics.open(A);
		assertThat(this.topics.open(A)).isSameAs(topic);
		assertThat(this.topics.find(A)).containsSame(topic);
		assertThat(this.topics.find(Destination.of("/topic/b"))).isEmpty();
		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> this.topics.open(Destination.of("/other/a")));
	}

	@Test
	void matchingWhenPatternThenTheTopicsItReaches() {
		Topic a = this.topics.open(Destination.of("/topic/x.a"));
		this.topics.open(Destination.of("/topic/y.a"));
		assertThat(this.topics.matching(DestinationPattern.of("/topic/x.*"))).containsExactly(a);
	}

	@Test
	void watchWhenTopicIsOpenedThenToldBeforeItsFirstEntry() {
		List<Position> heads = new ArrayList<>();
		this.topics.watch((topic) -> heads.add(topic.head()));
		Position position = publish(A, "1");
		publish(A, "2");
		assertThat(heads).containsExactly(new Position(position.epoch(), 0));
	}

	@Test
	void addListenerWhenAppendedThenTold() {
		AtomicInteger told = new AtomicInteger();
		Runnable listener = told::incrementAndGet;
		Topic topic = this.topics.open(A);
		assertThat(topic.addListener(listener)).isTrue();
		publish(A, "1");
		topic.removeListener(listener, this.clock.millis());
		publish(A, "2");
		assertThat(told).hasValue(1);
	}

	@Test
	void isFollowedWhenListenersComeAndGoThenToldOfTheFirstAndTheLast() {
		List<Boolean> told = new ArrayList<>();
		this.topics.followers().watch(() -> told.add(this.topics.isFollowed(A)));
		Topic topic = this.topics.open(A);
		assertThat(this.topics.isFollowed(A)).isFalse();
		Runnable one = told::clear;
		Runnable other = told::clear;
		topic.addListener(one);
		topic.addListener(other);
		topic.removeListener(one, this.clock.millis());
		assertThat(told).containsExactly(true);
		topic.removeListener(other, this.clock.millis());
		topic.removeListener(other, this.clock.millis());
		assertThat(told).containsExactly(true, false);
	}

	@Test
	void isFollowedWhenReadWithoutListeningThenForHalfAMinute() {
		AtomicInteger told = new AtomicInteger();
		this.topics.followers().watch(told::incrementAndGet);
		Topic topic = this.topics.open(A);
		topic.noteRead(this.clock.millis());
		this.clock.advance(Duration.ofSeconds(29));
		assertThat(this.topics.isFollowed(A)).isTrue();
		topic.noteRead(this.clock.millis());
		assertThat(told).hasValue(1);
		this.clock.advance(Duration.ofSeconds(30));
		assertThat(this.topics.isFollowed(A)).isFalse();
		topic.noteRead(this.clock.millis());
		assertThat(told).hasValue(2);
	}

	@Test
	void isFollowedWhenAPatternReachesItThenAlsoBeforeItIsInUse() {
		AtomicInteger told = new AtomicInteger();
		this.topics.followers().watch(told::incrementAndGet);
		DestinationPattern pattern = DestinationPattern.of("/topic/x.*");
		this.topics.followers().follow(pattern);
		this.topics.followers().follow(DestinationPattern.of("/topic/x.*"));
		assertThat(told).hasValue(1);
		assertThat(this.topics.isFollowed(Destination.of("/topic/x.a"))).isTrue();
		assertThat(this.topics.isFollowed(Destination.of("/topic/y.a"))).isFalse();
		this.topics.followers().leave(pattern);
		assertThat(this.topics.isFollowed(Destination.of("/topic/x.a"))).isTrue();
		this.topics.followers().leave(pattern);
		assertThat(told).hasValue(2);
		assertThat(this.topics.isFollowed(Destination.of("/topic/x.a"))).isFalse();
		assertThat(this.topics.all()).isEmpty();
	}

	@Test
	void sweepWhenIdleThenEvictedAndTheNextEpochDiffers() {
		Position before = publish(A, "1");
		Topic topic = this.topics.open(A);
		this.clock.advance(Duration.ofSeconds(60));
		this.topics.sweep();
		assertThat(this.topics.find(A)).as("an entry is kept for the whole time").containsSame(topic);
		this.clock.advance(Duration.ofMillis(1));
		this.topics.sweep();
		assertThat(this.topics.find(A)).isEmpty();
		assertThat(topic.addListener(() -> {
		})).isFalse();
		Position after = publish(A, "2");
		assertThat(after.epoch()).isNotEqualTo(before.epoch());
		assertThat(after.offset()).isEqualTo(1);
	}

	@Test
	void sweepWhenEvictedThenItsMemoryReturns() {
		publish(A, "1");
		WeakReference<Topic> topic = new WeakReference<>(this.topics.open(A));
		WeakReference<Entry> entry = new WeakReference<>(this.topics.open(A).log().read(1));
		this.clock.advance(Duration.ofMinutes(2));
		this.topics.sweep();
		Awaitility.await().untilAsserted(() -> {
			System.gc();
			assertThat(topic.get()).isNull();
			assertThat(entry.get()).isNull();
		});
	}

	@Test
	void sweepWhenSomebodyListensThenKept() {
		Topic topic = this.topics.open(A);
		Runnable listener = () -> {
		};
		topic.addListener(listener);
		this.clock.advance(Duration.ofMinutes(2));
		this.topics.sweep();
		assertThat(this.topics.find(A)).containsSame(topic);
		topic.removeListener(listener, this.clock.millis());
		this.topics.sweep();
		assertThat(this.topics.find(A)).as("just used").containsSame(topic);
		this.clock.advance(Duration.ofMinutes(1));
		this.topics.sweep();
		assertThat(this.topics.find(A)).isEmpty();
	}

	@Test
	void sweepWhenOnlyTheApplicationPublishesThenTheLastValueStaysForAWeek() {
		Destination quotes = Destination.of("/topic/quotes.a");
		publish(quotes, "old");
		Position last = publish(quotes, "last");
		this.clock.advance(Topic.LAST_VALUES.minusMillis(1));
		this.topics.sweep();
		assertThat(this.topics.find(quotes)).hasValueSatisfying((topic) -> {
			assertThat(topic.head()).isEqualTo(last);
			assertThat(topic.log().tail()).isEqualTo(last.offset());
		});
		this.clock.advance(Duration.ofMillis(1));
		this.topics.sweep();
		assertThat(this.topics.find(quotes)).isEmpty();
	}

	@Test
	void sweepWhenClientsMaySendThenTheLastValueStaysWhileSomebodyListens() {
		Destination posts = Destination.of("/topic/posts.a");
		Position last = publish(posts, "last");
		Runnable listener = () -> {
		};
		this.topics.open(posts).addListener(listener);
		this.clock.advance(Duration.ofDays(30));
		this.topics.sweep();
		assertThat(this.topics.open(posts).log().read(last.offset())).isNotNull();
		this.topics.open(posts).removeListener(listener, this.clock.millis());
		this.clock.advance(Duration.ofMinutes(1));
		this.topics.sweep();
		assertThat(this.topics.find(posts)).isEmpty();
	}

	@Test
	void sweepWhenQueueHoldsMessagesThenKept() {
		Destination jobs = Destination.of("/queue/jobs");
		publish(jobs, "1");
		this.clock.advance(Duration.ofDays(1));
		this.topics.sweep();
		assertThat(this.topics.open(jobs).log().read(1)).isNotNull();
	}

	@Test
	void sweepWhenAnAppendIsUnderWayThenKeptUntilItEnds() {
		Deque<Runnable> later = new ArrayDeque<>();
		Topics slow = new Topics(this.policies, new SlowLogs(logs(), later::add, (p) -> false), this.clock);
		CompletableFuture<Position> published = slow.publish(A, Publication.text("1")).toCompletableFuture();
		assertThat(published).isNotDone();
		this.clock.advance(Duration.ofMinutes(2));
		slow.sweep();
		Topic topic = slow.open(A);
		later.remove().run();
		assertThat(published).isCompletedWithValue(new Position(topic.log().epoch(), 1));
		assertThat(topic.log().read(1)).isNotNull();
		this.clock.advance(Duration.ofMinutes(2));
		slow.sweep();
		assertThat(slow.find(A)).isEmpty();
	}

	@Test
	void publishWhenTheLogFailsThenTheErrorReachesThePublisherAndNoOffsetIsUsed() {
		Deque<Runnable> later = new ArrayDeque<>();
		Topics slow = new Topics(this.policies,
				new SlowLogs(logs(), later::add, (p) -> new String(p.body(), 0, 1).equals("!")), this.clock);
		CompletableFuture<Position> bad = slow.publish(A, Publication.text("!")).toCompletableFuture();
		CompletableFuture<Position> good = slow.publish(A, Publication.text("1")).toCompletableFuture();
		later.remove().run();
		later.remove().run();
		assertThat(bad).isCompletedExceptionally();
		assertThat(bad.exceptionNow()).hasMessage("the disk is full");
		assertThat(Refusal.of(bad.exceptionNow()).reason()).doesNotContain("disk");
		assertThat(good.join().offset()).isEqualTo(1);
		this.clock.advance(Duration.ofMinutes(2));
		slow.sweep();
		assertThat(slow.all()).as("a failed append holds nothing").isEmpty();
	}

	@Test
	void publishWhenTheLogThrowsThenTheErrorReachesThePublisher() {
		Topics broken = new Topics(this.policies, new SlowLogs(logs(), (task) -> {
			throw new IllegalStateException("no thread");
		}, (p) -> false), this.clock);
		assertThat(broken.publish(A, Publication.text("1")).toCompletableFuture()).isCompletedExceptionally();
	}

	@Test
	void openWhenTheTopicWasClosedThenANewOne() {
		Topic closed = this.topics.open(A);
		this.clock.advance(Duration.ofMinutes(2));
		assertThat(closed.closeIfIdle(this.clock.millis())).isTrue();
		assertThat(this.topics.open(A)).isNotSameAs(closed);
		assertThat(this.topics.open(A).addListener(() -> {
		})).isTrue();
	}

	@Test
	void publishWhenRacingEvictionThenNoAppendGoesToAClosedLog() throws Exception {
		int lives = 50;
		AtomicInteger created = new AtomicInteger();
		Topics racing = new Topics(this.policies, new SlowLogs(logs(), Runnable::run, (p) -> false), this.clock);
		racing.watch((topic) -> created.incrementAndGet());
		Set<Position> positions = ConcurrentHashMap.newKeySet();
		AtomicBoolean done = new AtomicBoolean();
		try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
			Future<?> sweeper = threads.submit(() -> {
				while (!done.get()) {
					this.clock.advance(Duration.ofMinutes(2));
					racing.sweep();
					Thread.yield();
				}
			});
			List<Future<?>> publishers = new ArrayList<>();
			for (int p = 0; p < 2; p++) {
				publishers.add(threads.submit(() -> {
					int count = 0;
					while (created.get() < lives && count < 1_000_000) {
						Position position = racing.publish(A, Publication.text("x")).toCompletableFuture().join();
						assertThat(positions.add(position)).as("given out once: %s", position).isTrue();
						count++;
					}
				}));
			}
			try {
				for (Future<?> publisher : publishers) {
					publisher.get();
				}
			}
			finally {
				done.set(true);
			}
			sweeper.get();
		}
		assertThat(created).as("lives of the topic").hasValueGreaterThanOrEqualTo(lives);
		assertThat(positions.stream().mapToLong(Position::epoch).distinct().count()).isGreaterThan(1);
	}

	@Test
	void closeWhenTopicsAreOpenThenNoneIsLeft() {
		publish(A, "1");
		this.topics.close();
		assertThat(this.topics.all()).isEmpty();
	}

}
