package dev.carillon.topic;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * Where a topic's entries live: append, read from a position, be told of news. This is
 * the seam for logs that are shared between nodes.
 * <p>
 * <b>Append</b> may take time and may fail; it never blocks its caller. Entries become
 * readable in the order of their offsets, without gaps, and not later than the stage of
 * their append completes. A failed append leaves no entry and uses no offset.
 * <p>
 * <b>Reads</b> never block: a log that lives elsewhere keeps its newest entries here,
 * within the same bounds. They may run on any thread, beside appends. What a reader sees
 * may move on at once: an offset between {@link #tail()} and {@link #head()} can be gone
 * when it is read.
 * <p>
 * <b>News</b>: whenever the head has moved, the listener given at creation is run, on any
 * thread, after the entry is readable. It does not block and does not throw.
 */
public interface TopicLog extends AutoCloseable {

	/**
	 * Names this life of the log; no other log, of this or another topic, ever has it.
	 */
	long epoch();

	/**
	 * Completes when the log can be read from; a reader waits for it once.
	 */
	CompletionStage<?> ready();

	/**
	 * Appends a publication.
	 * @return the position of the entry, or a failure: a {@link Refusal} if the log takes
	 * no more (a work queue that is full), anything else for a fault
	 */
	CompletionStage<Position> append(Publication publication);

	/**
	 * The offset of the newest entry, 0 before the first.
	 */
	long head();

	/**
	 * The offset of the oldest entry that can be read, {@code head() + 1} if none can.
	 */
	long tail();

	/**
	 * The entry at an offset, or null if it is not there any more or not there yet.
	 */
	@Nullable Entry read(long offset);

	/**
	 * Lets go of all entries up to an offset. Only the log of a work queue is told; it
	 * keeps everything above, and refuses appends rather than lose one.
	 */
	void release(long offset);

	/**
	 * Lets go of entries that are older than the policy keeps them, but not of the newest
	 * that it replays to new subscribers.
	 * @param now the time, in milliseconds since 1970
	 */
	void expire(long now);

	/**
	 * What the readable entries are counted with against {@code log.bytes}.
	 */
	long bytes();

	@Override
	void close();

}
