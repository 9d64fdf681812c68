package dev.carillon.scores;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

import dev.carillon.topic.Refusal;

/**
 * The timeline of one match, changed by one thread at a time: a step is checked, stored,
 * and then published, in the order of its number.
 * <p>
 * Reading never waits. A change blocks while it is stored and until it is published; the
 * next one may be stored meanwhile. If another process adds to the same timeline, the
 * stored steps are read again and the change is judged by them.
 */
final class Ledger {

	/** How often a change is tried when others are faster. */
	private static final int ATTEMPTS = 5;

	private final ReentrantLock changes = new ReentrantLock();

	private final Timelines store;

	private final Announcer announcer;

	private final Clock clock;

	private final int maxSteps;

	private volatile Timeline timeline;

	/**
	 * What a change asks for, before it has a place and a time.
	 */
	@FunctionalInterface
	private interface Request {

		Step at(int number, Instant at);

	}

	Ledger(Timeline timeline, Timelines store, Announcer announcer, Clock clock, int maxSteps) {
		this.timeline = timeline;
		this.store = store;
		this.announcer = announcer;
		this.clock = clock;
		this.maxSteps = maxSteps;
	}

	Timeline timeline() {
		return this.timeline;
	}

	/**
	 * Takes an event into the timeline.
	 * @throws Refusal if the event is impossible, or not stored, or not published
	 */
	Accepted report(Author by, Report report) {
		return change(by, (number, at) -> new Step.Reported(number, at, by, report));
	}

	/**
	 * Takes an event out again.
	 * @throws Refusal if there is no such event, if a later one depends on it, or if the
	 * change is not stored or not published
	 */
	Accepted withdraw(Author by, int event) {
		return change(by, (number, at) -> new Step.Withdrawn(number, at, by, event));
	}

	/**
	 * Publishes the state as it is, without waiting.
	 */
	CompletableFuture<?> announce(ScoreMessage message) {
		this.changes.lock();
		try {
			return this.announcer.announce(message);
		}
		finally {
			this.changes.unlock();
		}
	}

	/**
	 * Tells the creation of the match, unless that has been done.
	 */
	Accepted opened() {
		if (!this.announcer.hasPublished(0)) {
			Announcer.await(announce(ScoreMessage.newest(this.timeline)));
		}
		return Accepted.of(this.timeline.opened(), 0);
	}

	private Accepted change(Author by, Request request) {
		CompletableFuture<?> announcement;
		Step taken;
		this.changes.lock();
		try {
			taken = take(by, request);
			announcement = this.announcer.hasPublished(taken.number()) ? CompletableFuture.completedFuture(null)
					: this.announcer.announce(message(taken));
		}
		finally {
			this.changes.unlock();
		}
		Announcer.await(announcement);
		return Accepted.of(this.timeline.opened(), taken.number());
	}

	private ScoreMessage message(Step taken) {
		return (taken.number() == this.timeline.number()) ? ScoreMessage.newest(this.timeline)
				: ScoreMessage.state(this.timeline);
	}

	private Step take(Author by, Request request) {
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			Timeline known = this.timeline;
			Step step = request.at(known.nextNumber(), now(known));
			Step first = known.repeated(by).orElse(null);
			if (first != null) {
				return same(first, step);
			}
			if (known.nextNumber() > this.maxSteps) {
				throw new Refusal(Refusal.Code.LIMIT_REACHED,
						"The timeline of the match is full; max-events is " + this.maxSteps + ", withdrawals counted");
			}
			Timeline next = known.plus(step);
			if (this.store.append(known.opened().id(), step)) {
				this.timeline = next;
				return step;
			}
			this.timeline = Timeline.of(known.opened(), this.store.steps(known.opened().id()));
		}
		throw new Refusal(Refusal.Code.UNAVAILABLE, "Too many changes of this match at the same time; try again");
	}

	private static Step same(Step first, Step step) {
		if (!first.asks(step)) {
			throw new Refusal(Refusal.Code.CONFLICT,
					"message-key: it was used for another change of this match, number " + first.number());
		}
		return first;
	}

	/** Never before the last step, whatever the clock does. */
	private Instant now(Timeline known) {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
		return now.isBefore(known.changedAt()) ? known.changedAt() : now;
	}

}
