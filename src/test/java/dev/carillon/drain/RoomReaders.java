package dev.carillon.drain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import dev.carillon.support.Http;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What each of many followers of a room knows of it: the numbers that a {@link Talk} has
 * said.
 * <p>
 * Who is told that the log of the room has begun anew asks the history for what came
 * after the last message known. Only then may a message come on both ways.
 */
final class RoomReaders implements Crowd.Listener, AutoCloseable {

	private static final JsonMapper JSON = new JsonMapper();

	/** Fewer than the service lets read at the same time. */
	private static final int THREADS = 4;

	private final Http guest;

	private final String room;

	private final List<BitSet> known;

	/** The newest message that each follower knows, by its id. */
	private final long[] newest;

	private final BitSet asked = new BitSet();

	private int asking;

	/** The id of each number. */
	private final Map<Integer, Long> ids = new HashMap<>();

	private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

	RoomReaders(int port, String room, int followers) {
		this.guest = new Http(port, null);
		this.room = room;
		this.known = IntStream.range(0, followers).mapToObj((_) -> new BitSet()).toList();
		this.newest = new long[followers];
	}

	/** How many messages a follower knows. */
	int count(Follower follower) {
		return this.known.get(follower.number()).cardinality();
	}

	/** How many followers had to ask the history. */
	int asked() {
		return this.asked.cardinality();
	}

	/** Whether all answers of the history have come. */
	boolean isQuiet() {
		return this.asking == 0;
	}

	@Override
	public void heard(Follower follower, String destination, String body) {
		if (isRoom(destination)) {
			boolean fresh = learn(follower, JSON.readTree(body));
			if (!fresh && !this.asked.get(follower.number())) {
				throw new AssertionError(follower + " heard twice: " + body);
			}
		}
	}

	@Override
	public void lost(Follower follower, String destination) {
		if (isRoom(destination)) {
			this.asked.set(follower.number());
			this.asking++;
			long after = this.newest[follower.number()];
			CompletableFuture.supplyAsync(() -> history(after), this.threads)
				.whenComplete((messages, failure) -> follower.post(() -> answered(follower, messages, failure)));
		}
	}

	private boolean isRoom(String destination) {
		return destination.equals("/topic/chat." + this.room);
	}

	private List<JsonNode> history(long after) {
		List<JsonNode> messages = new ArrayList<>();
		JsonNode next = JSON.valueToTree(after);
		while (next != null) {
			Http.Answer answer = this.guest
				.get("/api/rooms/" + this.room + "/messages?limit=200&after=" + next.asLong());
			if (answer.status() != 200) {
				throw new IllegalStateException(answer.toString());
			}
			answer.json().get("messages").forEach(messages::add);
			next = answer.json().get("after");
		}
		return messages;
	}

	private void answered(Follower follower, List<JsonNode> messages, Throwable failure) {
		if (failure != null) {
			throw new AssertionError("The history was not answered", failure);
		}
		this.asking--;
		messages.forEach((message) -> learn(follower, message));
	}

	/** Adds a message and says whether it is new to the follower. */
	private boolean learn(Follower follower, JsonNode message) {
		int number = Integer.parseInt(message.get("text").asString());
		long id = message.get("id").asLong();
		Long stored = this.ids.putIfAbsent(number, id);
		if (stored != null && stored != id) {
			throw new AssertionError(number + " is stored twice: as " + stored + " and as " + id);
		}
		this.newest[follower.number()] = Math.max(this.newest[follower.number()], id);
		BitSet numbers = this.known.get(follower.number());
		boolean fresh = !numbers.get(number);
		numbers.set(number);
		return fresh;
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
