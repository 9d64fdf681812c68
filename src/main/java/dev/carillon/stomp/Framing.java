package dev.carillon.stomp;

import java.util.Base64;

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
	},

	/**
	 * As {@link #BARE}, by a transport that carries only text: bodies that are none
	 * travel in Base64.
	 */
	TEXT {
		@Override
		Encoded frame(byte[] stomp, boolean binary) {
			return new Encoded(stomp, false);
		}
	};

	/** A whole STOMP frame as it travels. */
	abstract Encoded frame(byte[] stomp, boolean binary);

	/**
	 * Ends a frame with a body that may be anything. Where only text can travel, other
	 * bodies are in Base64 and the header {@code body-encoding} says so.
	 */
	FrameWriter body(FrameWriter frame, byte[] body) {
		if (this == TEXT && !Utf8.isValid(body)) {
			byte[] text = Base64.getEncoder().encode(body);
			return frame.header("body-encoding", "base64").header("content-length", text.length).body(text);
		}
		return frame.header("content-length", body.length).body(body);
	}

}
