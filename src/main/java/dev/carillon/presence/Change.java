package dev.carillon.presence;

import dev.carillon.topic.Destination;

/**
 * One cursor more or less on a topic.
 *
 * @param destination the topic
 * @param user whose cursor
 * @param delta 1 or -1
 */
record Change(Destination destination, String user, int delta) {
}
