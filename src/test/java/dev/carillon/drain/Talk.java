package dev.carillon.drain;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.carillon.support.Http;
import dev.carillon.topic.Position;
import tools.jackson.databind.JsonNode;

/**
 * Writes into a room of the chat and publishes to live topics over HTTP, twice a second
 * each, whether the service is there or not.
 * <p>
 * The messages of the chat are numbers. One that was not taken is sent again under the
 * same key, as a careful client does.
 */
final class Talk implements AutoCloseable {

	private static final int PAUSE_MILLIS = 500;

	private final Http sender;

	private final String room;

	/** One message for each live topic. */
	private final String news;

	private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

	private volatile int said;

	private final Map<String, Position> heads = new ConcurrentHashMap<>();

	/**
	 * Begins.
	 * @param sender who may write and publish
	 */
	Talk(Http sender, String room, List<String> topics) {
		this.sender = sender;
		this.room = room;
		this.news = topics.stream()
			.map((topic) -> "{\"destination\":\"" + topic + "\",\"body\":\"news\"}")
			.collect(Collectors.joining(",", "[", "]"));
		this.thread.scheduleWithFixedDelay(this::say, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
		this.thread.scheduleWithFixedDelay(this::publish, PAUSE_MILLIS / 2, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
	}

	/** How many messages the chat has taken: the numbers below this one. */
	int said() {
		return this.said;
	}

	/** The newest position of a live topic that was answered. */
	Position head(String topic) {
		return this.heads.getOrDefault(topic, new Position(1, 0));
	}

	private void say() {
		int number = this.said;
		try {
			Http.Answer answer = this.sender.post("/api/rooms/" + this.room + "/messages",
					"{\"text\":\"%d\",\"key\":\"number-%d\"}".formatted(number, number));
			if (answer.status() == 201) {
				this.said = number + 1;
			}
		}
		catch (UncheckedIOException _) {
			// nobody is there at the moment
		}
	}

	private void publish() {
		try {
			Http.Answer answer = this.sender.post("/api/publish", this.news);
			if (answer.status() == 200) {
				answer.json().forEach(this::note);
			}
		}
		catch (UncheckedIOException _) {
			// nobody is there at the moment
		}
	}

	private void note(JsonNode result) {
		if (result.has("position")) {
			this.heads.put(result.get("destination").asString(), Position.parse(result.get("position").asString()));
		}
	}

	/** After this nothing more is said. */
	@Override
	public void close() {
		this.thread.shutdown();
		try {
			if (!this.thread.awaitTermination(1, TimeUnit.MINUTES)) {
				throw new IllegalStateException("A message is under way for a minute");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
