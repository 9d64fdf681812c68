package dev.carillon.sockjs;

import java.io.IOException;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;

/**
 * A suspended HTTP request. No thread belongs to it while it waits.
 */
final class ServletReceiver implements Receiver {

	private final Asked asked;

	private final AsyncContext exchange;

	private final Transport transport;

	private final String callback;

	private final long limit;

	private long sent;

	private boolean finished;

	/**
	 * A receiver.
	 * @param asked which request it is
	 * @param callback the function to call, empty where there is none
	 * @param limit after how many bytes a streaming response ends
	 */
	ServletReceiver(Asked asked, AsyncContext exchange, Transport transport, String callback, long limit) {
		this.asked = asked;
		this.exchange = exchange;
		this.transport = transport;
		this.callback = callback;
		this.limit = limit;
	}

	@Override
	public Asked asked() {
		return this.asked;
	}

	@Override
	public boolean endsWith(byte[] frame) {
		return !this.transport.isStreaming() || this.sent + frame.length >= this.limit;
	}

	@Override
	public void send(byte[] frame) throws IOException {
		boolean last = endsWith(frame);
		byte[] bytes = this.transport.frame(frame, this.callback);
		this.sent += bytes.length;
		if (!this.transport.isStreaming()) {
			this.exchange.getResponse().setContentLength(bytes.length);
		}
		ServletOutputStream body = this.exchange.getResponse().getOutputStream();
		body.write(bytes);
		if (last) {
			body.close();
			finish();
		}
		else {
			body.flush();
		}
	}

	@Override
	public void finish() {
		if (!this.finished) {
			this.finished = true;
			try {
				this.exchange.complete();
			}
			catch (RuntimeException _) {
				// the container was faster
			}
		}
	}

}
