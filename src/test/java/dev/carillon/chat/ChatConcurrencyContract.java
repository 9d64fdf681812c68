package dev.carillon.chat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import dev.carillon.chat.Chat.Draft;
import dev.carillon.chat.ChatEvent.Posted;
import dev.carillon.chat.History.Page;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static dev.carillon.chat.ChatFixture.ANN;
import static dev.carillon.chat.ChatFixture.GUEST;
import static dev.carillon.chat.ChatFixture.done;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds when many write at once, on whichever database.
 */
abstract class ChatConcurrencyContract {

	private static final int SENDERS = 200;

	private static final int MESSAGES = 20;

	private final ChatFixture fixture;

	ChatConcurrencyContract(TestDatabase database) {
		this.fixture = new ChatFixture(database);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void sendWhenManySendAtOnceThenEachIsStoredAndPublishedOnceInTheOrderOfIds() throws Exception {
		List<Message> accepted = concurrently(SENDERS, (sender) -> {
			List<Message> mine = new ArrayList<>();
			for (int i = 0; i < MESSAGES; i++) {
				Caller caller = new Caller("user" + sender, Caller.Standing.USER);
				mine.add(this.fixture.send(caller, (i % 4 == 0) ? "random" : "general", sender + ":" + i));
			}
			assertThat(mine).extracting(Message::id).isSorted();
			return mine;
		}).stream().flatMap(List::stream).toList();
		assertThat(accepted).hasSize(SENDERS * MESSAGES);
		for (String room : List.of("general", "random")) {
			List<Long> published = this.fixture.published("/topic/chat." + room)
				.stream()
				.map((event) -> event.get("id").asLong())
				.toList();
			assertThat(published).isSorted().doesNotHaveDuplicates();
			assertThat(published).containsExactlyInAnyOrderElementsOf(
					accepted.stream().filter((message) -> message.room().equals(room)).map(Message::id).toList());
			assertThat(published)
				.isEqualTo(this.fixture.messages.after(room, 0, Integer.MAX_VALUE).stream().map(Message::id).toList());
		}
		assertThat(this.fixture.dataSource.commits()).as("commits are shared").isLessThan(SENDERS * MESSAGES / 4);
	}

	@Test
	void beforeWhenPagedBackWhilePeopleWriteThenNothingIsMissedOrRepeated() throws Exception {
		IntStream.range(0, 500).forEach((i) -> this.fixture.send(ANN, "general", "old " + i));
		AtomicBoolean writing = new AtomicBoolean(true);
		CountDownLatch begun = new CountDownLatch(4);
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int writer = 0; writer < 4; writer++) {
				executor.submit(() -> {
					while (writing.get()) {
						Message sent = this.fixture.send(ANN, "general", "new");
						done(this.fixture.chat.edit(ANN, "general", sent.id(), "newer"));
						begun.countDown();
					}
				});
			}
			begun.await();
			List<Long> seen = new ArrayList<>();
			Long before = null;
			int pages = 0;
			do {
				Page page = this.fixture.history.before(GUEST, "general", before, 7);
				List<Long> ids = page.messages().stream().map((event) -> ((Posted) event).message().id()).toList();
				assertThat(ids).isSorted();
				ids.reversed().forEach(seen::add);
				before = page.before();
				pages++;
			}
			while (before != null);
			writing.set(false);
			assertThat(pages).isGreaterThan(70);
			List<Long> all = this.fixture.messages.before("general", seen.getFirst() + 1, Integer.MAX_VALUE)
				.stream()
				.map(Message::id)
				.toList();
			assertThat(seen.reversed()).isEqualTo(all).hasSizeGreaterThanOrEqualTo(504);
		}
	}

	@Test
	void sendWhenSameKeyRacesThenAllGetTheFirstMessage() throws Exception {
		List<Message> accepted = concurrently(64,
				(i) -> this.fixture.send(ANN, "general", new Draft("try " + i, null, "key")));
		assertThat(new HashSet<>(accepted)).hasSize(1);
		assertThat(this.fixture.count("chat_message")).isEqualTo(1);
		assertThat(this.fixture.published("/topic/chat.general")).hasSize(1);
	}

	@Test
	void sendWhenSameKeysRaceOnTwoNodesThenEachIsStoredAndPublishedOnce() throws Exception {
		try (ChatFixture other = this.fixture.anotherNode()) {
			int keys = 200;
			List<Set<Long>> accepted = concurrently(2, (node) -> {
				ChatFixture mine = (node == 0) ? this.fixture : other;
				Set<Long> ids = Collections.synchronizedSet(new HashSet<>());
				concurrently(20, (i) -> {
					for (int key = i; key < keys; key += 20) {
						// In opposite orders, which is what makes transactions wait for
						// each other.
						int number = (node == 0) ? key : keys - 1 - key;
						ids.add(mine.send(ANN, "general", new Draft("text", null, "key" + number)).id());
					}
					return i;
				});
				return ids;
			});
			assertThat(accepted.getFirst()).hasSize(keys).isEqualTo(accepted.getLast());
			assertThat(this.fixture.count("chat_message")).isEqualTo(keys);
			int published = this.fixture.published("/topic/chat.general").size()
					+ other.published("/topic/chat.general").size();
			assertThat(published).isEqualTo(keys);
		}
	}

	private interface Task<T extends @Nullable Object> {

		T run(int number) throws Exception;

	}

	/**
	 * Runs a task many times at once; fails if one of them fails.
	 */
	private static <T> List<T> concurrently(int times, Task<T> task) throws Exception {
		CountDownLatch start = new CountDownLatch(1);
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<T>> futures = new ArrayList<>();
			for (int i = 0; i < times; i++) {
				int number = i;
				futures.add(executor.submit((Callable<T>) () -> {
					start.await();
					return task.run(number);
				}));
			}
			start.countDown();
			List<T> results = new ArrayList<>();
			for (Future<T> future : futures) {
				results.add(future.get());
			}
			return results;
		}
	}

}
