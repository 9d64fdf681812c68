package dev.carillon.stocks;

/**
 * What a source says of itself.
 *
 * @param status whether trades can be expected of it
 * @param garbled how many lines or messages it could not make sense of
 * @param reconnects how often it lost its connection or failed to make one
 */
record SourceState(FeedState.Status status, long garbled, long reconnects) {
}
