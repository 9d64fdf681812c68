package dev.carillon.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;

import dev.carillon.chat.GroupCommit.Result;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.Trace;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionException;

/**
 * Stores changes and publishes them, in this order: what is on a topic is in the
 * database, and within a room the ids of messages rise in the order of the topic.
 * <p>
 * When a submitted change completes it is on the disk. If the process dies between
 * storing and publishing, the history has the message; nothing is published after the
 * restart, because the topic's log starts over with a new epoch, which sends every client
 * to the history anyway. If a commit fails and nobody can tell whether it took place, its
 * callers are refused, and the next group looks: a message that turns out to be stored is
 * published before anything newer. (An edit or a reaction cannot be told by its id and is
 * left to the history.) The order holds within one process.
 */
final class MessageWriter implements SmartLifecycle {

	/** After everything that takes messages in has stopped. */
	static final int PHASE = -1_000;

	private final Database database;

	private final Ledger ledger;

	private final Announcer announcer;

	private final SlowMode slowMode;

	private final GroupCommit<Submitted, CompletionStage<ChatEvent>> groups;

	/** What the last commit applied, if nobody knows whether it took place. */
	private List<Outcome> doubtful = List.of();

	private volatile boolean running;

	MessageWriter(Database database, Ledger ledger, Announcer announcer, SlowMode slowMode, Bounds bounds,
			LongSupplier nanoTime) {
		this.database = database;
		this.ledger = ledger;
		this.announcer = announcer;
		this.slowMode = slowMode;
		this.groups = new GroupCommit<>("chat-writer", this::write, bounds.queue(), bounds.batch(), bounds.pause(),
				nanoTime);
	}

	/** A change on its way to the thread that writes, with what follows it. */
	private record Submitted(Change change, @Nullable Trace trace) {
	}

	/**
	 * The bounds of the writing.
	 *
	 * @param queue how many changes may wait
	 * @param batch how many changes share one transaction
	 * @param pause how long everything is refused after a failure
	 */
	record Bounds(int queue, int batch, Duration pause) {
	}

	/**
	 * Stores and publishes a change. Any thread; does not block.
	 * @return what happened, once it is stored and the topics have it, or a
	 * {@link Refusal}
	 */
	CompletionStage<ChatEvent> submit(Change change) {
		return this.groups.submit(new Submitted(change, Trace.current())).thenCompose(Function.identity());
	}

	private List<Result<CompletionStage<ChatEvent>>> write(List<Submitted> changes) {
		try {
			return announce(changes, commit(changes));
		}
		catch (DataIntegrityViolationException | ConcurrencyFailureException _) {
			// Another node was faster with a key, or one change does not fit: find out
			// which.
			return changes.stream().map(this::writeAlone).toList();
		}
	}

	private Result<CompletionStage<ChatEvent>> writeAlone(Submitted change) {
		try {
			try {
				return announce(List.of(change), commit(List.of(change))).getFirst();
			}
			catch (DataIntegrityViolationException | ConcurrencyFailureException _) {
				return announce(List.of(change), commit(List.of(change))).getFirst();
			}
		}
		catch (DataIntegrityViolationException | ConcurrencyFailureException _) {
			return new Result.Refused<>(
					new Refusal(Refusal.Code.CONFLICT, "Somebody else changed the same at this moment; try again"));
		}
		catch (DataAccessException | TransactionException _) {
			return new Result.Refused<>(Database.unavailable());
		}
	}

	private List<Result<Outcome>> commit(List<Submitted> changes) {
		List<Result<Outcome>> applied = new ArrayList<>();
		List<Outcome> settled = new ArrayList<>();
		try {
			this.database.commit(() -> {
				this.doubtful.stream().filter(this.ledger::isStored).forEach(settled::add);
				return applied
					.addAll(this.ledger.apply(changes.stream().map(Submitted::change).toList(), this.slowMode));
			});
		}
		catch (RuntimeException ex) {
			this.slowMode.rollback();
			if (!applied.isEmpty()) {
				applied.forEach((result) -> outcome(result).ifPresent(settled::add));
				this.doubtful = settled;
			}
			throw ex;
		}
		this.slowMode.commit();
		this.doubtful = List.of();
		settled.forEach(this.announcer::announce);
		return applied;
	}

	private static Optional<Outcome> outcome(Result<Outcome> result) {
		return switch (result) {
			case Result.Done<Outcome>(Outcome outcome) -> Optional.of(outcome);
			case Result.Refused<Outcome> _ -> Optional.empty();
		};
	}

	private List<Result<CompletionStage<ChatEvent>>> announce(List<Submitted> changes, List<Result<Outcome>> applied) {
		List<Result<CompletionStage<ChatEvent>>> announced = new ArrayList<>(applied.size());
		for (int i = 0; i < applied.size(); i++) {
			Trace trace = changes.get(i).trace();
			announced.add(switch (applied.get(i)) {
				case Result.Done<Outcome>(Outcome outcome) -> new Result.Done<>(announce(outcome, trace));
				case Result.Refused<Outcome>(Refusal refusal) -> new Result.Refused<>(refusal);
			});
		}
		return announced;
	}

	private CompletionStage<ChatEvent> announce(Outcome outcome, @Nullable Trace trace) {
		return (trace == null) ? this.announcer.announce(outcome)
				: ScopedValue.where(Trace.CURRENT, trace).call(() -> this.announcer.announce(outcome));
	}

	@Override
	public void start() {
		this.groups.start();
		this.running = true;
	}

	@Override
	public void stop() {
		this.groups.close();
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
