package dev.carillon.scores;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import dev.carillon.topic.Refusal;
import dev.carillon.topic.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All matches. Scorers, over STOMP or HTTP, and the simulator change them here.
 * <p>
 * Any thread; changes block until they are stored and published. Reading does not, but
 * for the first time, when stored matches are brought back.
 */
final class Scoreboard {

	/**
	 * What the ids of simulated matches begin with; nobody else may choose such an id.
	 */
	static final String SIMULATED = "sim-";

	private static final Logger logger = LoggerFactory.getLogger(Scoreboard.class);

	private final Map<String, Ledger> ledgers = new ConcurrentHashMap<>();

	private final ReentrantLock openings = new ReentrantLock();

	private final Timelines store;

	private final Topics topics;

	private final MatchJson json;

	private final Clock clock;

	private final RandomGenerator random;

	private final ScoresProperties properties;

	private volatile boolean restored;

	Scoreboard(Timelines store, Topics topics, MatchJson json, Clock clock, RandomGenerator random,
			ScoresProperties properties) {
		this.store = store;
		this.topics = topics;
		this.json = json;
		this.clock = clock;
		this.random = random;
		this.properties = properties;
	}

	/**
	 * Brings back the stored matches, unless that has been done, and publishes the state
	 * of each, because topics do not outlive the process.
	 * @throws Refusal if the store cannot be reached; everything here tries again then
	 */
	void restore() {
		if (this.restored) {
			return;
		}
		this.openings.lock();
		try {
			if (!this.restored) {
				this.store.all().forEach(this::restore);
				this.restored = true;
			}
		}
		finally {
			this.openings.unlock();
		}
	}

	/**
	 * One match that today's rules do not allow must not keep the service from starting.
	 */
	private void restore(Timelines.Stored stored) {
		try {
			Timeline timeline = Timeline.of(stored.opened(), stored.steps());
			Ledger ledger = ledger(timeline);
			this.ledgers.put(stored.opened().id(), ledger);
			ledger.announce(ScoreMessage.state(timeline));
		}
		catch (Refusal refusal) {
			logger.error("The stored match {} is left out, because its events break the rules: {}",
					stored.opened().id(), refusal.reason());
		}
	}

	private Ledger ledger(Timeline timeline) {
		return new Ledger(timeline, this.store, new Announcer(timeline.opened(), this.topics, this.json), this.clock,
				this.properties.maxEvents());
	}

	/**
	 * Creates a match for a scorer.
	 * @throws Refusal if the id is taken or kept for simulations, or there are too many
	 * matches
	 */
	Accepted create(Author by, Opening opening) {
		if (opening.id() != null && opening.id().startsWith(SIMULATED)) {
			throw Fields.bad("id: " + SIMULATED + "… is kept for simulated matches");
		}
		return open(by, opening);
	}

	/**
	 * Creates a match, simulated or not.
	 */
	Accepted open(Author by, Opening opening) {
		restore();
		Ledger ledger;
		this.openings.lock();
		try {
			ledger = repeated(by, opening).orElseGet(() -> fresh(by, opening));
		}
		finally {
			this.openings.unlock();
		}
		return ledger.opened();
	}

	private Optional<Ledger> repeated(Author by, Opening opening) {
		Optional<Ledger> first = this.ledgers.values()
			.stream()
			.filter((ledger) -> by.repeats(ledger.timeline().opened().by()))
			.findFirst();
		first.map((ledger) -> ledger.timeline().opened()).ifPresent((opened) -> {
			boolean sameId = opening.id() == null || opening.id().equals(opened.id());
			if (!sameId || !opening.fixture().equals(opened.fixture())) {
				throw new Refusal(Refusal.Code.CONFLICT, "message-key: it was used for the match " + opened.id());
			}
		});
		return first;
	}

	private Ledger fresh(Author by, Opening opening) {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
		forgetFinishedBefore(now.minus(this.properties.keepFinished()));
		if (this.ledgers.size() >= this.properties.maxMatches()) {
			throw new Refusal(Refusal.Code.LIMIT_REACHED,
					"There are as many matches as max-matches allows, " + this.properties.maxMatches());
		}
		String id = (opening.id() != null) ? opening.id() : newId();
		Opened opened = new Opened(id, opening.fixture(), by, now);
		if (this.ledgers.containsKey(id) || !this.store.open(opened)) {
			throw new Refusal(Refusal.Code.CONFLICT, "id: there is a match " + id + " already");
		}
		Ledger ledger = ledger(Timeline.of(opened));
		this.ledgers.put(id, ledger);
		return ledger;
	}

	private String newId() {
		return Stream.generate(() -> Long.toString(this.random.nextLong(1L << 40), 36))
			.filter((id) -> !this.ledgers.containsKey(id))
			.findFirst()
			.orElseThrow();
	}

	private void forgetFinishedBefore(Instant time) {
		this.ledgers.values()
			.stream()
			.map(Ledger::timeline)
			.filter((timeline) -> timeline.match().status().isOver() && timeline.changedAt().isBefore(time))
			.forEach((timeline) -> remove(timeline.opened().id()));
	}

	/**
	 * Takes an event into the timeline of a match.
	 * @throws Refusal if there is no such match, or see {@link Ledger#report}
	 */
	Accepted report(String match, Author by, Report report) {
		return require(match).report(by, report);
	}

	/**
	 * Takes an event out of the timeline of a match again.
	 * @throws Refusal if there is no such match, or see {@link Ledger#withdraw}
	 */
	Accepted withdraw(String match, Author by, int event) {
		return require(match).withdraw(by, event);
	}

	private Ledger require(String match) {
		restore();
		Ledger ledger = this.ledgers.get(match);
		if (ledger == null) {
			throw new Refusal(Refusal.Code.NOT_FOUND, "There is no match with this id");
		}
		return ledger;
	}

	/**
	 * Forgets a match for good. Its messages are let go of as if their time were over, so
	 * that matches that come and go do not fill the memory.
	 */
	void remove(String match) {
		this.store.remove(match);
		Ledger gone = this.ledgers.remove(match);
		if (gone != null) {
			this.topics.find(gone.timeline().opened().destination())
				.ifPresent((topic) -> topic.log().release(topic.log().head()));
		}
	}

	/**
	 * The timeline of a match.
	 * @throws Refusal if there is no such match
	 */
	Timeline timeline(String match) {
		return require(match).timeline();
	}

	/**
	 * The timelines of all matches, those created last first.
	 */
	List<Timeline> timelines() {
		restore();
		return this.ledgers.values()
			.stream()
			.map(Ledger::timeline)
			.sorted(Comparator.comparing((Timeline timeline) -> timeline.opened().at())
				.thenComparing((timeline) -> timeline.opened().id())
				.reversed())
			.toList();
	}

}
