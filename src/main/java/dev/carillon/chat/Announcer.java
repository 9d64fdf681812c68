package dev.carillon.chat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import dev.carillon.chat.Outcome.Announcement;
import dev.carillon.topic.Publication;
import dev.carillon.topic.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Publishes what is stored.
 * <p>
 * A topic that does not take an event does not undo what is stored: the history has it,
 * the log of the service says so, and the caller hears of success. Does not block.
 */
final class Announcer {

	private static final Logger logger = LoggerFactory.getLogger(Announcer.class);

	private final Topics topics;

	private final JsonMapper json;

	Announcer(Topics topics, JsonMapper json) {
		this.topics = topics;
		this.json = json;
	}

	/**
	 * Publishes what an outcome has to announce.
	 * @return the event, once all topics have answered
	 */
	CompletionStage<ChatEvent> announce(Outcome outcome) {
		return CompletableFuture
			.allOf(outcome.announcements()
				.stream()
				.map((announcement) -> publish(announcement).toCompletableFuture())
				.toArray(CompletableFuture[]::new))
			.handle((_, _) -> outcome.event());
	}

	/**
	 * Publishes one event.
	 */
	CompletionStage<?> publish(Announcement announcement) {
		Publication publication = Publication.json(this.json.writeValueAsString(announcement.event()));
		return this.topics.publish(announcement.destination(), publication).whenComplete((_, failure) -> {
			if (failure != null) {
				logger.warn("An event for {} was not published: {}", announcement.destination(), failure.toString());
			}
		});
	}

}
