package dev.carillon.delivery;

import java.util.List;

import dev.carillon.topic.Trace;

/**
 * Consecutive entries of a topic, encoded in one piece.
 *
 * @param encoder what encoded them
 * @param from the first offset
 * @param to the last offset
 * @param publishedAt when the first entry was published, in milliseconds since 1970
 * @param encoded the bytes
 * @param traces those of its entries that are followed; empty for most
 */
record Run(MessageEncoder encoder, long from, long to, long publishedAt, Encoded encoded, List<Trace> traces) {
}
