package dev.carillon.presence;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.carillon.delivery.DeliveryListener;
import dev.carillon.delivery.Session;
import dev.carillon.topic.Destination;
import dev.carillon.topic.Publication;
import dev.carillon.topic.Topic;
import dev.carillon.topic.Topics;
import tools.jackson.databind.json.JsonMapper;

/**
 * Publishes who is present on each topic whose family has {@code presence}: for
 * {@code /topic/chat.general} on {@code /topic/presence.chat.general}.
 * <p>
 * Delivery loops only note what happens; every {@link PresenceProperties#interval} one
 * thread counts and publishes each topic that changed once, however many came and went.
 */
public final class Presence implements DeliveryListener {

	private static final String TOPIC = "/topic/";

	private final Topics topics;

	private final JsonMapper json;

	private final Queue<Change> changes = new ConcurrentLinkedQueue<>();

	private final Map<Destination, Roll> rolls = new HashMap<>();

	Presence(Topics topics, JsonMapper json) {
		this.topics = topics;
		this.json = json;
	}

	@Override
	public void followed(Session session, Topic topic) {
		note(session, topic, 1);
	}

	@Override
	public void left(Session session, Topic topic) {
		note(session, topic, -1);
	}

	private void note(Session session, Topic topic, int delta) {
		String user = session.user();
		if (user != null) {
			this.changes.add(new Change(topic.destination(), user, delta));
		}
	}

	/** Counts and publishes what happened since the last time; one thread. */
	void publish() {
		Set<Destination> changed = new LinkedHashSet<>();
		Change change;
		while ((change = this.changes.poll()) != null) {
			this.rolls.computeIfAbsent(change.destination(), (_) -> new Roll()).apply(change);
			changed.add(change.destination());
		}
		for (Destination destination : changed) {
			Roll roll = this.rolls.get(destination);
			if (roll != null) {
				Attendance attendance = roll.readOut();
				if (attendance != null) {
					this.topics.publish(of(destination), Publication.json(this.json.writeValueAsString(attendance)));
				}
				if (roll.isEmpty()) {
					this.rolls.remove(destination);
				}
			}
		}
	}

	/**
	 * The topic on which the presence of another topic is published.
	 */
	public static Destination of(Destination destination) {
		String text = destination.toString();
		return Destination
			.of(TOPIC + "presence." + (text.startsWith(TOPIC) ? text.substring(TOPIC.length()) : text.substring(1)));
	}

}
