package dev.carillon.drain;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.carillon.delivery.Delivery;
import dev.carillon.security.Admissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Empties the process before it stops, on SIGTERM for example.
 * <p>
 * Spring has turned readiness off by then. From here on handshakes are refused and the
 * sessions are sent away with a code that says restart and a hint when to come back. The
 * web server, the features and the database go on until nobody is left, so what clients
 * have sent is stored and answered.
 */
final class Drain implements SmartLifecycle {

	/** Before the web server waits for requests, which streams and polls would keep. */
	static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 512;

	/** What the last sessions may take to finish, write and close. */
	private static final Duration LAST = Duration.ofSeconds(12);

	private static final Logger logger = LoggerFactory.getLogger(Drain.class);

	private final Admissions admissions;

	private final Delivery delivery;

	private final DrainProperties properties;

	private volatile boolean running;

	Drain(Admissions admissions, Delivery delivery, DrainProperties properties) {
		this.admissions = admissions;
		this.delivery = delivery;
		this.properties = properties;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		this.admissions.drain();
		int sessions = this.delivery.sessionCount();
		if (sessions > 0) {
			logger.info("Sending {} sessions away over {}", sessions, this.properties.period());
		}
		this.delivery.depart(this.properties.period(), this.properties.spread(), this.properties.away())
			.orTimeout(this.properties.period().plus(LAST).toMillis(), TimeUnit.MILLISECONDS)
			.whenComplete((_, failure) -> {
				if (failure != null) {
					logger.warn("{} sessions are still there and will be cut", this.delivery.sessionCount());
				}
				callback.run();
			});
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
