package dev.carillon.stomp;

import dev.carillon.delivery.Sink;

/**
 * A transport that carries only text, where frames of a flush share a message in any
 * case.
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

}
