package dev.carillon.chat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
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

/**
 * What a receipt promises, with a real process that is killed in the middle of its work.
 */
class ChatCrashIntegrationTests {

	private static final int KILLS = 20;

	/** How many messages of one sender are under way. */
	private static final int WINDOW = 20;

	private static final List<String> SENDERS = List.of("alice", "bob", "demo");

	@TempDir
	private Path home;

	private final SplittableRandom random = new SplittableRandom(20);

	@Test
	void killWhenUnderLoadThenAcceptedMessagesAreStoredOnce() throws SQLException, InterruptedException {
		Reader reader = new Reader();
		List<Sender> senders = SENDERS.stream().map(Sender::new).toList();
		for (int kill = 0; kill < KILLS; kill++) {
			try (CarillonProcess process = CarillonProcess.start(this.home)) {
				CountDownLatch enough = new CountDownLatch(this.random.nextInt(20, 400));
				reader.begin(process.port());
				senders.forEach((sender) -> sender.begin(process.port(), enough));
				assertThat(enough.await(60, TimeUnit.SECONDS)).as("receipts of round %d, %s", kill, process.output())
					.isTrue();
				process.kill();
			}
			senders.forEach(Sender::awaitEnd);
			reader.awaitEnd();
		}
		try (CarillonProcess process = CarillonProcess.start(this.home)) {
			reader.begin(process.port());
			process.kill();
			reader.awaitEnd();
		}
		Map<String, String> accepted = new TreeMap<>();
		Map<String, String> sent = new TreeMap<>();
		senders.forEach((sender) -> accepted.putAll(sender.accepted));
		senders.forEach((sender) -> sent.putAll(sender.sent));
		assertThat(accepted).hasSizeGreaterThanOrEqualTo(KILLS * 20);
		assertThat(senders.stream().mapToInt((sender) -> sender.repeated.get()).sum())
			.as("messages sent again because nobody knew what became of them")
			.isPositive();

		Map<String, String> stored = StoredMessages.read(this.home);
		assertThat(stored).containsAllEntriesOf(accepted);
		assertThat(sent).containsAllEntriesOf(stored);
		assertThat(reader.fromTopic.get()).as("messages that came over the topic").isGreaterThan(KILLS * 20);
		assertThat(reader.seen).as("what a reader has seen in the end, from topic and history")
			.containsExactlyInAnyOrderEntriesOf(stored);
	}

	/**
	 * A client that reads as it should: it follows the topic, asks the history for what
	 * it has missed once it follows again, and knows messages by their ids.
	 */
	private static final class Reader {

		private static final JsonMapper JSON = JsonMapper.shared();

		private final Map<String, String> seen = new TreeMap<>();

		private final AtomicInteger fromTopic = new AtomicInteger();

		private long newest;

		private AsyncStomp client;

		void begin(int port) {
			AsyncStomp connected = AsyncStomp.guest(port);
			this.client = connected;
			connected.subscribe("1", "/topic/chat.general");
			Http http = new Http(port, null);
			JsonNode page;
			do {
				page = http.get("/api/rooms/general/messages?limit=200&after=" + this.newest).json();
				page.get("messages").forEach(this::take);
			}
			while (page.has("after"));
		}

		private void take(JsonNode message) {
			this.newest = Math.max(this.newest, message.get("id").asLong());
			this.seen.put(message.get("key").asString(), message.get("text").asString());
		}

		void awaitEnd() {
			assertThat(this.client.closed()).succeedsWithin(Duration.ofSeconds(30));
			List<AsyncStomp.Frame> messages = this.client.messages();
			this.fromTopic.addAndGet(messages.size());
			messages.forEach((message) -> take(JSON.readTree(message.body())));
			this.client.close();
		}

	}

	/**
	 * A client as it should be: it sends with a key, and sends again what was not
	 * confirmed when the connection broke.
	 */
	private static final class Sender {

		private final String name;

		private final Map<String, String> sent = new ConcurrentSkipListMap<>();

		private final Map<String, String> accepted = new ConcurrentSkipListMap<>();

		private final Set<String> underWay = ConcurrentHashMap.newKeySet();

		private final AtomicInteger repeated = new AtomicInteger();

		private final AtomicInteger next = new AtomicInteger();

		private AsyncStomp client;

		Sender(String name) {
			this.name = name;
		}

		void begin(int port, CountDownLatch enough) {
			AsyncStomp connected = AsyncStomp.user(port, this.name);
			this.client = connected;
			List<String> again = new ArrayList<>(this.underWay);
			this.repeated.addAndGet(again.size());
			again.forEach((key) -> send(connected, key, enough));
			for (int i = again.size(); i < WINDOW; i++) {
				sendNext(connected, enough);
			}
		}

		private void sendNext(AsyncStomp connected, CountDownLatch enough) {
			String key = this.name + "-" + this.next.incrementAndGet();
			this.sent.put(key, "message " + key);
			this.underWay.add(key);
			send(connected, key, enough);
		}

		private void send(AsyncStomp connected, String key, CountDownLatch enough) {
			String text = String.valueOf(this.sent.get(key));
			connected
				.send("/app/chat.general.send", "{\"text\":\"" + text + "\"}", "content-type:application/json",
						"message-key:" + key)
				.thenRunAsync(() -> {
					this.accepted.put(key, text);
					this.underWay.remove(key);
					enough.countDown();
					sendNext(connected, enough);
				});
		}

		void awaitEnd() {
			assertThat(this.client.closed()).succeedsWithin(Duration.ofSeconds(30));
			this.client.close();
		}

	}

}
