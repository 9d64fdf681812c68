package dev.carillon.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

import dev.carillon.delivery.CloseCode;
import dev.carillon.delivery.Encoded;
import dev.carillon.delivery.Sink;
import jakarta.servlet.AsyncContext;

/**
 * Writes an event stream: each flush on a virtual thread of its own, one at a time.
 */
final class EventSink implements Sink {

	private final AsyncContext exchange;

	private final OutputStream body;

	private final Executor executor;

	EventSink(AsyncContext exchange, OutputStream body, Executor executor) {
		this.exchange = exchange;
		this.body = body;
		this.executor = executor;
	}

	@Override
	public void write(List<Encoded> frames, Completion completion) {
		this.executor.execute(() -> {
			try {
				for (Encoded frame : frames) {
					this.body.write(frame.bytes());
				}
				this.body.flush();
				completion.written();
			}
			catch (IOException | RuntimeException ex) {
				completion.failed(ex);
			}
		});
	}

	/**
	 * Says why, since a stream has no close code of its own. Nothing is flushed, so that
	 * the last event and the end of the response leave together.
	 */
	@Override
	public void close(CloseCode code, Duration retryAfter) {
		this.executor.execute(() -> {
			try {
				this.body.write(goodbye(code, retryAfter));
			}
			catch (IOException | RuntimeException _) {
				// nobody is there to hear it
			}
			complete();
		});
	}

	/** The hint is for browsers as it is for our own clients. */
	private static byte[] goodbye(CloseCode code, Duration retryAfter) {
		String retry = retryAfter.isZero() ? "" : "retry: " + retryAfter.toMillis() + "\n";
		return (retry + "event: closed\ndata: {\"code\":" + code.number() + ",\"reason\":\"" + code.reason(retryAfter)
				+ "\"}\n\n")
			.getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public void abort(CloseCode code) {
		this.executor.execute(this::complete);
	}

	private void complete() {
		try {
			this.exchange.complete();
		}
		catch (RuntimeException _) {
			// the container was faster
		}
	}

}
