package dev.carillon.support.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A reader of server-sent events.
 */
public final class EventStream implements AutoCloseable {

	private static final Event END = new Event("", "end", "");

	private final HttpResponse<InputStream> response;

	private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

	private String lastId = "";

	/**
	 * One event.
	 *
	 * @param id the last id at this event
	 * @param name message, or what the event field says, or comment
	 * @param data the data
	 */
	public record Event(String id, String name, String data) {

		public JsonNode json() {
			return JsonMapper.shared().readTree(this.data);
		}

		/** The body of the message it carries. */
		public String body() {
			return json().path("body").asString();
		}

	}

	EventStream(HttpClient client, HttpRequest request) {
		try {
			this.response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		Thread.ofVirtual().start(this::read);
	}

	private void read() {
		StringBuilder line = new StringBuilder();
		Fields fields = new Fields();
		try (InputStream body = this.response.body()) {
			var reader = new java.io.InputStreamReader(body, StandardCharsets.UTF_8);
			int c;
			while ((c = reader.read()) >= 0) {
				if (c != '\n') {
					line.append((char) c);
				}
				else {
					fields = take(line.toString(), fields);
					line.setLength(0);
				}
			}
		}
		catch (IOException _) {
			// the end
		}
		this.events.add(END);
	}

	private static final class Fields {

		private String name = "message";

		private StringBuilder data;

	}

	private Fields take(String line, Fields fields) {
		if (line.isEmpty()) {
			if (fields.data != null) {
				this.events.add(new Event(this.lastId, fields.name, fields.data.toString()));
			}
			return new Fields();
		}
		int colon = line.indexOf(':');
		String value = line.substring(colon + 1).strip();
		switch (line.substring(0, Math.max(0, colon))) {
			case "" -> this.events.add(new Event(this.lastId, "comment", value));
			case "id" -> this.lastId = value;
			case "event" -> fields.name = value;
			case "data" -> fields.data = ((fields.data != null) ? fields.data : new StringBuilder()).append(value);
			default -> {
				// retry
			}
		}
		return fields;
	}

	public int status() {
		return this.response.statusCode();
	}

	public String header(String name) {
		return this.response.headers().firstValue(name).orElse(null);
	}

	/** The next event, whatever it is. */
	public Event any() {
		try {
			Event event = this.events.poll(30, TimeUnit.SECONDS);
			if (event == null) {
				throw new AssertionError("No event came");
			}
			return event;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** The next event of a name; others are skipped, but not for ever. */
	public Event next(String name) {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
		while (System.nanoTime() < deadline) {
			Event event = any();
			if (event.name().equals(name)) {
				return event;
			}
			if (event == END) {
				break;
			}
		}
		throw new AssertionError("No event " + name + " came");
	}

	/** The next message. */
	public Event message() {
		return next("message");
	}

	/** Reads until the stream ends. */
	public void awaitEnd() {
		next("end");
	}

	@Override
	public void close() {
		try {
			this.response.body().close();
		}
		catch (IOException _) {
			// it is over anyway
		}
	}

}
