package dev.carillon.sockjs;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import dev.carillon.delivery.CloseCode;
import dev.carillon.delivery.Encoded;
import dev.carillon.delivery.Sink;
import org.jspecify.annotations.Nullable;

/**
 * A session over HTTP: the sink of a client that is there only while one of its requests
 * waits.
 * <p>
 * It holds one write and nothing more. A write that finds no request waits for the next
 * one and is complete when its frames are in a response, so between two requests it is
 * the cursors that stay back. No thread waits for a client: the one who brings the
 * missing half, request or frames, sets off the writing, which may block and therefore
 * happens outside of the monitor, on the thread of the request or on one of the
 * executor's.
 */
final class SockJsSession implements Sink, Swept {

	private final Transport transport;

	private final Caller caller;

	private final SockJsProperties properties;

	private final Executor executor;

	private final LongSupplier nanoTime;

	private final Map<String, Object> attributes;

	private final ReentrantLock receiving = new ReentrantLock();

	private final SockJsClient client;

	private boolean opened;

	private @Nullable Write write;

	private @Nullable Receiver receiver;

	/** Whether a thread writes to the receiver. */
	private boolean serving;

	/** How many threads write, also to requests that are not the receiver any more. */
	private int answering;

	private boolean beat;

	private final Repeats repeats = new Repeats();

	private @Nullable Goodbye goodbye;

	/** When the last response ended, or when something was last written to one. */
	private long since;

	/**
	 * Frames that wait for a request.
	 *
	 * @param frames which
	 * @param completion who waits for them to be gone
	 */
	private record Write(List<Encoded> frames, Completion completion) {
	}

	/**
	 * One thing to write.
	 *
	 * @param to where
	 * @param frame what
	 * @param completion who waits for it to be gone, if anybody does
	 * @param last whether nothing can follow
	 */
	private record Turn(Receiver to, Supplier<byte[]> frame, @Nullable Completion completion, boolean last) {
	}

	/**
	 * Begins a session.
	 * @param caller who may use it
	 */
	SockJsSession(Transport transport, Caller caller, SockJsProperties properties, Executor executor,
			LongSupplier nanoTime, Map<String, Object> attributes, SockJsClients clients) {
		this.transport = transport;
		this.caller = caller;
		this.properties = properties;
		this.executor = executor;
		this.nanoTime = nanoTime;
		this.attributes = attributes;
		this.since = nanoTime.getAsLong();
		this.client = clients.open(this, "sockjs-" + transport.path(), attributes);
	}

	Transport transport() {
		return this.transport;
	}

	Caller caller() {
		return this.caller;
	}

	Map<String, Object> attributes() {
		return this.attributes;
	}

	synchronized boolean isOver() {
		return this.goodbye != null;
	}

	/**
	 * A request wants frames. Writes what there is; returns when there is no more.
	 * <p>
	 * If it repeats one whose answer is lost, the session ends, for the client to come
	 * back and resume: what was in that answer may have arrived after all, and nothing is
	 * delivered twice.
	 */
	void receive(Receiver arrived) throws IOException {
		boolean taken;
		boolean news = false;
		synchronized (this) {
			taken = this.receiver == null;
			if (taken) {
				this.receiver = arrived;
				this.since = this.nanoTime.getAsLong();
				if (!this.transport.isStreaming() && this.repeats.asked(arrived.asked())) {
					news = conclude(Goodbye.of(CloseCode.GOING_AWAY));
				}
			}
		}
		tell(news);
		if (taken) {
			this.client.touched();
			serve();
		}
		else {
			arrived.send(Goodbye.ANOTHER_OPEN.frame());
			arrived.finish();
		}
	}

	/** Something has come over a connection. */
	synchronized void heard(String connection) {
		this.repeats.heard(connection);
	}

	/** A request that waited is gone. */
	void lost(Receiver gone) {
		boolean news = false;
		synchronized (this) {
			if (this.receiver == gone && !this.serving) {
				this.receiver = null;
				news = conclude(Goodbye.INTERRUPTED);
			}
		}
		tell(news);
	}

	/**
	 * A request brings messages; several requests at once have to wait for each other.
	 */
	void accept(Messages messages, InputStream body) throws IOException {
		this.receiving.lock();
		try {
			messages.read(body, this.client::receive);
		}
		finally {
			this.receiving.unlock();
		}
	}

	// The sink

	@Override
	public void write(List<Encoded> frames, Completion completion) {
		boolean over;
		boolean idle;
		synchronized (this) {
			over = this.goodbye != null;
			idle = this.receiver != null && !this.serving;
			if (!over) {
				this.write = new Write(frames, completion);
			}
		}
		if (over) {
			completion.failed(new IOException("The SockJS session is over"));
		}
		else if (idle) {
			this.executor.execute(this::serve);
		}
	}

	/** First the client may stay away, then the network may take its time. */
	@Override
	public Duration writeTimeout(Duration ofNetwork) {
		return ofNetwork.plus(this.properties.disconnectDelay());
	}

	@Override
	public void close(CloseCode code, Duration retryAfter) {
		say(Goodbye.of(code, retryAfter));
	}

	@Override
	public void abort(CloseCode code) {
		synchronized (this) {
			this.write = null;
		}
		say(Goodbye.of(code));
	}

	private void say(Goodbye last) {
		boolean idle;
		synchronized (this) {
			if (this.goodbye == null) {
				this.goodbye = last;
				this.since = this.nanoTime.getAsLong();
			}
			idle = this.receiver != null && !this.serving;
		}
		if (idle) {
			this.executor.execute(this::serve);
		}
	}

	// Writing

	private void serve() {
		Turn turn;
		while ((turn = claim()) != null) {
			carryOut(turn);
		}
	}

	private synchronized @Nullable Turn claim() {
		Receiver to = this.receiver;
		if (to == null || this.serving) {
			return null;
		}
		Turn turn = next(to);
		if (turn != null) {
			this.serving = true;
			this.answering++;
		}
		return turn;
	}

	private @Nullable Turn next(Receiver to) {
		if (!this.opened) {
			this.opened = true;
			this.repeats.answered();
			return new Turn(to, () -> Frames.OPEN, null, false);
		}
		Write waiting = this.write;
		if (waiting != null) {
			this.write = null;
			this.repeats.answered();
			return new Turn(to, () -> Frames.messages(waiting.frames()), waiting.completion(), false);
		}
		Goodbye last = this.goodbye;
		if (last != null) {
			return new Turn(to, last::frame, null, true);
		}
		if (this.beat) {
			this.beat = false;
			return new Turn(to, () -> Frames.HEART_BEAT, null, false);
		}
		return null;
	}

	private void carryOut(Turn turn) {
		byte[] frame = turn.frame().get();
		boolean last = turn.last() || turn.to().endsWith(frame);
		if (last) {
			// Before the client can know that it is to ask again.
			release(null);
		}
		try {
			turn.to().send(frame);
			if (last) {
				turn.to().finish();
			}
			else {
				release(turn.to());
			}
			answered();
			if (turn.completion() != null) {
				turn.completion().written();
			}
		}
		catch (IOException | RuntimeException _) {
			if (!last) {
				release(null);
			}
			boolean news;
			synchronized (this) {
				this.answering--;
				news = conclude(Goodbye.INTERRUPTED);
			}
			turn.to().finish();
			tell(news);
		}
	}

	private synchronized void release(@Nullable Receiver next) {
		this.serving = false;
		this.receiver = next;
	}

	private synchronized void answered() {
		this.answering--;
		this.since = this.nanoTime.getAsLong();
	}

	/**
	 * Ends the session from this side.
	 * @return whether that is news to the client's connection
	 */
	private boolean conclude(Goodbye last) {
		boolean news = this.goodbye == null;
		if (news) {
			this.goodbye = last;
		}
		this.write = null;
		this.since = this.nanoTime.getAsLong();
		return news;
	}

	private void tell(boolean over) {
		if (over) {
			this.client.closed(CloseCode.GOING_AWAY);
		}
	}

	// The clock

	@Override
	public boolean sweep(long now) {
		boolean isAway;
		boolean news = false;
		boolean beats;
		synchronized (this) {
			long silent = now - this.since;
			isAway = this.receiver == null && this.answering == 0
					&& silent > this.properties.disconnectDelay().toNanos();
			if (isAway) {
				news = conclude(Goodbye.of(CloseCode.GOING_AWAY));
			}
			beats = this.receiver != null && !this.serving && silent >= this.properties.heartBeat().toNanos();
			this.beat |= beats;
		}
		tell(news);
		if (beats) {
			this.executor.execute(this::serve);
		}
		return isAway;
	}

	@Override
	public void end(CloseCode code) {
		this.client.closed(code);
		abort(code);
	}

}
