package dev.carillon.support;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import dev.carillon.delivery.CloseCode;
import dev.carillon.delivery.Encoded;
import dev.carillon.delivery.Sink;
import org.jspecify.annotations.Nullable;

/**
 * A sink that keeps what was written, and completes writes when, where and how a test
 * wants it. It notes every breach of the contract of {@link Sink}.
 */
public final class RecordingSink implements Sink {

	private final List<String> lines = new ArrayList<>();

	private final List<List<Encoded>> writes = new ArrayList<>();

	private final List<String> breaches = new ArrayList<>();

	private Executor completions = Runnable::run;

	private boolean stalled;

	private @Nullable Completion pending;

	private @Nullable CloseCode closed;

	private @Nullable CloseCode aborted;

	private Duration retryAfter = Duration.ZERO;

	private boolean probes;

	private int probeCount;

	/** From now on the client can be asked whether it is there. */
	public synchronized void allowProbes() {
		this.probes = true;
	}

	/** How often the client was asked. */
	public synchronized int probeCount() {
		return this.probeCount;
	}

	@Override
	public synchronized boolean probe() {
		this.probeCount += this.probes ? 1 : 0;
		return this.probes;
	}

	/** From now on writes do not complete. */
	public synchronized void stall() {
		this.stalled = true;
	}

	/** Completes the write under way, and those that follow at once. */
	public void flow() {
		Completion waiting;
		synchronized (this) {
			this.stalled = false;
			waiting = this.pending;
			this.pending = null;
		}
		if (waiting != null) {
			waiting.written();
		}
	}

	/** Completes the write under way; the next one stalls again. */
	public void step() {
		Completion waiting;
		synchronized (this) {
			waiting = this.pending;
			this.pending = null;
		}
		if (waiting != null) {
			waiting.written();
		}
	}

	/** The write under way fails. */
	public void fail(Throwable cause) {
		Completion waiting;
		synchronized (this) {
			waiting = this.pending;
			this.pending = null;
		}
		if (waiting == null) {
			throw new IllegalStateException("there is no write under way");
		}
		waiting.failed(cause);
	}

	/** From now on an executor completes the writes. */
	public synchronized void completeOn(Executor executor) {
		this.completions = executor;
	}

	@Override
	public void write(List<Encoded> frames, Completion completion) {
		Executor executor;
		synchronized (this) {
			if (this.pending != null) {
				this.breaches.add("a write began before the last one ended");
			}
			if (this.closed != null || this.aborted != null) {
				this.breaches.add("a write after the end");
			}
			if (frames.isEmpty()) {
				this.breaches.add("an empty write");
			}
			this.writes.add(List.copyOf(frames));
			for (Encoded frame : frames) {
				this.lines.addAll(new String(frame.bytes(), StandardCharsets.UTF_8).lines().toList());
			}
			this.pending = completion;
			if (this.stalled) {
				return;
			}
			executor = this.completions;
		}
		executor.execute(this::completed);
	}

	private void completed() {
		Completion waiting;
		synchronized (this) {
			if (this.stalled) {
				return;
			}
			waiting = this.pending;
			this.pending = null;
		}
		if (waiting != null) {
			waiting.written();
		}
	}

	@Override
	public synchronized void close(CloseCode code, Duration retryAfter) {
		if (this.closed != null || this.aborted != null) {
			this.breaches.add("closed twice");
		}
		if (this.pending != null) {
			this.breaches.add("closed in the middle of a write");
		}
		this.closed = code;
		this.retryAfter = retryAfter;
	}

	/** How long the client was asked to stay away. */
	public synchronized Duration retryAfter() {
		return this.retryAfter;
	}

	@Override
	public synchronized void abort(CloseCode code) {
		if (this.closed != null || this.aborted != null) {
			this.breaches.add("closed twice");
		}
		this.aborted = code;
	}

	/** What the contract of a sink forbids and happened all the same. */
	public synchronized List<String> breaches() {
		return List.copyOf(this.breaches);
	}

	/** Everything that left, in order. */
	public synchronized List<String> lines() {
		return List.copyOf(this.lines);
	}

	/** The control frames, in order. */
	public List<String> controls() {
		return lines().stream().filter((line) -> line.startsWith("C|")).map((line) -> line.substring(2)).toList();
	}

	/** The messages, in order. */
	public List<Delivered> messages() {
		return lines().stream().filter((line) -> line.startsWith("M|")).map(Delivered::parse).toList();
	}

	/** The messages of one subscription, in order. */
	public List<Delivered> messages(String subscription) {
		return messages().stream().filter((message) -> message.subscription().equals(subscription)).toList();
	}

	/** The bodies of all messages, in order. */
	public List<String> bodies() {
		return messages().stream().map(Delivered::body).toList();
	}

	/** Forgets what has left so far. */
	public synchronized void forget() {
		this.lines.clear();
		this.writes.clear();
	}

	/** The frames of each write, in order. */
	public synchronized List<List<Encoded>> writes() {
		return List.copyOf(this.writes);
	}

	/** How many bytes the write under way holds. */
	public synchronized long held() {
		return (this.pending != null) ? this.writes.getLast().stream().mapToLong((frame) -> frame.bytes().length).sum()
				: 0;
	}

	public synchronized @Nullable CloseCode closed() {
		return this.closed;
	}

	public synchronized @Nullable CloseCode aborted() {
		return this.aborted;
	}

	/** Whether it was closed or aborted. */
	public synchronized boolean isOver() {
		return this.closed != null || this.aborted != null;
	}

}
