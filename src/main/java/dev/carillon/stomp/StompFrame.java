package dev.carillon.stomp;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;

import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeTypeUtils;

/**
 * One frame from a client.
 *
 * @param command what is asked
 * @param headers the headers; of a repeated one the first (STOMP 1.2, Repeated Header
 * Entries)
 * @param body the body, perhaps empty
 */
record StompFrame(Command command, Map<String, String> headers, byte[] body) {

	/** What clients may ask. */
	enum Command {

		CONNECT, STOMP, SEND, SUBSCRIBE, UNSUBSCRIBE, ACK, NACK, BEGIN, COMMIT, ABORT, DISCONNECT;

		static @Nullable Command of(String text) {
			for (Command command : values()) {
				if (command.name().equals(text)) {
					return command;
				}
			}
			return null;
		}

		boolean isConnect() {
			return this == CONNECT || this == STOMP;
		}

	}

	/**
	 * The frame with the space around values gone, which STOMP 1.0 allows.
	 */
	StompFrame stripped() {
		Map<String, String> values = new LinkedHashMap<>();
		this.headers.forEach((name, value) -> values.put(name.strip(), value.strip()));
		return new StompFrame(this.command, values, this.body);
	}

	/** About how many bytes of memory it takes. */
	long size() {
		long size = 100L + this.body.length;
		for (Map.Entry<String, String> header : this.headers.entrySet()) {
			size += 100L + header.getKey().length() + header.getValue().length();
		}
		return size;
	}

	@Nullable String header(String name) {
		return this.headers.get(name);
	}

	/**
	 * A header that must be there.
	 * @throws Refusal if it is not
	 */
	String require(String name) {
		String value = this.headers.get(name);
		if (value == null || value.isEmpty()) {
			throw new Refusal(Refusal.Code.BAD_FRAME, "A " + this.command + " frame needs the header " + name);
		}
		return value;
	}

	/**
	 * Refuses what Spring's accessors would stumble over.
	 * @throws Refusal if there is something
	 */
	void check() {
		if (this.command == Command.SEND || this.command == Command.SUBSCRIBE) {
			require("destination");
		}
		String contentType = header("content-type");
		if (contentType != null) {
			try {
				MimeTypeUtils.parseMimeType(contentType);
			}
			catch (InvalidMimeTypeException _) {
				throw new Refusal(Refusal.Code.BAD_VALUE, "content-type is not the name of a media type");
			}
		}
	}

}
