package dev.carillon.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

import dev.carillon.chat.GroupCommit.Result;
import dev.carillon.topic.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class GroupCommitTests {

	private final TestClock clock = new TestClock();

	private final FakeWriter writer = new FakeWriter();

	private final GroupCommit<Integer, String> groups = new GroupCommit<>("test-writer", this.writer, 20, 8,
			Duration.ofSeconds(1), this.clock::nanoTime);

	@AfterEach
	void close() {
		this.writer.turns.release(1_000);
		this.groups.close();
	}

	@Test
	void submitWhileGroupIsWrittenThenTheNextGroupHasAllThatWaits() {
		startWithOneInHand();
		List<CompletionStage<String>> results = IntStream.rangeClosed(1, 8).mapToObj(this.groups::submit).toList();
		this.writer.turns.release(2);
		assertThat(results).allSatisfy((result) -> assertThat(result).succeedsWithin(Duration.ofSeconds(10)));
		assertThat(this.writer.groups).containsExactly(List.of(0), List.of(1, 2, 3, 4, 5, 6, 7, 8));
	}

	@Test
	void submitWhenMoreThanAGroupWaitsThenKeepsTheOrder() {
		startWithOneInHand();
		List<CompletionStage<String>> results = IntStream.rangeClosed(1, 20).mapToObj(this.groups::submit).toList();
		this.writer.turns.release(10);
		assertThat(results.getLast()).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("20");
		assertThat(this.writer.groups.stream().flatMap(List::stream).toList())
			.isEqualTo(IntStream.rangeClosed(0, 20).boxed().toList());
		assertThat(this.writer.groups).allSatisfy((group) -> assertThat(group).hasSizeLessThanOrEqualTo(8));
	}

	@Test
	void submitWhenQueueIsFullThenRefuses() {
		startWithOneInHand();
		IntStream.rangeClosed(1, 20).forEach(this.groups::submit);
		assertThat(refusal(this.groups.submit(21)).code()).isEqualTo(Refusal.Code.UNAVAILABLE);
	}

	@Test
	void submitWhenOneIsRefusedThenTheOthersAreWritten() {
		startWithOneInHand();
		CompletionStage<String> bad = this.groups.submit(-1);
		CompletionStage<String> good = this.groups.submit(2);
		this.writer.turns.release(2);
		assertThat(good).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("2");
		assertThat(refusal(bad).code()).isEqualTo(Refusal.Code.BAD_VALUE);
	}

	@Test
	void submitWhenGroupFailedThenRefusesAtOnceUntilThePauseIsOver() {
		this.writer.turns.release(100);
		this.groups.start();
		this.writer.failing = true;
		assertThat(refusal(this.groups.submit(1)).code()).isEqualTo(Refusal.Code.UNAVAILABLE);
		this.writer.failing = false;
		CompletionStage<String> early = this.groups.submit(2);
		assertThat(early.toCompletableFuture()).isCompletedExceptionally();
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(this.groups.submit(3)).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("3");
		assertThat(this.groups.submit(4)).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("4");
		assertThat(this.writer.groups).doesNotContain(List.of(2));
	}

	@Test
	void closeWhenChangesWaitThenWritesThem() {
		startWithOneInHand();
		List<CompletionStage<String>> results = IntStream.rangeClosed(1, 20).mapToObj(this.groups::submit).toList();
		this.writer.turns.release(100);
		this.groups.close();
		assertThat(results).allSatisfy((result) -> assertThat(result.toCompletableFuture()).isCompleted());
		assertThat(refusal(this.groups.submit(21)).code()).isEqualTo(Refusal.Code.UNAVAILABLE);
	}

	/**
	 * Starts, and waits until the change 0 keeps the writer busy.
	 */
	private void startWithOneInHand() {
		this.groups.start();
		this.groups.submit(0);
		await().until(() -> this.writer.entered.availablePermits() == 1);
	}

	private static Refusal refusal(CompletionStage<String> result) {
		CompletableFuture<String> future = result.toCompletableFuture();
		assertThat(future).failsWithin(Duration.ofSeconds(10));
		return Refusal.of(future.exceptionNow());
	}

	/**
	 * Writes a group for each turn it is given; negative changes are refused.
	 */
	private static final class FakeWriter implements GroupCommit.Writer<Integer, String> {

		final Semaphore turns = new Semaphore(0);

		final Semaphore entered = new Semaphore(0);

		final List<List<Integer>> groups = new ArrayList<>();

		volatile boolean failing;

		@Override
		public List<Result<String>> write(List<Integer> changes) {
			this.entered.release();
			this.turns.acquireUninterruptibly();
			if (this.failing) {
				throw new IllegalStateException("failing");
			}
			this.groups.add(changes);
			return changes.stream()
				.<Result<String>>map(
						(change) -> (change < 0) ? new Result.Refused<>(new Refusal(Refusal.Code.BAD_VALUE, "negative"))
								: new Result.Done<>(change.toString()))
				.toList();
		}

	}

}
