package dev.carillon.http;

import java.time.Duration;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Drops connections whose request line and headers do not come in. The server's idle
 * timeout alone begins again with each byte, so a client that sends one now and then
 * would stay for ever.
 * <p>
 * Looks at the parser of each connection several times within the timeout; a request thus
 * has at least the timeout and at most a quarter more.
 */
final class SlowRequests extends AbstractLifeCycle {

	private final Connector connector;

	private final long timeout;

	private final LongSupplier nanoTime;

	/** Requests that have begun and are not read yet. */
	private final Map<HttpConnection, Begun> begun = new WeakHashMap<>();

	private Scheduler.@Nullable Task next;

	/**
	 * A request that is coming in.
	 *
	 * @param number which one of its connection
	 * @param since when it was first seen
	 */
	private record Begun(long number, long since) {
	}

	SlowRequests(Connector connector, Duration timeout, LongSupplier nanoTime) {
		this.connector = connector;
		this.timeout = timeout.toNanos();
		this.nanoTime = nanoTime;
	}

	@Override
	protected synchronized void doStart() {
		scheduleNext();
	}

	@Override
	protected synchronized void doStop() {
		if (this.next != null) {
			this.next.cancel();
		}
	}

	private void scheduleNext() {
		this.next = this.connector.getScheduler().schedule(this::sweep, this.timeout / 4, TimeUnit.NANOSECONDS);
	}

	private synchronized void sweep() {
		if (!isStarted() && !isStarting()) {
			return;
		}
		long now = this.nanoTime.getAsLong();
		for (EndPoint endPoint : this.connector.getConnectedEndPoints()) {
			if (plain(endPoint.getConnection()) instanceof HttpConnection connection) {
				look(connection, now);
			}
		}
		scheduleNext();
	}

	private static @Nullable Connection plain(@Nullable Connection connection) {
		return (connection instanceof SslConnection tls) ? tls.getSslEndPoint().getConnection() : connection;
	}

	private void look(HttpConnection connection, long now) {
		HttpParser parser = connection.getParser();
		long number = connection.getMessagesIn();
		boolean first = number == 0;
		if (!parser.inHeaderState() || (parser.isStart() && !first)) {
			this.begun.remove(connection);
			return;
		}
		Begun known = this.begun.get(connection);
		if (known == null || known.number() != number) {
			this.begun.put(connection, new Begun(number, now));
		}
		else if (now - known.since() > this.timeout) {
			this.begun.remove(connection);
			connection.getEndPoint().close();
		}
	}

}
