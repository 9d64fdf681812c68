package dev.carillon.delivery;

/**
 * Consecutive entries of a topic, encoded in one piece.
 *
 * @param encoder what encoded them
 * @param from the first offset
 * @param to the last offset
 * @param publishedAt when the first entry was published, in milliseconds since 1970
 * @param encoded the bytes
 */
record Run(MessageEncoder encoder, long from, long to, long publishedAt, Encoded encoded) {
}
