package dev.carillon.topic;

import java.time.Duration;

/**
 * A {@code message-key} that was used, to be known by another process.
 *
 * @param family the family of topics it was used for
 * @param user who used it
 * @param key the key
 * @param position where the message is
 * @param left for how long it counts
 */
public record SavedKey(String family, String user, String key, Position position, Duration left) {
}
