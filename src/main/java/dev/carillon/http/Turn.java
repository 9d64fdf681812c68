package dev.carillon.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.carillon.delivery.CloseCode;
import dev.carillon.delivery.Encoded;
import dev.carillon.delivery.MessageEncoder;
import dev.carillon.delivery.Session;
import dev.carillon.delivery.Sink;
import dev.carillon.topic.Entry;
import dev.carillon.topic.Topic;
import org.jspecify.annotations.Nullable;

/**
 * A stream that ends by itself, for clients behind proxies that hold an answer back until
 * it is complete: after the first messages, or when nothing has come for the wait; at
 * once if there is none, which only tells where the stream would stand.
 * <p>
 * Used by the loop of its session.
 */
final class Turn implements Sink {

	private final Sink stream;

	private final Duration wait;

	private @Nullable Session session;

	private int unplaced;

	private boolean brought;

	Turn(Sink stream, Duration wait) {
		this.stream = stream;
		this.wait = wait;
	}

	/**
	 * Begins, before the first subscription does.
	 * @param subscriptions how many have to be placed before it may end
	 */
	void begin(Session session, int subscriptions) {
		this.session = session;
		this.unplaced = subscriptions;
		if (!this.wait.isZero()) {
			session.remind(this.wait.toNanos(), this::end);
		}
	}

	/** One of the subscriptions stands. */
	void placed() {
		this.unplaced--;
		if (this.unplaced == 0 && this.wait.isZero()) {
			end();
		}
	}

	/** Notes what is encoded, and so what the next write brings. */
	MessageEncoder noting(MessageEncoder encoder) {
		return new MessageEncoder() {

			@Override
			public boolean isShared() {
				return false;
			}

			@Override
			public Encoded encode(Topic topic, Entry entry, Map<String, String> more) {
				Turn.this.brought = true;
				return encoder.encode(topic, entry, more);
			}

		};
	}

	@Override
	public void write(List<Encoded> frames, Completion completion) {
		this.stream.write(frames, (this.brought && this.unplaced == 0) ? last(completion) : completion);
	}

	private Completion last(Completion completion) {
		return new Completion() {

			@Override
			public void written() {
				completion.written();
				end();
			}

			@Override
			public void failed(Throwable cause) {
				completion.failed(cause);
			}

		};
	}

	private void end() {
		Session ended = this.session;
		if (ended != null) {
			ended.close(CloseCode.NORMAL);
		}
	}

	@Override
	public boolean probe() {
		return this.stream.probe();
	}

	@Override
	public Duration writeTimeout(Duration ofNetwork) {
		return this.stream.writeTimeout(ofNetwork);
	}

	@Override
	public void close(CloseCode code, Duration retryAfter) {
		this.stream.close(code, retryAfter);
	}

	@Override
	public void abort(CloseCode code) {
		this.stream.abort(code);
	}

}
