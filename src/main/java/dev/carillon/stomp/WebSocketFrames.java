package dev.carillon.stomp;

/**
 * The frame headers of RFC 6455 section 5.2 as a server writes them: final, unmasked.
 */
final class WebSocketFrames {

	private static final int FIN = 0x80;

	private static final int TEXT = 1;

	private static final int BINARY = 2;

	private WebSocketFrames() {
	}

	/** A whole message in one frame. */
	static byte[] frame(byte[] payload, boolean binary) {
		int header = headerLength(payload.length);
		byte[] frame = new byte[header + payload.length];
		frame[0] = (byte) (FIN | (binary ? BINARY : TEXT));
		switch (header) {
			case 2 -> frame[1] = (byte) payload.length;
			case 4 -> {
				frame[1] = 126;
				putLength(frame, payload.length, 2);
			}
			default -> {
				frame[1] = 127;
				putLength(frame, payload.length, 8);
			}
		}
		System.arraycopy(payload, 0, frame, header, payload.length);
		return frame;
	}

	private static int headerLength(int payload) {
		return (payload < 126) ? 2 : (payload < 65536) ? 4 : 10;
	}

	private static void putLength(byte[] frame, long length, int bytes) {
		for (int i = 0; i < bytes; i++) {
			frame[2 + i] = (byte) (length >>> (8 * (bytes - 1 - i)));
		}
	}

	/** The length of the header of the first frame. */
	static int headerLength(byte[] frames) {
		int length = frames[1] & 0x7F;
		return (length < 126) ? 2 : (length == 126) ? 4 : 10;
	}

	/** The length of the payload of the first frame. */
	static int payloadLength(byte[] frames) {
		int length = frames[1] & 0x7F;
		if (length < 126) {
			return length;
		}
		int bytes = (length == 126) ? 2 : 8;
		long extended = 0;
		for (int i = 0; i < bytes; i++) {
			extended = (extended << 8) | (frames[2 + i] & 0xFF);
		}
		return (int) extended;
	}

}
