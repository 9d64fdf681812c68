package dev.carillon.delivery;

import dev.carillon.topic.Topic;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery loop is asked to do by other threads.
 */
sealed interface Command permits Feed, WorkQueue, Command.Opened, Command.Written, Command.Created, Command.Task {

	/**
	 * A session begins.
	 *
	 * @param session which
	 */
	record Opened(Session session) implements Command {
	}

	/**
	 * A write has ended.
	 *
	 * @param session whose
	 * @param failure why it failed, or null
	 */
	record Written(Session session, @Nullable Throwable failure) implements Command {
	}

	/**
	 * A topic was opened that a wildcard may reach.
	 *
	 * @param topic which
	 */
	record Created(Topic topic) implements Command {
	}

	/**
	 * Anything else about one session or queue.
	 *
	 * @param action what to do; runs on the loop, must not block
	 */
	record Task(Runnable action) implements Command {
	}

}
