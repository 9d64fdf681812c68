package dev.carillon.stocks;

/**
 * How the feed of quotes is doing, for those who watch over the service. The numbers
 * count from the start of the process, those of the source from its last start.
 *
 * @param source the kind of source: simulator, replay or upstream
 * @param status whether trades can be expected
 * @param symbols how many symbols have a quote
 * @param wanted how many of these the source is asked for now
 * @param stale how many quotes of those are stale
 * @param trades how many trades were taken
 * @param ignored how many trades were left out: not watched, or dated in the future
 * @param garbled how many lines or messages of the source made no sense
 * @param reconnects how often the source lost its connection or failed to make one
 * @param unpublished how many quotes and alerts could not be published
 * @param alerts how many price alerts are waiting
 * @param lastTradeAt when the last trade came in, in milliseconds since 1970; 0 before
 * the first
 */
public record FeedState(String source, Status status, int symbols, int wanted, int stale, long trades, long ignored,
		long garbled, long reconnects, long unpublished, int alerts, long lastTradeAt) {

	/**
	 * Whether trades can be expected of a source.
	 */
	public enum Status {

		/** Not started. */
		IDLE,
		/** Connecting, for the first time or again. */
		CONNECTING,
		/** Trades come as they happen. */
		LIVE,
		/** It has come to its end. */
		ENDED,
		/** It broke and will not come back by itself. */
		FAILED

	}

}
