package dev.carillon.stocks;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A WebSocket client of an upstream feed, which it asks for the wanted symbols only.
 * <p>
 * There is one connection at a time. When it breaks, does not come about, says nothing
 * for too long or sends too large a message, another one is made after a {@link Backoff},
 * which starts over after a connection that has brought a trade or was there for longer
 * than the longest wait. Each connection is asked for all that is wanted then, and told
 * when that changes. All of this happens on one worker; messages are read on the client's
 * threads, those of one connection one after the other. The token is part of the address,
 * so the address is never logged.
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

	private volatile Set<Symbol> wanted = Set.of();

	private volatile FeedState.Status status = FeedState.Status.IDLE;

	/** The connection that counts; what an older one still says is not listened to. */
	private volatile @Nullable UpstreamConnection current;

	private boolean outageLogged;

	/**
	 * Connects to nothing yet.
	 * @param url where the feed is
	 * @param messages the feed's language, with the symbols that may be asked for
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
		UpstreamConnection connection = new UpstreamConnection(this.messages, this.properties.messageSize().toBytes(),
				this.clock, feed, this.garbled, (ended, reason) -> this.worker.execute(() -> lose(ended, reason)));
		this.current = connection;
		this.status = FeedState.Status.CONNECTING;
		this.client.newWebSocketBuilder()
			.connectTimeout(this.properties.connectTimeout())
			.buildAsync(this.address, connection)
			.whenCompleteAsync((_, failure) -> {
				if (failure != null) {
					lose(connection, UpstreamConnection.reason(failure));
				}
				else if (connection == this.current) {
					this.status = FeedState.Status.LIVE;
					this.outageLogged = false;
					logger.info("Connected to the upstream feed at {}", this.properties.place());
					ask();
				}
			}, this.worker);
	}

	@Override
	public void want(Set<Symbol> symbols) {
		this.wanted = Set.copyOf(symbols);
		this.worker.execute(this::ask);
	}

	/** On the worker: tells the feed what is wanted now, if it does not know that. */
	private void ask() {
		UpstreamConnection connection = this.current;
		CompletableFuture<?> said = (connection != null) ? connection.ask(this.wanted) : null;
		if (connection != null && said != null) {
			said.whenCompleteAsync((_, failure) -> {
				if (failure != null) {
					lose(connection, UpstreamConnection.reason(failure));
				}
				else {
					ask();
				}
			}, this.worker);
		}
	}

	/** On the worker: gives a connection up and plans the next one. */
	private void lose(UpstreamConnection connection, String reason) {
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
		if (connection.isUseful() || connection.lasted() > this.properties.maxBackoff().toMillis()) {
			this.backoff.reset();
		}
		this.worker.later(this.backoff.next(), () -> connect(connection.feed()));
	}

	/** On the worker: asks for a sign of life, or gives up. */
	private void watch() {
		UpstreamConnection connection = this.current;
		if (connection == null || !connection.isOpen()) {
			return;
		}
		if (this.clock.millis() - connection.heardAt() >= this.properties.idleTimeout().toMillis()) {
			lose(connection, "it is silent");
		}
		else {
			connection.ping();
		}
	}

	@Override
	public SourceState state() {
		return new SourceState(this.status, this.garbled.sum(), this.reconnects.sum());
	}

	@Override
	public void close() {
		this.worker.close();
		UpstreamConnection connection = this.current;
		this.current = null;
		if (connection != null) {
			connection.leave();
		}
		this.client.shutdownNow();
		this.status = FeedState.Status.IDLE;
	}

}
