package dev.carillon.stomp;

import java.nio.ByteBuffer;
import java.util.List;

import dev.carillon.delivery.CloseCode;
import dev.carillon.delivery.Encoded;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;

/**
 * Writes to a native WebSocket through Jetty's core session, asynchronously: what the
 * socket does not take at once, Jetty goes on writing when it can.
 */
final class JettyConnector implements Connector {

	private final CoreSession coreSession;

	private volatile Framing framing = Framing.FRAMED;

	JettyConnector(CoreSession coreSession) {
		this.coreSession = coreSession;
	}

	@Override
	public Framing framing() {
		return this.framing;
	}

	@Override
	public void batch() {
		this.framing = Framing.BARE;
	}

	@Override
	public String transport() {
		return "websocket";
	}

	@Override
	public void write(List<Encoded> frames, Completion completion) {
		Callback callback = new Callback() {
			@Override
			public void succeeded() {
				completion.written();
			}

			@Override
			public void failed(Throwable cause) {
				completion.failed(cause);
			}

			@Override
			public InvocationType getInvocationType() {
				return InvocationType.NON_BLOCKING;
			}
		};
		if (this.framing == Framing.FRAMED) {
			send(new FrameRun(join(frames, 0, frames.size())), callback, false);
			return;
		}
		int from = 0;
		while (from < frames.size()) {
			int to = endOfKind(frames, from);
			byte opCode = frames.get(from).binary() ? OpCode.BINARY : OpCode.TEXT;
			boolean more = to < frames.size();
			send(new Frame(opCode, ByteBuffer.wrap(join(frames, from, to))), more ? Callback.NOOP : callback, more);
			from = to;
		}
	}

	/** The frames from an index on that travel in the same kind of message. */
	private static int endOfKind(List<Encoded> frames, int from) {
		int to = from + 1;
		while (to < frames.size() && frames.get(to).binary() == frames.get(from).binary()) {
			to++;
		}
		return to;
	}

	private static byte[] join(List<Encoded> frames, int from, int to) {
		if (to - from == 1) {
			return frames.get(from).bytes();
		}
		int size = 0;
		for (int i = from; i < to; i++) {
			size += frames.get(i).bytes().length;
		}
		byte[] joined = new byte[size];
		int at = 0;
		for (int i = from; i < to; i++) {
			byte[] bytes = frames.get(i).bytes();
			System.arraycopy(bytes, 0, joined, at, bytes.length);
			at += bytes.length;
		}
		return joined;
	}

	private void send(Frame frame, Callback callback, boolean batch) {
		this.coreSession.sendFrame(frame, callback, batch);
	}

	@Override
	public void close(CloseCode code) {
		this.coreSession.close(code.number(), code.reason(), Callback.NOOP);
	}

	@Override
	public void abort(CloseCode code) {
		this.coreSession.abort();
	}

}
