package dev.carillon.stomp;

import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.Map;

import dev.carillon.delivery.CloseCode;
import dev.carillon.delivery.Intake;
import dev.carillon.security.HandshakeGuard;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * A native WebSocket as Jetty delivers it: frame by frame, each when the one before is
 * handled.
 */
final class JettyEndpoint implements FrameHandler {

	private final StompGateway gateway;

	private final Map<String, Object> attributes;

	private @Nullable CoreSession coreSession;

	private @Nullable JettyConnector connector;

	private @Nullable Intake intake;

	private @Nullable StompConnection connection;

	/** Checks the text message under way; null between messages and in binary ones. */
	private @Nullable Utf8 text;

	JettyEndpoint(StompGateway gateway, Map<String, Object> attributes) {
		this.gateway = gateway;
		this.attributes = attributes;
	}

	@Override
	public void onOpen(CoreSession opened, Callback callback) {
		this.coreSession = opened;
		JettyConnector writer = new JettyConnector(opened, this.gateway.properties().closeTimeout());
		this.connector = writer;
		this.intake = new Intake(opened::demand, writer.told());
		this.connection = this.gateway.open(writer, this.attributes,
				(this.attributes.get(HandshakeGuard.USER) instanceof Principal proved) ? proved : null);
		callback.succeeded();
		opened.demand();
	}

	@Override
	public void onFrame(Frame frame, Callback callback) {
		CoreSession session = this.coreSession;
		JettyConnector writer = this.connector;
		Intake reading = this.intake;
		StompConnection client = this.connection;
		if (session == null || writer == null || reading == null || client == null) {
			callback.failed(new IllegalStateException("A frame came before the session was open"));
			return;
		}
		switch (frame.getOpCode()) {
			case OpCode.TEXT, OpCode.BINARY, OpCode.CONTINUATION -> {
				byte[] payload = payload(frame);
				callback.succeeded();
				if (!client.isOver()) {
					receive(client, frame, payload);
				}
				if (client.isOver()) {
					reading.ignored(payload.length);
				}
				else {
					reading.handled(client.refusals());
				}
			}
			case OpCode.PING -> {
				client.session().touched();
				byte[] payload = payload(frame);
				callback.succeeded();
				// Reads on when the answer has left: a flood of pings waits in the
				// network.
				session.sendFrame(new Frame(OpCode.PONG, ByteBuffer.wrap(payload)), Callback.from(session::demand),
						false);
			}
			case OpCode.PONG -> {
				client.session().touched();
				callback.succeeded();
				session.demand();
			}
			// Jetty answers CLOSE when the callback is completed, and nothing follows it.
			default -> writer.closing(callback);
		}
	}

	private void receive(StompConnection client, Frame frame, byte[] payload) {
		if (isText(frame, payload)) {
			client.receive(payload);
		}
		else {
			client.end(CloseCode.INVALID_PAYLOAD);
		}
	}

	private static byte[] payload(Frame frame) {
		frame.demask();
		byte[] payload = new byte[frame.getPayloadLength()];
		frame.getPayload().get(payload);
		return payload;
	}

	/** Whether what claims to be text is UTF-8, as far as it goes. */
	private boolean isText(Frame frame, byte[] payload) {
		if (frame.getOpCode() == OpCode.TEXT) {
			this.text = new Utf8();
		}
		Utf8 check = this.text;
		if (check == null) {
			return true;
		}
		boolean valid = check.accepts(payload) && (!frame.isFin() || check.isComplete());
		if (frame.isFin()) {
			this.text = null;
		}
		return valid;
	}

	@Override
	public void onError(Throwable cause, Callback callback) {
		callback.succeeded();
	}

	@Override
	public void onClosed(CloseStatus status, Callback callback) {
		StompConnection client = this.connection;
		JettyConnector writer = this.connector;
		if (writer != null) {
			writer.closed();
		}
		if (client != null) {
			client.closed((status.getCode() == CloseStatus.NORMAL) ? CloseCode.NORMAL : CloseCode.GOING_AWAY);
		}
		else {
			HandshakeGuard.leave(this.attributes);
		}
		callback.succeeded();
	}

}
