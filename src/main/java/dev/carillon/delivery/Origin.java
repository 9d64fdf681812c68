package dev.carillon.delivery;

import org.jspecify.annotations.Nullable;

/**
 * Where a session comes from.
 *
 * @param transport one of a few words, such as websocket
 * @param address the network address of the client, or null if it is not known
 */
public record Origin(String transport, @Nullable String address) {
}
