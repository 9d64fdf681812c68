package dev.carillon.chat;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ConcurrentMap;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.carillon.chat.Outcome.Announcement;
import dev.carillon.topic.Destination;

/**
 * Tells a room who is typing, on {@code /topic/typing.<room>}. Nothing of it is stored.
 * <p>
 * One user counts once a second per room; what comes more often is ignored. Any thread.
 */
final class Typing {

	private static final Duration ONCE_IN = Duration.ofSeconds(1);

	private record Typist(String room, String user) {
	}

	private final Rooms rooms;

	private final Announcer announcer;

	private final Clock clock;

	private final ConcurrentMap<Typist, Boolean> recent;

	Typing(Rooms rooms, Announcer announcer, Clock clock, Ticker ticker) {
		this.rooms = rooms;
		this.announcer = announcer;
		this.clock = clock;
		this.recent = Caffeine.newBuilder()
			.ticker(ticker)
			.expireAfterWrite(ONCE_IN)
			.maximumSize(100_000)
			.<Typist, Boolean>build()
			.asMap();
	}

	void typing(Caller caller, String room) {
		this.rooms.writable(room, caller);
		if (this.recent.putIfAbsent(new Typist(room, caller.name()), true) == null) {
			this.announcer.publish(new Announcement(Destination.of("/topic/typing." + room),
					new ChatEvent.Typing(room, caller.name(), this.clock.millis())));
		}
	}

}
