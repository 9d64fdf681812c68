package dev.carillon.sockjs;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import dev.carillon.delivery.CloseCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * The sessions that are open, and one thread that looks after what is due by the clock in
 * them: heart-beats, and clients that stay away.
 * <p>
 * Stops before the web server, which would otherwise wait for requests that wait for
 * messages.
 */
public final class SockJsSessions implements SmartLifecycle {

	/** Just above the phase in which Boot's web servers stop to accept and wait. */
	static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 1024 + 1;

	private static final Logger logger = LoggerFactory.getLogger(SockJsSessions.class);

	private static final long LONGEST_PERIOD = 1_000_000_000;

	private final SockJsProperties properties;

	private final LongSupplier nanoTime;

	private final int longestMessage;

	private final Messages messages;

	private final Map<String, SockJsSession> overHttp = new ConcurrentHashMap<>();

	private final Set<Swept> sockets = ConcurrentHashMap.newKeySet();

	private final ExecutorService writers = Executors
		.newThreadPerTaskExecutor(Thread.ofVirtual().name("sockjs-writer-", 0).factory());

	private @Nullable ScheduledExecutorService sweeper;

	/**
	 * No sessions yet.
	 * @param longestMessage the most characters of a message from a client, in a
	 * WebSocket also the most bytes of several together
	 */
	public SockJsSessions(SockJsProperties properties, int longestMessage, LongSupplier nanoTime) {
		this.properties = properties;
		this.nanoTime = nanoTime;
		this.longestMessage = longestMessage;
		this.messages = new Messages(longestMessage);
	}

	/** How many there are. */
	public int count() {
		return this.overHttp.size() + this.sockets.size();
	}

	long now() {
		return this.nanoTime.getAsLong();
	}

	int longestMessage() {
		return this.longestMessage;
	}

	Messages messages() {
		return this.messages;
	}

	long heartBeatNanos() {
		return this.properties.heartBeat().toNanos();
	}

	@Nullable SockJsSession find(String id) {
		return this.overHttp.get(id);
	}

	/**
	 * Opens a session over HTTP, unless there is one with this id by now.
	 * @return the one that is there
	 */
	SockJsSession open(String id, Transport transport, Caller caller, Map<String, Object> attributes,
			SockJsClients clients) {
		SockJsSession session = new SockJsSession(transport, caller, this.properties, this.writers, this.nanoTime,
				attributes, clients);
		SockJsSession earlier = this.overHttp.putIfAbsent(id, session);
		if (earlier != null) {
			session.end(CloseCode.GOING_AWAY);
			return earlier;
		}
		return session;
	}

	void add(Swept socket) {
		this.sockets.add(socket);
	}

	void remove(Swept socket) {
		this.sockets.remove(socket);
	}

	/** Does what is due. */
	void sweep() {
		long now = now();
		this.overHttp.values().removeIf((session) -> isOver(session, now));
		this.sockets.forEach((socket) -> isOver(socket, now));
	}

	private static boolean isOver(Swept session, long now) {
		try {
			return session.sweep(now);
		}
		catch (RuntimeException ex) {
			logger.error("A SockJS session could not be looked after", ex);
			return false;
		}
	}

	@Override
	public synchronized void start() {
		if (this.sweeper == null) {
			this.sweeper = Executors.newSingleThreadScheduledExecutor(
					(task) -> Thread.ofPlatform().name("sockjs-sweeper").daemon().unstarted(task));
			long period = Math.clamp(
					Math.min(this.properties.disconnectDelay().toNanos(), this.properties.heartBeat().toNanos()) / 4,
					1_000_000, LONGEST_PERIOD);
			this.sweeper.scheduleWithFixedDelay(this::sweep, period, period, TimeUnit.NANOSECONDS);
		}
	}

	@Override
	public synchronized void stop() {
		if (this.sweeper != null) {
			this.sweeper.shutdownNow();
			this.sweeper = null;
			this.overHttp.values().forEach((session) -> session.end(CloseCode.GOING_AWAY));
			this.sockets.forEach((socket) -> socket.end(CloseCode.GOING_AWAY));
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.sweeper != null;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
