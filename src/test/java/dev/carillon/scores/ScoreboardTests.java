package dev.carillon.scores;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.carillon.support.FakeClock;
import dev.carillon.support.ForwardingLog;
import dev.carillon.topic.Destination;
import dev.carillon.topic.MemoryLogs;
import dev.carillon.topic.Position;
import dev.carillon.topic.Publication;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.TopicLog;
import dev.carillon.topic.TopicLogs;
import dev.carillon.topic.TopicPolicy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * {@link Scoreboard} with its ledgers: order, idempotency, storage before publication,
 * restart.
 */
class ScoreboardTests {

	private static final Report START = Report.of(new MatchEvent.PeriodStart());

	private static final Report GOAL = Report.of(new SoccerEvent.Goal(Side.HOME, "Ada", null));

	private static final Author SCORER = Played.SCORER;

	private final Board board = new Board();

	@Test
	void createWhenIdIsChosenThenTopicTellsTheMatch() {
		Accepted accepted = this.board.scoreboard.create(SCORER, new Opening("final", Played.soccer()));
		assertThat(accepted).isEqualTo(new Accepted("final", "/topic/scores.soccer.final", 0));
		assertThat(this.board.published("/topic/scores.soccer.final")).singleElement().satisfies((message) -> {
			assertThat(message.get("kind").asString()).isEqualTo("created");
			assertThat(message.at("/state/status").asString()).isEqualTo("scheduled");
		});
	}

	@Test
	void createWhenIdIsTakenThenRefused() {
		this.board.scoreboard.create(SCORER, new Opening("final", Played.soccer()));
		assertRefused(Refusal.Code.CONFLICT,
				() -> this.board.scoreboard.create(SCORER, new Opening("final", Played.soccer())));
	}

	@Test
	void createWhenIdIsThatOfASimulationThenRefused() {
		assertRefused(Refusal.Code.BAD_VALUE,
				() -> this.board.scoreboard.create(SCORER, new Opening("sim-soccer-1", Played.soccer())));
	}

	@Test
	void createWhenKeyIsRepeatedThenFirstMatch() {
		Author author = new Author("sam", "k1");
		Accepted first = this.board.scoreboard.create(author, new Opening(null, Played.soccer()));
		assertThat(this.board.scoreboard.create(author, new Opening(null, Played.soccer()))).isEqualTo(first);
		assertThat(this.board.restarted().create(author, new Opening(null, Played.soccer()))).isEqualTo(first);
		assertRefused(Refusal.Code.CONFLICT,
				() -> this.board.scoreboard.create(author, new Opening(null, Played.cup())));
		Accepted other = this.board.scoreboard.create(new Author("kim", "k1"), new Opening(null, Played.soccer()));
		assertThat(other.match()).isNotEqualTo(first.match());
	}

	@Test
	void createWhenThereAreTooManyThenRefusedUntilFinishedOnesAreOld() {
		Scoreboard limited = this.board.limited(1, 10);
		String match = this.board.soccer();
		assertRefused(Refusal.Code.LIMIT_REACHED, this.board::soccer);
		limited.report(match, SCORER, Report.of(new MatchEvent.Abandoned(null)));
		assertRefused(Refusal.Code.LIMIT_REACHED, this.board::soccer);
		this.board.clock.advance(Duration.ofDays(91));
		String next = this.board.soccer();
		assertThat(limited.timelines()).extracting((timeline) -> timeline.opened().id()).containsExactly(next);
		assertThat(this.board.store.all()).hasSize(1);
	}

	@Test
	void reportWhenAcceptedThenStoredAndPublished() {
		String match = this.board.soccer();
		this.board.scoreboard.report(match, SCORER, START);
		Accepted goal = this.board.scoreboard.report(match, SCORER, GOAL);
		assertThat(goal.number()).isEqualTo(2);
		assertThat(this.board.store.steps(match)).hasSize(2);
		List<JsonNode> messages = this.board.published(goal.destination());
		assertThat(messages).extracting((message) -> message.get("number").asInt()).containsExactly(0, 1, 2);
		assertThat(messages.getLast().at("/state/score/home").asInt()).isOne();
	}

	@Test
	void reportWhenImpossibleThenNothingIsStoredOrPublished() {
		String match = this.board.soccer();
		assertRefused(Refusal.Code.CONFLICT, () -> this.board.scoreboard.report(match, SCORER, GOAL));
		assertThat(this.board.store.steps(match)).isEmpty();
		assertThat(this.board.published("/topic/scores.soccer." + match)).hasSize(1);
	}

	@Test
	void reportWhenMatchIsUnknownThenRefused() {
		assertRefused(Refusal.Code.NOT_FOUND, () -> this.board.scoreboard.report("nope", SCORER, GOAL));
	}

	@Test
	void reportWhenTimelineIsFullThenRefused() {
		Scoreboard limited = this.board.limited(10, 2);
		String match = this.board.soccer();
		limited.report(match, SCORER, START);
		limited.report(match, SCORER, GOAL);
		assertRefused(Refusal.Code.LIMIT_REACHED, () -> limited.report(match, SCORER, GOAL));
	}

	@Test
	void reportWhenKeyIsRepeatedThenFirstResultAlsoAfterRestart() {
		String match = this.board.soccer();
		this.board.scoreboard.report(match, SCORER, START);
		Author author = new Author("sam", "goal-1");
		Accepted first = this.board.scoreboard.report(match, author, GOAL);
		this.board.scoreboard.report(match, SCORER, GOAL);
		assertThat(this.board.scoreboard.report(match, author, GOAL)).isEqualTo(first);
		assertThat(this.board.restarted().report(match, author, GOAL)).isEqualTo(first);
		assertThat(this.board.scoreboard.timeline(match).match().score()).isEqualTo(new Tally(2, 0));
		assertRefused(Refusal.Code.CONFLICT, () -> this.board.scoreboard.report(match, author, START));
	}

	@Test
	void withdrawWhenKeyIsRepeatedThenFirstResult() {
		String match = this.board.soccer();
		this.board.scoreboard.report(match, SCORER, START);
		this.board.scoreboard.report(match, SCORER, GOAL);
		Author author = new Author("sam", "undo");
		Accepted first = this.board.scoreboard.withdraw(match, author, 2);
		assertThat(this.board.scoreboard.withdraw(match, author, 2)).isEqualTo(first);
		assertRefused(Refusal.Code.CONFLICT, () -> this.board.scoreboard.withdraw(match, SCORER, 2));
		assertThat(this.board.published(first.destination()).getLast().get("kind").asString()).isEqualTo("withdrawal");
	}

	@Test
	void removeWhenMatchIsKnownThenGoneWithItsMessages() {
		String match = this.board.soccer();
		this.board.scoreboard.report(match, SCORER, START);
		this.board.scoreboard.remove(match);
		assertRefused(Refusal.Code.NOT_FOUND, () -> this.board.scoreboard.timeline(match));
		assertThat(this.board.store.all()).isEmpty();
		assertThat(this.board.published("/topic/scores.soccer." + match)).isEmpty();
	}

	@Test
	void restartWhenStoredEventsBreakTheRulesThenOtherMatchesAreBroughtBack() {
		String match = this.board.soccer();
		this.board.scoreboard.create(SCORER, new Opening("broken", Played.soccer()));
		this.board.store.append("broken", new Step.Reported(1, Played.KICK_OFF, SCORER, GOAL));
		assertThat(this.board.restarted().timelines()).extracting((timeline) -> timeline.opened().id())
			.containsExactly(match);
	}

	@Test
	void timelinesWhenStoreComesBackThenRestored() {
		UnreliableTimelines store = new UnreliableTimelines();
		Board unreliable = new Board(store);
		String match = unreliable.soccer();
		store.down.set(true);
		Scoreboard restarted = unreliable.started();
		assertRefused(Refusal.Code.UNAVAILABLE, restarted::timelines);
		store.down.set(false);
		assertThat(restarted.timeline(match).number()).isZero();
	}

	@Test
	void restartWhenMatchesAreStoredThenTheyGoOnAndAreToldAgain() {
		String match = this.board.soccer();
		this.board.scoreboard.report(match, SCORER, START);
		this.board.scoreboard.report(match, SCORER, GOAL);
		Timeline before = this.board.scoreboard.timeline(match);
		Scoreboard restarted = this.board.restarted();
		assertThat(restarted.timeline(match)).isEqualTo(before);
		JsonNode told = this.board.published("/topic/scores.soccer." + match).getLast();
		assertThat(told.get("kind").asString()).isEqualTo("state");
		assertThat(told.at("/state/score/home").asInt()).isOne();
		assertThat(restarted.report(match, SCORER, GOAL).number()).isEqualTo(3);
	}

	@Test
	void reportWhenManyScorersReportThenPublishedInOrderOfTimeline() throws Exception {
		String match = this.board.soccer();
		this.board.scoreboard.report(match, SCORER, START);
		try (ExecutorService scorers = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<Accepted>> reports = new ArrayList<>();
			for (int i = 0; i < 30; i++) {
				reports.add(scorers.submit(() -> this.board.scoreboard.report(match, SCORER, GOAL)));
			}
			for (Future<Accepted> report : reports) {
				report.get();
			}
		}
		List<Integer> numbers = this.board.published("/topic/scores.soccer." + match)
			.stream()
			.map((message) -> message.get("number").asInt())
			.toList();
		assertThat(numbers).hasSize(32).isSorted().doesNotHaveDuplicates();
		assertThat(this.board.scoreboard.timeline(match).match().score().home()).isEqualTo(30);
	}

	@Test
	void reportWhenLogIsSlowThenNextMessageWaitsForThePreviousOne() {
		HeldLogs logs = new HeldLogs();
		Board slow = new Board(logs);
		String match = slow.soccer();
		slow.scoreboard.report(match, SCORER, START);
		logs.hold();
		try (ExecutorService scorers = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<Accepted> first = scorers.submit(() -> slow.scoreboard.report(match, SCORER, GOAL));
			Awaitility.await().until(() -> slow.scoreboard.timeline(match).number() == 2);
			Future<Accepted> second = scorers.submit(() -> slow.scoreboard.report(match, SCORER, GOAL));
			Awaitility.await().until(() -> slow.scoreboard.timeline(match).number() == 3);
			assertThat(logs.held).hasSize(1);
			assertThat(first).isNotDone();
			assertThat(second).isNotDone();
			logs.letGo();
			assertThat(first).succeedsWithin(Duration.ofSeconds(5)).extracting(Accepted::number).isEqualTo(2);
			assertThat(second).succeedsWithin(Duration.ofSeconds(5)).extracting(Accepted::number).isEqualTo(3);
		}
	}

	@Test
	void reportWhenPublishingFailsThenRefusedAndRepeatedKeyPublishesIt() {
		HeldLogs logs = new HeldLogs();
		Board failing = new Board(logs);
		String match = failing.soccer();
		Author author = new Author("sam", "k");
		logs.failing.set(true);
		assertRefused(Refusal.Code.UNAVAILABLE, () -> failing.scoreboard.report(match, author, START));
		assertThat(failing.store.steps(match)).hasSize(1);
		logs.failing.set(false);
		assertThat(failing.scoreboard.report(match, author, START).number()).isOne();
		List<JsonNode> messages = failing.published("/topic/scores.soccer." + match);
		assertThat(messages).extracting((message) -> message.get("number").asInt()).containsExactly(0, 1);
		assertThat(failing.store.steps(match)).hasSize(1);
	}

	@Test
	void reportWhenStoreIsDownThenRefusedAndStateUnchanged() {
		UnreliableTimelines store = new UnreliableTimelines();
		Board unreliable = new Board(store);
		String match = unreliable.soccer();
		store.down.set(true);
		assertRefused(Refusal.Code.UNAVAILABLE, () -> unreliable.scoreboard.report(match, SCORER, START));
		assertThat(unreliable.scoreboard.timeline(match).number()).isZero();
		assertThat(unreliable.published("/topic/scores.soccer." + match)).hasSize(1);
		store.down.set(false);
		assertThat(unreliable.scoreboard.report(match, SCORER, START).number()).isOne();
	}

	@Test
	void reportWhenStoredButAnswerWasLostThenRepeatedKeyFindsIt() {
		UnreliableTimelines store = new UnreliableTimelines();
		Board unreliable = new Board(store);
		String match = unreliable.soccer();
		Author author = new Author("sam", "k");
		store.losesAnswer.set(true);
		assertRefused(Refusal.Code.UNAVAILABLE, () -> unreliable.scoreboard.report(match, author, START));
		store.losesAnswer.set(false);
		assertThat(unreliable.scoreboard.report(match, author, START).number()).isOne();
		assertThat(store.steps(match)).hasSize(1);
		assertThat(unreliable.published("/topic/scores.soccer." + match)).hasSize(2);
	}

	@Test
	void reportWhenOtherProcessWasFasterThenJudgedByItsSteps() {
		String match = this.board.soccer();
		Scoreboard here = this.board.scoreboard;
		Scoreboard there = this.board.restarted();
		there.report(match, SCORER, START);
		there.report(match, SCORER, GOAL);
		assertRefused(Refusal.Code.CONFLICT, () -> here.report(match, SCORER, START));
		assertThat(here.report(match, SCORER, Report.of(new MatchEvent.PeriodEnd())).number()).isEqualTo(3);
		assertThat(here.timeline(match).match().score().home()).isOne();
	}

	private static void assertRefused(Refusal.Code code, Runnable action) {
		assertThatExceptionOfType(Refusal.class).isThrownBy(action::run)
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(code));
	}

	/** A store that can be down, or loses the answer to what it has stored. */
	private static final class UnreliableTimelines implements Timelines {

		final AtomicBoolean down = new AtomicBoolean();

		final AtomicBoolean losesAnswer = new AtomicBoolean();

		private final Timelines kept = new MemoryTimelines();

		@Override
		public boolean open(Opened opened) {
			return this.kept.open(opened);
		}

		@Override
		public boolean append(String match, Step step) {
			if (this.down.get()) {
				throw new Refusal(Refusal.Code.UNAVAILABLE, "down");
			}
			boolean appended = this.kept.append(match, step);
			if (this.losesAnswer.get()) {
				throw new Refusal(Refusal.Code.UNAVAILABLE, "lost");
			}
			return appended;
		}

		@Override
		public List<Step> steps(String match) {
			return this.kept.steps(match);
		}

		@Override
		public List<Stored> all() {
			if (this.down.get()) {
				throw new Refusal(Refusal.Code.UNAVAILABLE, "down");
			}
			return this.kept.all();
		}

		@Override
		public void remove(String match) {
			this.kept.remove(match);
		}

	}

	/** Logs whose appends can be held back, or fail. */
	private static final class HeldLogs implements TopicLogs {

		final AtomicBoolean failing = new AtomicBoolean();

		final ConcurrentLinkedQueue<Runnable> held = new ConcurrentLinkedQueue<>();

		private volatile boolean holding;

		private final TopicLogs logs = new MemoryLogs(new FakeClock(Played.KICK_OFF), new Random(3));

		void hold() {
			this.holding = true;
		}

		void letGo() {
			this.holding = false;
			for (Runnable append = this.held.poll(); append != null; append = this.held.poll()) {
				append.run();
			}
		}

		@Override
		public TopicLog create(Destination destination, TopicPolicy policy, Runnable news) {
			return new HeldLog(this.logs.create(destination, policy, news));
		}

		private final class HeldLog extends ForwardingLog {

			HeldLog(TopicLog log) {
				super(log);
			}

			@Override
			public CompletionStage<Position> append(Publication publication) {
				if (HeldLogs.this.failing.get()) {
					return CompletableFuture.failedStage(new IllegalStateException("the log is away"));
				}
				if (!HeldLogs.this.holding) {
					return super.append(publication);
				}
				CompletableFuture<Position> later = new CompletableFuture<>();
				HeldLogs.this.held
					.add(() -> super.append(publication).thenAccept(later::complete).toCompletableFuture().join());
				return later;
			}

		}

	}

}
