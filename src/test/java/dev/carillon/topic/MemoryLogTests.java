package dev.carillon.topic;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.carillon.support.FakeClock;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MemoryLogTests {

	private final FakeClock clock = new FakeClock();

	private final AtomicInteger news = new AtomicInteger();

	@Test
	void appendWhenEmptyThenOffsetsCountFromOne() {
		MemoryLog log = log(10, 100_000);
		assertThat(log.head()).isZero();
		assertThat(log.tail()).isEqualTo(1);
		assertThat(append(log, "a")).isEqualTo(new Position(5, 1));
		assertThat(append(log, "b")).isEqualTo(new Position(5, 2));
		assertThat(bodies(log)).containsExactly("a", "b");
		assertThat(log.read(0)).isNull();
		assertThat(log.read(3)).isNull();
		assertThat(this.news).hasValue(2);
	}

	@Test
	void appendWhenAppendedThenNewsFollowsWhenReadable() {
		List<String> seen = new ArrayList<>();
		MemoryLog[] log = new MemoryLog[1];
		log[0] = new MemoryLog(1, false, bounds(4, 100_000), 0, this.clock, () -> seen.addAll(bodies(log[0])));
		append(log[0], "a");
		assertThat(seen).containsExactly("a");
	}

	@Test
	void appendWhenMoreThanEntriesThenOldestGoes() {
		for (int entries : new int[] { 1, 2, 3, 4, 5, 7, 8, 9, 33 }) {
			MemoryLog log = log(entries, 1_000_000);
			for (int i = 1; i <= 100; i++) {
				append(log, "m" + i);
				assertThat(log.head()).isEqualTo(i);
				assertThat(log.tail()).isEqualTo(Math.max(1, i - entries + 1));
				assertThat(bodies(log)).hasSize(Math.min(i, entries)).endsWith("m" + i);
			}
		}
	}

	@Test
	void appendWhenMoreThanBytesThenOldestGoes() {
		long size = Publication.text("x".repeat(100)).size();
		MemoryLog log = log(1000, size * 3 + 1);
		for (int i = 0; i < 10; i++) {
			append(log, "x".repeat(100));
		}
		assertThat(log.tail()).isEqualTo(8);
		assertThat(log.bytes()).isEqualTo(3 * size);
	}

	@Test
	void appendWhenOneIsLargerThanTheBoundThenItIsKeptAlone() {
		MemoryLog log = log(1000, 1024);
		append(log, "small");
		append(log, "x".repeat(5000));
		assertThat(log.tail()).isEqualTo(2);
		assertThat(log.head()).isEqualTo(2);
		append(log, "small");
		assertThat(bodies(log)).containsExactly("small");
	}

	@Test
	void expireWhenOlderThanKeptThenGone() {
		MemoryLog log = log(1000, 1_000_000);
		append(log, "a");
		this.clock.advance(Duration.ofSeconds(30));
		append(log, "b");
		this.clock.advance(Duration.ofSeconds(30));
		log.expire(this.clock.millis());
		assertThat(bodies(log)).containsExactly("a", "b");
		this.clock.advance(Duration.ofMillis(1));
		log.expire(this.clock.millis());
		assertThat(bodies(log)).containsExactly("b");
	}

	@Test
	void expireWhenEverythingIsOldThenEmptyAndOffsetsGoOn() {
		MemoryLog log = log(1000, 1_000_000);
		for (int i = 0; i < 100; i++) {
			append(log, "a");
		}
		this.clock.advance(Duration.ofMinutes(2));
		log.expire(this.clock.millis());
		assertThat(log.bytes()).isZero();
		assertThat(log.tail()).isEqualTo(101);
		assertThat(log.head()).isEqualTo(100);
		assertThat(append(log, "b").offset()).isEqualTo(101);
		assertThat(bodies(log)).containsExactly("b");
	}

	@Test
	void expireWhenSomeAreReplayedThenTheNewestOfThemStay() {
		MemoryLog log = new MemoryLog(5, false, bounds(1000, 1_000_000), 2, this.clock, this.news::incrementAndGet);
		append(log, "a");
		this.clock.advance(Duration.ofDays(1));
		log.expire(this.clock.millis());
		assertThat(bodies(log)).containsExactly("a");
		append(log, "b");
		append(log, "c");
		log.expire(this.clock.millis());
		assertThat(bodies(log)).containsExactly("b", "c");
		this.clock.advance(Duration.ofDays(1));
		log.expire(this.clock.millis());
		assertThat(bodies(log)).containsExactly("b", "c");
		append(log, "d");
		log.expire(this.clock.millis());
		assertThat(bodies(log)).containsExactly("c", "d");
	}

	@Test
	void appendWhenRetainedAndFullThenRefusedAndNothingIsLost() {
		MemoryLog log = new MemoryLog(1, true, bounds(2, 100_000), 0, this.clock, this.news::incrementAndGet);
		append(log, "a");
		append(log, "b");
		assertRefused(log, "c");
		assertThat(bodies(log)).containsExactly("a", "b");
		assertThat(this.news).hasValue(2);
		log.release(1);
		append(log, "d");
		assertThat(bodies(log)).containsExactly("b", "d");
	}

	@Test
	void appendWhenRetainedAndBytesAreFullThenRefused() {
		MemoryLog log = new MemoryLog(1, true, bounds(100, 1024), 0, this.clock, this.news::incrementAndGet);
		append(log, "x".repeat(2000));
		assertRefused(log, "c");
		log.release(1);
		assertThat(append(log, "d").offset()).isEqualTo(2);
	}

	@Test
	void expireWhenRetainedThenNothingGoes() {
		MemoryLog log = new MemoryLog(1, true, bounds(2, 100_000), 0, this.clock, this.news::incrementAndGet);
		append(log, "a");
		this.clock.advance(Duration.ofDays(1));
		log.expire(this.clock.millis());
		assertThat(bodies(log)).containsExactly("a");
	}

	@Test
	void releaseWhenBeyondTheHeadThenOnlyWhatIsThereGoes() {
		MemoryLog log = new MemoryLog(1, true, bounds(20, 100_000), 0, this.clock, this.news::incrementAndGet);
		for (int i = 0; i < 10; i++) {
			append(log, "m");
		}
		log.release(99);
		assertThat(log.tail()).isEqualTo(11);
		assertThat(log.bytes()).isZero();
		assertThat(append(log, "n").offset()).isEqualTo(11);
		assertThat(bodies(log)).containsExactly("n");
	}

	@Test
	void readWhenAppendedAtTheSameTimeThenTheEntryAskedForOrNothing() throws Exception {
		MemoryLog log = log(64, 1_000_000);
		int count = 200_000;
		AtomicBoolean done = new AtomicBoolean();
		try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
			Future<Long> reader = threads.submit(() -> {
				long found = 0;
				boolean last;
				do {
					last = done.get();
					long tail = log.tail();
					long head = log.head();
					for (long offset = tail; offset <= head; offset++) {
						Entry entry = log.read(offset);
						if (entry == null) {
							assertThat(log.tail()).as("what cannot be read is below the tail").isGreaterThan(offset);
						}
						else {
							assertThat(entry.offset()).isEqualTo(offset);
							assertThat(entry.headers()).containsEntry("number", Long.toString(offset));
							found++;
						}
					}
				}
				while (!last);
				return found;
			});
			Future<?> expirer = threads.submit(() -> {
				while (!done.get()) {
					log.expire(this.clock.millis());
				}
			});
			for (int i = 1; i <= count; i++) {
				log.append(new Publication(Map.of("number", Integer.toString(i)), new byte[0]));
				if (i % 1000 == 0) {
					this.clock.advance(Duration.ofSeconds(40));
				}
			}
			done.set(true);
			assertThat(reader.get()).isPositive();
			expirer.get();
		}
		assertThat(log.head()).isEqualTo(count);
	}

	@Test
	void appendWhenSeveralThreadsThenEachOffsetOnce() throws Exception {
		MemoryLog log = log(100_000, 100_000_000);
		List<CompletableFuture<List<Long>>> publishers = new ArrayList<>();
		try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
			for (int t = 0; t < 4; t++) {
				publishers.add(CompletableFuture.supplyAsync(() -> {
					List<Long> offsets = new ArrayList<>();
					for (int i = 0; i < 5_000; i++) {
						offsets.add(append(log, "x").offset());
					}
					return offsets;
				}, threads));
			}
		}
		List<Long> all = new ArrayList<>();
		for (CompletableFuture<List<Long>> publisher : publishers) {
			assertThat(publisher.get()).isSorted();
			all.addAll(publisher.get());
		}
		assertThat(all).hasSize(20_000).doesNotHaveDuplicates();
		assertThat(bodies(log)).hasSize(20_000);
	}

	private MemoryLog log(int entries, long bytes) {
		return new MemoryLog(5, false, bounds(entries, bytes), 0, this.clock, this.news::incrementAndGet);
	}

	private static TopicPolicy.Log bounds(int entries, long bytes) {
		return new TopicPolicy.Log(entries, DataSize.ofBytes(bytes), Duration.ofMinutes(1));
	}

	private static Position append(MemoryLog log, String body) {
		return log.append(Publication.text(body)).toCompletableFuture().join();
	}

	private static void assertRefused(MemoryLog log, String body) {
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> append(log, body))
			.satisfies((ex) -> assertThat(Refusal.of(ex).code()).isEqualTo(Refusal.Code.QUEUE_FULL));
	}

	private static List<String> bodies(MemoryLog log) {
		List<String> bodies = new ArrayList<>();
		for (long offset = log.tail(); offset <= log.head(); offset++) {
			Entry entry = log.read(offset);
			assertThat(entry).isNotNull();
			bodies.add(new String(entry.body(), StandardCharsets.UTF_8));
		}
		return bodies;
	}

}
