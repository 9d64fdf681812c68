package dev.carillon.scores;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import dev.carillon.topic.Position;
import dev.carillon.topic.Publication;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the messages of one match, each after the one before it has arrived.
 * <p>
 * {@link #announce} must be called by one thread at a time and does not block.
 */
final class Announcer {

	private static final Logger logger = LoggerFactory.getLogger(Announcer.class);

	/** How long a publisher waits for its message to arrive. */
	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final Opened opened;

	private final Topics topics;

	private final MatchJson json;

	private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

	/** The number of the newest change that was published, -1 before the first. */
	private volatile int published = -1;

	Announcer(Opened opened, Topics topics, MatchJson json) {
		this.opened = opened;
		this.topics = topics;
		this.json = json;
	}

	/**
	 * Publishes a message after those before it.
	 */
	CompletableFuture<?> announce(ScoreMessage message) {
		Publication publication = Publication.json(this.json.write(message));
		CompletionStage<Position> arrival = this.last.handle((_, _) -> publication)
			.thenCompose((next) -> this.topics.publish(this.opened.destination(), next));
		this.last = arrival.thenAccept((_) -> this.published = message.number()).toCompletableFuture();
		return this.last;
	}

	/**
	 * Whether a change, or a later one with the whole state, has been published.
	 */
	boolean hasPublished(int number) {
		return this.published >= number;
	}

	/**
	 * Waits for a message to arrive.
	 * @throws Refusal if it does not; the change is stored all the same
	 */
	static void await(CompletableFuture<?> announcement) {
		try {
			announcement.copy().orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
		}
		catch (CompletionException ex) {
			logger.warn("A change of a match was stored and not published", ex);
			throw new Refusal(Refusal.Code.UNAVAILABLE,
					"The change is stored but was not published; send it again with the same message-key");
		}
	}

}
