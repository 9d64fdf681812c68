package dev.carillon.scores;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.carillon.support.AsyncStomp;
import dev.carillon.support.CarillonProcess;
import dev.carillon.support.Http;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the answer to a scorer promises, with a real process that is killed while events
 * are reported.
 */
class ScoresCrashIntegrationTests {

	private static final int KILLS = 12;

	/** How many reports of one scorer over STOMP are under way. */
	private static final int WINDOW = 8;

	private static final JsonMapper JSON = new JsonMapper();

	@TempDir
	private Path home;

	private final SplittableRandom random = new SplittableRandom(12);

	/** What spectators saw: the player of each event by its number. */
	private final Map<String, Map<Integer, String>> seen = Map.of("stomp", new ConcurrentHashMap<>(), "http",
			new ConcurrentHashMap<>());

	@Test
	void killWhenEventsAreReportedThenMatchesGoOnWithNothingLostAndNothingDoubled()
			throws SQLException, InterruptedException {
		Scorer stomp = new StompScorer("stomp");
		Scorer http = new HttpScorer("http");
		for (int kill = 0; kill < KILLS; kill++) {
			try (CarillonProcess process = start(); AsyncStomp spectator = AsyncStomp.guest(process.port())) {
				begin(process, "stomp");
				begin(process, "http");
				spectator.subscribe("scores", "/topic/scores.basketball.*");
				CountDownLatch enough = new CountDownLatch(this.random.nextInt(20, 150));
				stomp.begin(process.port(), enough);
				http.begin(process.port(), enough);
				assertThat(enough.await(60, TimeUnit.SECONDS)).as("answers of round %d, %s", kill, process.output())
					.isTrue();
				process.kill();
				spectator.closed().orTimeout(30, TimeUnit.SECONDS).join();
				spectator.messages().forEach(this::note);
			}
			stomp.awaitEnd();
			http.awaitEnd();
		}
		for (Scorer scorer : List.of(stomp, http)) {
			Map<String, String> stored = StoredEvents.read(this.home, scorer.match);
			List<String> timeline = List.copyOf(stored.values());
			assertThat(stored.remove("start")).isEmpty();
			assertThat(without(scorer.accepted, stored)).as("accepted and lost").isEmpty();
			assertThat(without(stored, scorer.sent)).as("never sent").isEmpty();
			assertThat(this.seen.get(scorer.match)).isNotEmpty()
				.allSatisfy((number, player) -> assertThat(player).isEqualTo(timeline.get(number - 1)));
			assertThat(scorer.accepted).hasSizeGreaterThanOrEqualTo(KILLS);
		}
		assertThat(stomp.repeated.get() + http.repeated.get())
			.as("events reported again because nobody knew what became of them")
			.isPositive();
		checkThatMatchesGoOn(List.of(stomp, http));
	}

	private CarillonProcess start() {
		return CarillonProcess.start(this.home, "--carillon.scores.max-events=100000");
	}

	private static Map<String, String> without(Map<String, String> all, Map<String, String> others) {
		Map<String, String> rest = new TreeMap<>(all);
		rest.entrySet().removeAll(others.entrySet());
		return rest;
	}

	/** Creates and starts a match, or finds that this has been done. */
	private static void begin(CarillonProcess process, String match) {
		Http scorer = new Http(process.port(), "scorer");
		assertThat(scorer
			.post("/api/scores",
					"""
							{"id":"%s","fixture":{"kind":"basketball","home":"Reds","away":"Blues","quarterMinutes":20}}"""
						.formatted(match),
					"message-key", match)
			.status()).isEqualTo(201);
		assertThat(scorer.post("/api/scores/" + match + "/events", """
				{"event":{"kind":"period-start"}}""", "message-key", "start").json().get("number").asInt()).isOne();
	}

	private void note(AsyncStomp.Frame message) {
		JsonNode body = JSON.readTree(message.body());
		if ("basket".equals(body.at("/event/event/kind").asString())) {
			this.seen.getOrDefault(body.get("match").asString(), Map.of())
				.put(body.get("number").asInt(), body.at("/event/event/player").asString());
		}
	}

	private void checkThatMatchesGoOn(List<Scorer> scorers) throws SQLException {
		Map<String, Integer> events = new TreeMap<>();
		for (Scorer scorer : scorers) {
			events.put(scorer.match, StoredEvents.read(this.home, scorer.match).size());
		}
		try (CarillonProcess process = start(); AsyncStomp spectator = AsyncStomp.guest(process.port())) {
			for (Scorer scorer : scorers) {
				int number = events.get(scorer.match);
				Http http = new Http(process.port(), "scorer");
				JsonNode restored = http.get("/api/scores/" + scorer.match).json();
				assertThat(restored.get("number").asInt()).isEqualTo(number);
				assertThat(restored.at("/state/score/home").asInt()).isEqualTo(number - 1);
				int before = spectator.messages().size();
				spectator.subscribe(scorer.match, "/topic/scores.basketball." + scorer.match);
				await().until(() -> spectator.messages().size() > before);
				assertThat(JSON.readTree(spectator.messages().getLast().body()).get("number").asInt())
					.isEqualTo(number);
				String known = scorer.accepted.keySet().iterator().next();
				assertThat(scorer.report(http, known).json().get("number").asInt()).as("a repeated key")
					.isLessThanOrEqualTo(number);
				assertThat(http
					.post("/api/scores/" + scorer.match + "/events", "{\"event\":{\"kind\":\"period-end\"}}",
							"message-key", "end")
					.json()
					.get("number")
					.asInt()).isEqualTo(number + 1);
			}
		}
	}

	/**
	 * A client as it should be: it reports with a key, and reports again what was not
	 * answered when the connection broke.
	 */
	private abstract static class Scorer {

		final String match;

		final Map<String, String> sent = new ConcurrentHashMap<>();

		final Map<String, String> accepted = new ConcurrentHashMap<>();

		final Set<String> underWay = ConcurrentHashMap.newKeySet();

		final AtomicInteger repeated = new AtomicInteger();

		private final AtomicInteger next = new AtomicInteger();

		Scorer(String match) {
			this.match = match;
		}

		abstract void begin(int port, CountDownLatch enough);

		abstract void awaitEnd();

		List<String> again() {
			List<String> again = new ArrayList<>(this.underWay);
			this.repeated.addAndGet(again.size());
			return again;
		}

		String nextKey() {
			String key = this.match + "-" + this.next.incrementAndGet();
			this.sent.put(key, "player of " + key);
			this.underWay.add(key);
			return key;
		}

		String event(String key) {
			return """
					{"event":{"kind":"basket","team":"home","player":"%s","points":1}}""".formatted(this.sent.get(key));
		}

		void accept(String key, CountDownLatch enough) {
			this.accepted.put(key, String.valueOf(this.sent.get(key)));
			this.underWay.remove(key);
			enough.countDown();
		}

		Http.Answer report(Http http, String key) {
			return http.post("/api/scores/" + this.match + "/events", event(key), "message-key", key);
		}

	}

	private static final class StompScorer extends Scorer {

		private AsyncStomp client;

		StompScorer(String match) {
			super(match);
		}

		@Override
		void begin(int port, CountDownLatch enough) {
			AsyncStomp connected = AsyncStomp.user(port, "scorer");
			this.client = connected;
			List<String> again = again();
			again.forEach((key) -> send(connected, key, enough));
			for (int i = again.size(); i < WINDOW; i++) {
				send(connected, nextKey(), enough);
			}
		}

		private void send(AsyncStomp connected, String key, CountDownLatch enough) {
			connected
				.send("/app/scores." + this.match + ".event", event(key), "content-type:application/json",
						"message-key:" + key)
				.thenRunAsync(() -> {
					accept(key, enough);
					send(connected, nextKey(), enough);
				});
		}

		@Override
		void awaitEnd() {
			assertThat(this.client.closed()).succeedsWithin(Duration.ofSeconds(30));
			this.client.close();
		}

	}

	private static final class HttpScorer extends Scorer {

		private CompletableFuture<?> work = CompletableFuture.completedFuture(null);

		HttpScorer(String match) {
			super(match);
		}

		@Override
		void begin(int port, CountDownLatch enough) {
			Http http = new Http(port, "scorer");
			this.work = CompletableFuture.runAsync(() -> {
				again().forEach((key) -> send(http, key, enough));
				while (true) {
					send(http, nextKey(), enough);
				}
			});
		}

		private void send(Http http, String key, CountDownLatch enough) {
			assertThat(report(http, key).status()).isEqualTo(200);
			accept(key, enough);
		}

		@Override
		void awaitEnd() {
			assertThat(this.work).failsWithin(Duration.ofSeconds(30))
				.withThrowableThat()
				.havingRootCause()
				.isInstanceOf(IOException.class);
		}

	}

}
