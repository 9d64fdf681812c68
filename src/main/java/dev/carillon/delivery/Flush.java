package dev.carillon.delivery;

import java.util.ArrayList;
import java.util.List;

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

	Flush(long now, int budget) {
		this.now = now;
		this.budget = budget;
	}

	void add(Encoded frame) {
		this.frames.add(frame);
		this.bytes += frame.bytes().length;
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
