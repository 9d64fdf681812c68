package dev.carillon.stomp;

import dev.carillon.delivery.Encoded;

/**
 * How STOMP frames are put into what the transport carries.
 */
enum Framing {

	/** Each STOMP frame is a WebSocket message, its RFC 6455 header in front. */
	FRAMED {
		@Override
		Encoded frame(byte[] stomp, boolean binary) {
			return new Encoded(WebSocketFrames.frame(stomp, binary), binary);
		}
	},

	/**
	 * STOMP frames follow one another; the sink puts those of a flush into one message.
	 */
	BARE {
		@Override
		Encoded frame(byte[] stomp, boolean binary) {
			return new Encoded(stomp, binary);
		}
	};

	abstract Encoded frame(byte[] stomp, boolean binary);

}
