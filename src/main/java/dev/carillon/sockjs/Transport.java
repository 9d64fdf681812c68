package dev.carillon.sockjs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The ways of receiving frames over HTTP: what a response looks like, and whether it goes
 * on after its first frame.
 */
enum Transport {

	/** Each response is one frame. */
	XHR("xhr", "POST", "application/javascript", false) {
		@Override
		byte[] frame(byte[] frame, String callback) {
			return join(NOTHING, frame, LINE);
		}
	},

	/** A response that goes on, read while it comes. */
	XHR_STREAMING("xhr_streaming", "POST", "application/javascript", true) {
		@Override
		byte[] prelude(String callback) {
			return bytes("h".repeat(2048) + "\n");
		}

		@Override
		byte[] frame(byte[] frame, String callback) {
			return join(NOTHING, frame, LINE);
		}
	},

	/** Server-sent events; the client undoes percent escapes in them. */
	EVENT_SOURCE("eventsource", "GET", "text/event-stream", true) {
		@Override
		byte[] prelude(String callback) {
			return bytes("\r\n");
		}

		@Override
		byte[] frame(byte[] frame, String callback) {
			return join(bytes("data: "), replace(frame, (b) -> (b == '%') ? "%25" : null), bytes("\r\n\r\n"));
		}
	},

	/** A document that never ends, with a script element for each frame. */
	HTML_FILE("htmlfile", "GET", "text/html", true) {
		@Override
		byte[] prelude(String callback) {
			String html = """
					<!DOCTYPE html>
					<html>
					<head>
					  <meta http-equiv="X-UA-Compatible" content="IE=edge" />
					  <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
					</head>
					<body>
					  <h2>Don't panic!</h2>
					  <script>
					    document.domain = document.domain;
					    var c = parent.%s;
					    c.start();
					    function p(d) {c.message(d);};
					    window.onload = function() {c.stop();};
					  </script>
					""".formatted(callback);
			// Some browsers show nothing of a document before its first kilobyte.
			return bytes(html + " ".repeat(Math.max(0, 1024 - html.length())) + "\r\n\r\n");
		}

		@Override
		byte[] frame(byte[] frame, String callback) {
			return join(bytes("<script>\np("), quote(frame), bytes(");\n</script>\r\n"));
		}
	},

	/**
	 * A script that calls back. The comment in front keeps plug-ins from taking it for a
	 * file of theirs.
	 */
	JSONP("jsonp", "GET", "application/javascript", false) {
		@Override
		byte[] frame(byte[] frame, String callback) {
			return join(bytes("/**/" + callback + "("), quote(frame), bytes(");\r\n"));
		}
	};

	private static final byte[] NOTHING = {};

	private static final byte[] LINE = { '\n' };

	private static final Map<String, Transport> BY_PATH = Arrays.stream(values())
		.collect(Collectors.toMap((transport) -> transport.path, Function.identity()));

	private final String path;

	private final String method;

	private final String contentType;

	private final boolean streaming;

	Transport(String path, String method, String contentType, boolean streaming) {
		this.path = path;
		this.method = method;
		this.contentType = contentType + ";charset=UTF-8";
		this.streaming = streaming;
	}

	/** The transport with a name as the last segment of URLs has it. */
	static @Nullable Transport of(String path) {
		return BY_PATH.get(path);
	}

	/** What follows the session in URLs. */
	String path() {
		return this.path;
	}

	String method() {
		return this.method;
	}

	String contentType() {
		return this.contentType;
	}

	/** Whether a response goes on after a frame. */
	boolean isStreaming() {
		return this.streaming;
	}

	/** Whether a response needs the name of a function to call. */
	boolean callsBack() {
		return this == JSONP || this == HTML_FILE;
	}

	/** What comes before the first frame of a response. */
	byte[] prelude(String callback) {
		return NOTHING;
	}

	/** A frame as it stands in a response. */
	abstract byte[] frame(byte[] frame, String callback);

	/**
	 * A frame as a string of JavaScript that may stand in a script element.
	 */
	private static byte[] quote(byte[] frame) {
		byte[] inside = replace(frame, (b) -> switch (b) {
			case '"' -> "\\\"";
			case '\\' -> "\\\\";
			case '<' -> "\\u003c";
			case '>' -> "\\u003e";
			default -> null;
		});
		byte[] quote = { '"' };
		return join(quote, inside, quote);
	}

	private static byte[] replace(byte[] bytes, Function<Byte, @Nullable String> replacement) {
		ByteArrayOutputStream replaced = new ByteArrayOutputStream(bytes.length + (bytes.length >> 2));
		for (byte b : bytes) {
			String other = replacement.apply(b);
			if (other != null) {
				replaced.writeBytes(bytes(other));
			}
			else {
				replaced.write(b);
			}
		}
		return replaced.toByteArray();
	}

	private static byte[] join(byte[] before, byte[] frame, byte[] after) {
		byte[] joined = Arrays.copyOf(before, before.length + frame.length + after.length);
		System.arraycopy(frame, 0, joined, before.length, frame.length);
		System.arraycopy(after, 0, joined, before.length + frame.length, after.length);
		return joined;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
