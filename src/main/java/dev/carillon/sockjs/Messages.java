package dev.carillon.sockjs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads what clients send: a JSON array of strings, each of them a message.
 * <p>
 * Each message is handed on as soon as it is read, so a request costs no more memory than
 * its longest message. Any thread.
 */
final class Messages {

	/**
	 * The body is not what it has to be.
	 */
	static final class Malformed extends IOException {

		private static final long serialVersionUID = 1L;

		Malformed(String message) {
			super(message);
		}

	}

	/**
	 * A message is longer than any that could be accepted.
	 */
	static final class TooLong extends IOException {

		private static final long serialVersionUID = 1L;

		TooLong() {
			super("Message too long.");
		}

	}

	private final JsonFactory json;

	/**
	 * A reader.
	 * @param longest the most characters of a message
	 */
	Messages(int longest) {
		this.json = JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder().maxStringLength(longest).build())
			.build();
	}

	void read(InputStream body, Consumer<byte[]> message) throws IOException {
		try (JsonParser parser = this.json.createParser(ObjectReadContext.empty(), body)) {
			JsonToken first = parser.nextToken();
			if (first == null) {
				throw new Malformed("Payload expected.");
			}
			if (first == JsonToken.VALUE_STRING) {
				message.accept(parser.getString().getBytes(StandardCharsets.UTF_8));
				return;
			}
			if (first != JsonToken.START_ARRAY) {
				throw new Malformed("Payload expected.");
			}
			JsonToken token;
			while ((token = parser.nextToken()) == JsonToken.VALUE_STRING) {
				message.accept(parser.getString().getBytes(StandardCharsets.UTF_8));
			}
			if (token != JsonToken.END_ARRAY) {
				throw new Malformed("Broken JSON encoding.");
			}
		}
		catch (StreamConstraintsException _) {
			throw new TooLong();
		}
		catch (JacksonIOException ex) {
			throw ex.getCause();
		}
		catch (JacksonException _) {
			throw new Malformed("Broken JSON encoding.");
		}
	}

}
