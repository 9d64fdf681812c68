package dev.carillon.delivery;

import java.util.ArrayList;
import java.util.List;

import dev.carillon.topic.Trace;
import org.jspecify.annotations.Nullable;

/**
 * The frames that leave a session in one write.
 */
final class Flush {

	/** About how many bytes one source adds before the next one has its turn. */
	static final int SHARE = 32 * 1024;

	private final List<Encoded> frames = new ArrayList<>(4);

	private final long now;

	private final int budget;

	private int bytes;

	private @Nullable List<Trace> traces;

	Flush(long now, int budget) {
		this.now = now;
		this.budget = budget;
	}

	void add(Encoded frame) {
		this.frames.add(frame);
		this.bytes += frame.bytes().length;
	}

	/** What leaves with it is followed, if the trace still waits for that. */
	void trace(Trace trace) {
		if (!trace.isAwaited()) {
			return;
		}
		if (this.traces == null) {
			this.traces = new ArrayList<>(1);
		}
		this.traces.add(trace);
	}

	/** Who wants to know when it has left; null for most. */
	@Nullable List<Trace> traces() {
		return this.traces;
	}

	boolean hasRoom() {
		return this.bytes < this.budget;
	}

	boolean isEmpty() {
		return this.frames.isEmpty();
	}

	List<Encoded> frames() {
		return this.frames;
	}

	int bytes() {
		return this.bytes;
	}

	long now() {
		return this.now;
	}

}
