package dev.carillon.stocks;

import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * One connection to the upstream feed, from its first attempt to its end.
 * <p>
 * The WebSocket client calls the listener's methods one after the other, on its own
 * threads; everything else may be called from any thread. After {@link #abort} or
 * {@link #leave} it hands over nothing but a trade that is on its way already.
 */
final class UpstreamConnection implements WebSocket.Listener {

	private final TradeMessages messages;

	private final long messageSize;

	private final Clock clock;

	private final Consumer<Trade> feed;

	private final LongAdder garbled;

	private final BiConsumer<UpstreamConnection, String> ended;

	/** What has come of a message that is not complete. */
	private final StringBuilder partial = new StringBuilder();

	private volatile @Nullable WebSocket socket;

	/** What the feed was asked for. */
	private Set<Symbol> asked = Set.of();

	/**
	 * Completes when the feed was asked for all of it; one text at a time may be sent.
	 */
	private CompletableFuture<?> said = CompletableFuture.completedFuture(null);

	private volatile long openedAt;

	private volatile long heardAt;

	private volatile boolean useful;

	private volatile boolean over;

	/**
	 * Awaits its WebSocket.
	 * @param messages the feed's language, with the symbols it knows
	 * @param messageSize the largest message, in characters
	 * @param feed who takes the trades
	 * @param garbled counts what makes no sense
	 * @param ended is told, on the client's thread and with the reason, when the other
	 * side or a failure ends the connection
	 */
	UpstreamConnection(TradeMessages messages, long messageSize, Clock clock, Consumer<Trade> feed, LongAdder garbled,
			BiConsumer<UpstreamConnection, String> ended) {
		this.messages = messages;
		this.messageSize = messageSize;
		this.clock = clock;
		this.feed = feed;
		this.garbled = garbled;
		this.ended = ended;
	}

	Consumer<Trade> feed() {
		return this.feed;
	}

	/** Whether there is a WebSocket. */
	boolean isOpen() {
		return this.socket != null;
	}

	/** Whether it has brought a trade. */
	boolean isUseful() {
		return this.useful;
	}

	/** How long it has shown signs of life, in milliseconds. */
	long lasted() {
		return this.heardAt - this.openedAt;
	}

	/** When it gave the last sign of life, in milliseconds since 1970. */
	long heardAt() {
		return this.heardAt;
	}

	@Override
	public void onOpen(WebSocket opened) {
		this.openedAt = this.clock.millis();
		this.heardAt = this.openedAt;
		this.socket = opened;
		if (this.over) {
			opened.abort();
		}
		else {
			opened.request(1);
		}
	}

	/**
	 * Asks for the symbols that are wanted and takes back the others; one thread at a
	 * time.
	 * @return completes when that is said, or null if there is nothing to say or the last
	 * time is not over yet
	 */
	@Nullable CompletableFuture<WebSocket> ask(Set<Symbol> wanted) {
		WebSocket open = this.socket;
		if (open == null || !this.said.isDone() || wanted.equals(this.asked)) {
			return null;
		}
		Stream<String> taken = this.asked.stream()
			.filter((known) -> !wanted.contains(known))
			.sorted()
			.map(this.messages::unsubscribe);
		Stream<String> added = wanted.stream()
			.filter((fresh) -> !this.asked.contains(fresh))
			.sorted()
			.map(this.messages::subscribe);
		CompletableFuture<WebSocket> sent = CompletableFuture.completedFuture(open);
		for (String message : Stream.concat(taken, added).toList()) {
			sent = sent.thenCompose((next) -> next.sendText(message, true));
		}
		this.asked = wanted;
		this.said = sent;
		return sent;
	}

	@Override
	public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
		this.partial.append(data);
		if (this.partial.length() > this.messageSize) {
			this.garbled.increment();
			this.ended.accept(this, "it sent too large a message");
			return null;
		}
		if (last) {
			String text = this.partial.toString();
			this.partial.setLength(0);
			read(text);
		}
		return heard(from);
	}

	private void read(String text) {
		TradeMessages.Content content = this.messages.read(text);
		this.garbled.add(content.garbled());
		for (Trade trade : content.trades()) {
			if (this.over) {
				return;
			}
			this.useful = true;
			this.feed.accept(trade);
		}
	}

	@Override
	public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
		if (last) {
			this.garbled.increment();
		}
		return heard(from);
	}

	/** The client has answered it already (RFC 6455, section 5.5.2). */
	@Override
	public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
		return heard(from);
	}

	@Override
	public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
		return heard(from);
	}

	private @Nullable CompletionStage<?> heard(WebSocket from) {
		this.heardAt = this.clock.millis();
		from.request(1);
		return null;
	}

	@Override
	public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
		this.ended.accept(this, "it closed the connection with the code " + code);
		return null;
	}

	@Override
	public void onError(WebSocket from, Throwable failure) {
		this.ended.accept(this, reason(failure));
	}

	/** What may be said of a failure: texts of exceptions may hold the address. */
	static String reason(Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		return (cause instanceof WebSocketHandshakeException handshake)
				? "it answered with the status " + handshake.getResponse().statusCode()
				: cause.getClass().getSimpleName();
	}

	/** Asks for a sign of life. */
	void ping() {
		WebSocket open = this.socket;
		if (open != null) {
			open.sendPing(ByteBuffer.allocate(0));
		}
	}

	/** Says goodbye, for a second at most, and ends. */
	void leave() {
		this.over = true;
		WebSocket open = this.socket;
		if (open != null) {
			open.sendClose(WebSocket.NORMAL_CLOSURE, "").orTimeout(1, TimeUnit.SECONDS).handle((_, _) -> {
				open.abort();
				return open;
			}).join();
		}
	}

	/** Ends without a word. */
	void abort() {
		this.over = true;
		WebSocket open = this.socket;
		if (open != null) {
			open.abort();
		}
	}

}
