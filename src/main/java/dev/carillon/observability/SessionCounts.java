package dev.carillon.observability;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BiConsumer;

import dev.carillon.delivery.CloseCode;
import dev.carillon.delivery.DeliveryListener;
import dev.carillon.delivery.Session;

/**
 * Counts sessions by transport, and how they ended.
 * <p>
 * Told by the delivery loops. Transports are a handful of words that adapters choose,
 * never something a client says.
 */
final class SessionCounts implements DeliveryListener {

	/** Known before their first sessions, so that they are shown with 0. */
	private static final List<String> TRANSPORTS = List.of("websocket", "sockjs", "sse");

	private final Map<String, AtomicInteger> sessions = new ConcurrentHashMap<>();

	private final AtomicLongArray closes = new AtomicLongArray(CloseCode.values().length);

	private final List<BiConsumer<String, AtomicInteger>> watchers = new ArrayList<>();

	SessionCounts() {
		TRANSPORTS.forEach(this::of);
	}

	/** Tells of the count of each transport, now or with its first session. */
	synchronized void watch(BiConsumer<String, AtomicInteger> watcher) {
		this.watchers.add(watcher);
		new HashMap<>(this.sessions).forEach(watcher);
	}

	/** The sessions of a transport. */
	AtomicInteger of(String transport) {
		AtomicInteger known = this.sessions.get(transport);
		return (known != null) ? known : begin(transport);
	}

	private synchronized AtomicInteger begin(String transport) {
		AtomicInteger fresh = new AtomicInteger();
		AtomicInteger known = this.sessions.putIfAbsent(transport, fresh);
		if (known == null) {
			this.watchers.forEach((watcher) -> watcher.accept(transport, fresh));
		}
		return (known != null) ? known : fresh;
	}

	/** How many sessions ended with a code. */
	long closes(CloseCode code) {
		return this.closes.get(code.ordinal());
	}

	@Override
	public void opened(Session session) {
		of(session.origin().transport()).incrementAndGet();
	}

	@Override
	public void closed(Session session, CloseCode code) {
		of(session.origin().transport()).decrementAndGet();
		this.closes.incrementAndGet(code.ordinal());
	}

}
