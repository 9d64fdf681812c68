package dev.carillon.stomp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;

/**
 * One frame on its way through the channels: collects what must be done before the frame
 * counts as processed, so that a RECEIPT says the truth.
 * <p>
 * While the frame is handled, its exchange is bound to the thread, and whatever is
 * published by then belongs to it.
 */
final class Exchange {

	/** The exchange of the frame that this thread handles. */
	static final ScopedValue<Exchange> CURRENT = ScopedValue.newInstance();

	/** The message header that carries the exchange. */
	static final String HEADER = "carillonExchange";

	private final List<CompletableFuture<?>> pending = new ArrayList<>(1);

	private final Map<String, String> receiptHeaders = new TreeMap<>();

	private @Nullable Runnable atLast;

	private @Nullable Runnable undo;

	/** Whether there is no session behind it. */
	private final boolean alone;

	private @Nullable Object answer;

	Exchange() {
		this(false);
	}

	private Exchange(boolean alone) {
		this.alone = alone;
	}

	/** The exchange of a request without a session, which can only be answered here. */
	static Exchange ofRequest() {
		return new Exchange(true);
	}

	/** Whether a message belongs to a request without a session. */
	static boolean isAlone(Message<?> message) {
		Exchange exchange = of(message);
		return exchange != null && exchange.alone;
	}

	/** The exchange that a message belongs to, if a client's frame began it. */
	static @Nullable Exchange of(Message<?> message) {
		return (message.getHeaders().get(HEADER) instanceof Exchange exchange) ? exchange
				: CURRENT.isBound() ? CURRENT.get() : null;
	}

	/** Something that has to be done first. */
	synchronized void await(CompletionStage<?> stage) {
		this.pending.add(stage.toCompletableFuture());
	}

	/**
	 * Leaves something to the end, when whoever waits for the exchange does so already:
	 * what is done then may be answered on another thread before this one goes on. One
	 * thing.
	 */
	void atLast(Runnable action) {
		this.atLast = action;
	}

	/** Does what was left to the end, unless the frame has failed. */
	void runLast() {
		Runnable action = this.atLast;
		if (action != null && !done().isCompletedExceptionally()) {
			action.run();
		}
	}

	/** The frame has failed. */
	void fail(Throwable failure) {
		await(CompletableFuture.failedFuture(failure));
	}

	/** What has to be taken back should the frame fail. */
	synchronized void onFailure(Runnable action) {
		this.undo = action;
	}

	/** Takes back what the frame has done so far. */
	void undo() {
		Runnable action;
		synchronized (this) {
			action = this.undo;
		}
		if (action != null) {
			action.run();
		}
	}

	/** A header that the RECEIPT shall carry. */
	synchronized void receiptHeader(String name, String value) {
		this.receiptHeaders.put(name, value);
	}

	synchronized Map<String, String> receiptHeaders() {
		return Map.copyOf(this.receiptHeaders);
	}

	/** What a handler method answers to whoever asked. */
	synchronized void answer(Object value) {
		this.answer = value;
	}

	/** What was answered last, or null. */
	synchronized @Nullable Object answer() {
		return this.answer;
	}

	/** Completes when all of it is done. */
	synchronized CompletableFuture<?> done() {
		return (this.pending.size() == 1) ? this.pending.getFirst()
				: CompletableFuture.allOf(this.pending.toArray(CompletableFuture<?>[]::new));
	}

}
