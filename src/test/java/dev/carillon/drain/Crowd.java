package dev.carillon.drain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Thousands of STOMP clients on one selector, driven by the thread of the test while it
 * waits for something.
 * <p>
 * What a client must not see ends the wait with an error: a session that ends without a
 * word, a message that is out of turn.
 */
final class Crowd implements AutoCloseable {

	/** How long anything may take on a machine with other things to do. */
	private static final Duration PATIENCE = Duration.ofMinutes(3);

	/** How many may be on their way in when everybody comes at once. */
	private static final int BURST = 200;

	/** How often a condition is looked at. */
	private static final long LOOK_MILLIS = 20;

	private final InetSocketAddress server;

	private final Selector selector;

	private final Listener listener;

	private final List<Follower> followers = new ArrayList<>();

	private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();

	private final PriorityQueue<Return> returns = new PriorityQueue<>(Comparator.comparingLong(Return::at));

	/** What the crowd hears; on the thread of the test. */
	interface Listener {

		/** A message has come. */
		void heard(Follower follower, String destination, String body);

		/** The service cannot tell what a subscription has missed. */
		void lost(Follower follower, String destination);

	}

	private record Return(long at, Follower follower) {
	}

	Crowd(int port, Listener listener) {
		this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
		this.listener = listener;
		try {
			this.selector = Selector.open();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Lets so many in, and waits until all have subscribed.
	 * @param destinations what each one follows
	 */
	void arrive(int count, IntFunction<List<String>> destinations) {
		for (int i = 0; i < count; i++) {
			Follower follower = new Follower(this, i, destinations.apply(i));
			this.followers.add(follower);
			follower.connect();
			if (i % BURST == BURST - 1) {
				awaitEach("All have subscribed", Follower::isPlaced);
			}
		}
		awaitEach("All have subscribed", Follower::isPlaced);
	}

	InetSocketAddress server() {
		return this.server;
	}

	Selector selector() {
		return this.selector;
	}

	Listener listener() {
		return this.listener;
	}

	List<Follower> followers() {
		return this.followers;
	}

	/** Has a follower connect again in so many milliseconds. */
	void returnIn(long millis, Follower follower) {
		this.returns.add(new Return(System.nanoTime() + millis * 1_000_000, follower));
	}

	/** Has something done on the thread of the test. Any thread. */
	void post(Runnable task) {
		this.inbox.add(task);
		this.selector.wakeup();
	}

	/** Goes on until each follower is as wanted. */
	void awaitEach(String what, Predicate<Follower> wanted) {
		await(what, () -> this.followers.stream().allMatch(wanted),
				() -> this.followers.stream().filter(wanted.negate()).count() + " are not, such as "
						+ this.followers.stream().filter(wanted.negate()).findFirst());
	}

	/** Goes on until the condition holds. */
	void await(String what, BooleanSupplier condition) {
		await(what, condition, () -> "");
	}

	private void await(String what, BooleanSupplier condition, Supplier<String> state) {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - deadline > 0) {
				throw new AssertionError("Waited for: " + what + ". " + state.get());
			}
			long next = System.nanoTime() + LOOK_MILLIS * 1_000_000;
			do {
				turn();
			}
			while (System.nanoTime() - next < 0);
		}
	}

	private void turn() {
		try {
			this.selector.select((SelectionKey key) -> ((Follower) key.attachment()).ready(key), LOOK_MILLIS);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		for (Runnable task = this.inbox.poll(); task != null; task = this.inbox.poll()) {
			task.run();
		}
		long now = System.nanoTime();
		for (Return next = this.returns.peek(); next != null && next.at() - now <= 0; next = this.returns.peek()) {
			this.returns.remove();
			next.follower().connect();
		}
	}

	@Override
	public void close() {
		this.followers.forEach(Follower::close);
		try {
			this.selector.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
