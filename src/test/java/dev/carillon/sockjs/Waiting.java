package dev.carillon.sockjs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request that waits for frames, without HTTP: keeps what it is sent.
 */
final class Waiting implements Receiver {

	final List<String> frames = new ArrayList<>();

	private final int takes;

	private Asked asked = new Asked("", "");

	private boolean broken;

	boolean finished;

	private Runnable meanwhile = () -> {
	};

	private Waiting(int takes) {
		this.takes = takes;
	}

	/** Ends with its first frame. */
	static Waiting poll() {
		return new Waiting(1);
	}

	/** Ends with its last frame only. */
	static Waiting stream(int frames) {
		return new Waiting(frames);
	}

	/** Has a name and comes over a connection. */
	Waiting over(String name, String connection) {
		this.asked = new Asked(name, connection);
		return this;
	}

	/** Its connection is gone, which shows when something is written. */
	Waiting broken() {
		this.broken = true;
		return this;
	}

	/**
	 * Something happens while the frame is on its way, for example the client asks again.
	 */
	Waiting meanwhile(Runnable action) {
		this.meanwhile = action;
		return this;
	}

	@Override
	public Asked asked() {
		return this.asked;
	}

	@Override
	public boolean endsWith(byte[] frame) {
		return this.frames.size() + 1 == this.takes;
	}

	@Override
	public void send(byte[] frame) throws IOException {
		if (this.finished) {
			throw new IllegalStateException("The response has ended");
		}
		if (this.broken) {
			throw new IOException("Broken pipe");
		}
		this.frames.add(new String(frame, StandardCharsets.UTF_8));
		this.finished = this.frames.size() == this.takes;
		this.meanwhile.run();
	}

	@Override
	public void finish() {
		this.finished = true;
	}

}
