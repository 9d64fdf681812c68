package dev.carillon.stomp;

import java.time.Duration;
import java.util.List;

import dev.carillon.delivery.CloseCode;
import dev.carillon.delivery.Encoded;
import dev.carillon.delivery.Sink;

/**
 * A connector for a transport that carries only text, where frames of a flush share a
 * message in any case.
 *
 * @param sink writes
 * @param transport the name of the transport
 */
record SinkConnector(Sink sink, String transport) implements Connector {

	@Override
	public Framing framing() {
		return Framing.TEXT;
	}

	@Override
	public void batch() {
		// nothing changes
	}

	@Override
	public void write(List<Encoded> frames, Completion completion) {
		this.sink.write(frames, completion);
	}

	@Override
	public Duration writeTimeout(Duration ofNetwork) {
		return this.sink.writeTimeout(ofNetwork);
	}

	@Override
	public void close(CloseCode code) {
		this.sink.close(code);
	}

	@Override
	public void abort(CloseCode code) {
		this.sink.abort(code);
	}

}
