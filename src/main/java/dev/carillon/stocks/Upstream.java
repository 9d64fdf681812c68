package dev.carillon.stocks;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A WebSocket client of an upstream feed, which it asks for the watched symbols only.
 * <p>
 * There is one connection at a time. When it breaks, does not come about, says nothing
 * for too long or sends too large a message, another one is made after a {@link Backoff},
 * which starts over once a connection has brought a trade. All of this happens on one
 * worker; messages are read on the client's threads, those of one connection one after
 * the other. The token is part of the address, so the address is never logged.
 */
final class Upstream implements QuoteSource {

	private static final Logger logger = LoggerFactory.getLogger(Upstream.class);

	private final StocksProperties.Upstream properties;

	private final URI address;

	private final TradeMessages messages;

	private final Clock clock;

	private final Backoff backoff;

	private final HttpClient client = HttpClient.newBuilder()
		.executor(Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("stocks-upstream-", 0).factory()))
		.build();

	private final Worker worker = new Worker("stocks-upstream");

	private final LongAdder garbled = new LongAdder();

	private final LongAdder reconnects = new LongAdder();

	private volatile FeedState.Status status = FeedState.Status.IDLE;

	/** The connection that counts; what an older one still says is not listened to. */
	private volatile @Nullable Connection current;

	private boolean outageLogged;

	/**
	 * Connects to nothing yet.
	 * @param url where the feed is
	 * @param messages the feed's language, with the watched symbols
	 * @param random decides how long to wait before connecting again
	 */
	Upstream(URI url, StocksProperties.Upstream properties, TradeMessages messages, Clock clock,
			RandomGenerator random) {
		this.properties = properties;
		this.address = withToken(url, properties.token());
		this.messages = messages;
		this.clock = clock;
		this.backoff = new Backoff(properties.minBackoff(), properties.maxBackoff(), random);
	}

	private static URI withToken(URI url, @Nullable String token) {
		if (token == null || token.isBlank()) {
			return url;
		}
		String separator = (url.getRawQuery() != null) ? "&" : "?";
		return URI.create(url + separator + "token=" + URLEncoder.encode(token.strip(), StandardCharsets.UTF_8));
	}

	@Override
	public void start(Consumer<Trade> feed) {
		this.worker.execute(() -> connect(feed));
		this.worker.repeat(this.properties.idleTimeout().dividedBy(3), this::watch);
	}

	private void connect(Consumer<Trade> feed) {
		Connection connection = new Connection(feed);
		this.current = connection;
		this.status = FeedState.Status.CONNECTING;
		this.client.newWebSocketBuilder()
			.connectTimeout(this.properties.connectTimeout())
			.buildAsync(this.address, connection)
			.thenCompose(connection::subscribe)
			.whenCompleteAsync((_, failure) -> {
				if (failure != null) {
					lose(connection, reason(failure));
				}
				else if (connection == this.current) {
					this.status = FeedState.Status.LIVE;
					this.outageLogged = false;
					logger.info("Connected to the upstream feed at {}", this.properties.place());
				}
			}, this.worker);
	}

	/** On the worker: gives a connection up and plans the next one. */
	private void lose(Connection connection, String reason) {
		if (connection != this.current) {
			return;
		}
		this.current = null;
		this.status = FeedState.Status.CONNECTING;
		this.reconnects.increment();
		connection.abort();
		if (!this.outageLogged) {
			this.outageLogged = true;
			logger.warn("The upstream feed at {} is gone: {}; connecting again until it is back",
					this.properties.place(), reason);
		}
		if (connection.useful) {
			this.backoff.reset();
		}
		this.worker.later(this.backoff.next(), () -> connect(connection.feed));
	}

	/** On the worker: asks for a sign of life, or gives up. */
	private void watch() {
		Connection connection = this.current;
		if (connection == null || connection.socket == null) {
			return;
		}
		if (this.clock.millis() - connection.heardAt >= this.properties.idleTimeout().toMillis()) {
			lose(connection, "it is silent");
		}
		else {
			connection.ping();
		}
	}

	/** What may be said of a failure: texts of exceptions may hold the address. */
	private static String reason(Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		return (cause instanceof WebSocketHandshakeException handshake)
				? "it answered with the status " + handshake.getResponse().statusCode()
				: cause.getClass().getSimpleName();
	}

	@Override
	public SourceState state() {
		return new SourceState(this.status, this.garbled.sum(), this.reconnects.sum());
	}

	@Override
	public void close() {
		Connection connection = this.current;
		this.current = null;
		this.worker.close();
		if (connection != null) {
			connection.leave();
		}
		this.client.shutdownNow();
		this.status = FeedState.Status.IDLE;
	}

	/**
	 * One connection, from its first attempt to its end.
	 */
	private final class Connection implements WebSocket.Listener {

		private final Consumer<Trade> feed;

		/** What has come of a message that is not complete. */
		private final StringBuilder partial = new StringBuilder();

		private volatile @Nullable WebSocket socket;

		private volatile long heardAt;

		/** Whether it has brought a trade. */
		private volatile boolean useful;

		private Connection(Consumer<Trade> feed) {
			this.feed = feed;
		}

		@Override
		public void onOpen(WebSocket opened) {
			this.heardAt = Upstream.this.clock.millis();
			this.socket = opened;
			if (isCurrent()) {
				opened.request(1);
			}
			else {
				opened.abort();
			}
		}

		private boolean isCurrent() {
			return this == Upstream.this.current;
		}

		/** Asks for the symbols, one message after the other as the client demands. */
		private CompletableFuture<WebSocket> subscribe(WebSocket opened) {
			CompletableFuture<WebSocket> sent = CompletableFuture.completedFuture(opened);
			for (String message : Upstream.this.messages.subscriptions()) {
				sent = sent.thenCompose((socket) -> socket.sendText(message, true));
			}
			return sent;
		}

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
			this.heardAt = Upstream.this.clock.millis();
			this.partial.append(data);
			if (this.partial.length() > Upstream.this.properties.messageSize().toBytes()) {
				Upstream.this.garbled.increment();
				end("it sent too large a message");
				return null;
			}
			if (last) {
				String text = this.partial.toString();
				this.partial.setLength(0);
				read(text);
			}
			socket.request(1);
			return null;
		}

		private void read(String text) {
			TradeMessages.Content content = Upstream.this.messages.read(text);
			Upstream.this.garbled.add(content.garbled());
			for (Trade trade : content.trades()) {
				if (!isCurrent()) {
					return;
				}
				this.useful = true;
				this.feed.accept(trade);
			}
		}

		@Override
		public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
			this.heardAt = Upstream.this.clock.millis();
			if (last) {
				Upstream.this.garbled.increment();
			}
			socket.request(1);
			return null;
		}

		/** The client has answered it already (RFC 6455, section 5.5.2). */
		@Override
		public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
			return heard(socket);
		}

		@Override
		public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
			return heard(socket);
		}

		private @Nullable CompletionStage<?> heard(WebSocket socket) {
			this.heardAt = Upstream.this.clock.millis();
			socket.request(1);
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
			end("it closed the connection with the code " + code);
			return null;
		}

		@Override
		public void onError(WebSocket socket, Throwable failure) {
			end(reason(failure));
		}

		private void end(String reason) {
			Upstream.this.worker.execute(() -> lose(this, reason));
		}

		private void ping() {
			WebSocket open = this.socket;
			if (open != null) {
				open.sendPing(ByteBuffer.allocate(0));
			}
		}

		/** Says goodbye, for a second at most. */
		private void leave() {
			WebSocket open = this.socket;
			if (open != null) {
				open.sendClose(WebSocket.NORMAL_CLOSURE, "").orTimeout(1, TimeUnit.SECONDS).handle((_, _) -> {
					open.abort();
					return open;
				}).join();
			}
		}

		private void abort() {
			WebSocket open = this.socket;
			if (open != null) {
				open.abort();
			}
		}

	}

}
