package dev.carillon.delivery;

import java.util.concurrent.CompletionStage;

/**
 * The owner of a session that may be amid something when the session is sent away: frames
 * that have come and are not answered yet.
 */
public interface Finishing {

	/**
	 * Takes on nothing new; on the session's loop, must not block.
	 * @return completes when what has come is done with, well or not; it is not waited
	 * for longer than some seconds
	 */
	CompletionStage<?> finish();

}
