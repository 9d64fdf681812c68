package dev.carillon.topic;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a publisher hands to a topic: headers and a body, before it has a position.
 *
 * @param headers what subscribers see beside the body; a {@code content-type} is one of
 * them
 * @param body the bytes, which nobody may change any more
 * @param trace what follows it, or null for most
 */
public record Publication(Map<String, String> headers, byte[] body, @Nullable Trace trace) {

	public Publication {
		headers = Map.copyOf(headers);
	}

	/**
	 * A publication that is followed if the thread that makes it has a
	 * {@link Trace#CURRENT trace}.
	 */
	public Publication(Map<String, String> headers, byte[] body) {
		this(headers, body, Trace.current());
	}

	/**
	 * A publication of JSON text.
	 */
	public static Publication json(String body) {
		return new Publication(Map.of("content-type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * A publication of plain text.
	 */
	public static Publication text(String body) {
		return new Publication(Map.of("content-type", "text/plain;charset=UTF-8"),
				body.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * What the publication is counted with against {@code log.bytes}: body, header text
	 * and an allowance for objects, in bytes.
	 */
	long size() {
		long size = 96L + this.body.length;
		for (Map.Entry<String, String> header : this.headers.entrySet()) {
			size += 48L + header.getKey().length() + header.getValue().length();
		}
		return size;
	}

}
