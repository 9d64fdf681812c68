package dev.carillon.chat;

import java.util.List;

import dev.carillon.topic.Destination;

/**
 * What came of a change.
 *
 * @param event what happened; after a repeated key what had happened the first time
 * @param announcements what is published once it is stored; nothing if nothing changed
 */
record Outcome(ChatEvent event, List<Announcement> announcements) {

	/**
	 * An event for one topic.
	 */
	record Announcement(Destination destination, ChatEvent event) {
	}

}
