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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
		List<Sender> senders = SENDERS.stream().map(Sender::new).toList();
		for (int kill = 0; kill < KILLS; kill++) {
			try (CarillonProcess process = CarillonProcess.start(this.home)) {
				CountDownLatch enough = new CountDownLatch(this.random.nextInt(20, 400));
				senders.forEach((sender) -> sender.begin(process.port(), enough));
				assertThat(enough.await(60, TimeUnit.SECONDS)).as("receipts of round %d, %s", kill, process.output())
					.isTrue();
				process.kill();
			}
			senders.forEach(Sender::awaitEnd);
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
