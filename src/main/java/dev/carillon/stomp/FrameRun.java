package dev.carillon.stomp;

import java.nio.ByteBuffer;

import org.eclipse.jetty.websocket.core.Frame;

/**
 * Several WebSocket frames that Jetty takes for one.
 * <p>
 * Jetty writes the header of a frame from its length and then its payload as it is. Here
 * the length is that of the first frame, and the payload goes on with the header of the
 * second, so a whole flush costs one frame's way through Jetty and one system call. Holds
 * for frames that no extension touches and that Jetty does not fragment, which is how our
 * sessions are set up; the tests of this class fail should Jetty change its mind.
 */
final class FrameRun extends Frame {

	private final int firstLength;

	/**
	 * A run.
	 * @param frames whole frames with their headers, unmasked
	 */
	FrameRun(byte[] frames) {
		super(frames[0], null, payload(frames));
		this.firstLength = WebSocketFrames.payloadLength(frames);
	}

	private static ByteBuffer payload(byte[] frames) {
		int header = WebSocketFrames.headerLength(frames);
		return ByteBuffer.wrap(frames, header, frames.length - header);
	}

	@Override
	public int getPayloadLength() {
		return this.firstLength;
	}

}
