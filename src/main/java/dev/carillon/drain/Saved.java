package dev.carillon.drain;

import java.util.List;
import java.util.Map;

import dev.carillon.topic.Destination;
import dev.carillon.topic.SavedKey;
import dev.carillon.topic.SavedLog;

/**
 * What outlives the process.
 *
 * @param logs the logs of topics
 * @param keys the keys under which something was published a short time ago
 */
record Saved(Map<Destination, SavedLog> logs, List<SavedKey> keys) {
}
