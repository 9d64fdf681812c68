package dev.carillon.observability;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

import dev.carillon.delivery.CloseCode;
import dev.carillon.delivery.DeliveryListener;
import dev.carillon.delivery.Session;
import dev.carillon.delivery.SessionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes one line for the life of each session when it is over: whose it was, how it came
 * in, how long it lasted, what it was sent, and how it ended. Nothing of what was said in
 * it.
 * <p>
 * A delivery loop must not wait for the console, so lines are written by a thread of
 * their own; what ends when that thread has ended is written at once. The names of the
 * fields are those of the Elastic Common Schema where it has one.
 */
final class SessionLog implements DeliveryListener, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(SessionLog.class);

	private final Clock clock;

	private final ExecutorService writer = Executors
		.newSingleThreadExecutor(Thread.ofPlatform().name("session-log").daemon().factory());

	SessionLog(Clock clock) {
		this.clock = clock;
	}

	@Override
	public void closed(Session session, CloseCode code) {
		Level level = level(session, code);
		if (!logger.isEnabledForLevel(level)) {
			return;
		}
		SessionState state = session.state();
		Instant end = this.clock.instant();
		try {
			this.writer.execute(() -> write(level, state, code, end));
		}
		catch (RejectedExecutionException _) {
			write(level, state, code, end);
		}
	}

	/** A stream that ends by itself is a long poll, one of very many. */
	private static Level level(Session session, CloseCode code) {
		boolean isPoll = session.origin().transport().equals("sse") && code == CloseCode.NORMAL;
		return isPoll ? Level.DEBUG : Level.INFO;
	}

	private static void write(Level level, SessionState state, CloseCode code, Instant end) {
		Duration life = Duration.between(state.since(), end);
		String transport = state.origin().transport();
		LoggingEventBuilder line = logger.atLevel(level)
			.addKeyValue("event.action", "session-closed")
			.addKeyValue("event.start", state.since().toString())
			.addKeyValue("event.duration", life.toNanos())
			.addKeyValue("carillon.session.id", state.id())
			.addKeyValue("carillon.session.transport", transport)
			.addKeyValue("carillon.session.bytes", state.bytes())
			.addKeyValue("carillon.close.code", code.number())
			.addKeyValue("carillon.close.reason", code.reason());
		String user = state.user();
		if (user != null) {
			line = line.addKeyValue("user.name", user);
		}
		line.log("Session of {} over {} has ended after {} ms and {} bytes: {} {}", (user != null) ? user : "nobody",
				transport, life.toMillis(), state.bytes(), code.number(), code.reason());
	}

	/** Writes what is left. */
	@Override
	public void close() {
		this.writer.close();
	}

}
