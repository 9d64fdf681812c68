package dev.carillon.sockjs;

import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A STOMP client that asks for frames only when it is told to, over one of the
 * transports.
 */
final class StompOverSockJs implements AutoCloseable {

	private final Http http;

	private final Transport transport;

	private final String session;

	private final Deque<Frame> frames = new ArrayDeque<>();

	private Http.Lines stream;

	/** What came of a frame that was cut. */
	private String rest = "";

	/** The close frame, once there was one. */
	String closed = "";

	/** How many requests for frames it took so far. */
	int polls;

	/** How many heart-beats of SockJS came. */
	int beats;

	/** How many heart-beats of STOMP came. */
	int stompBeats;

	/**
	 * A STOMP frame.
	 *
	 * @param command the command
	 * @param headers the headers
	 * @param body the body
	 */
	record Frame(String command, Map<String, String> headers, String body) {
	}

	StompOverSockJs(Http http, Transport transport, String session) {
		this.http = http;
		this.transport = transport;
		this.session = session;
	}

	/** Opens the session and connects. */
	StompOverSockJs connect(String headers) {
		poll();
		send("CONNECT\naccept-version:1.2\nhost:x\n" + headers + "\n\0");
		assertThat(await((_) -> true)).extracting(Frame::command).as("closed %s", this.closed).isEqualTo("CONNECTED");
		return this;
	}

	StompOverSockJs subscribe(String destination, String headers) {
		send("SUBSCRIBE\nid:a\nreceipt:here\ndestination:" + destination + "\n" + headers + "\n\0");
		await((frame) -> frame.command().equals("RECEIPT"));
		return this;
	}

	void publish(String destination, List<String> bodies) {
		send(bodies.stream()
			.map((body) -> "SEND\ndestination:" + destination + "\n\n" + body + "\0")
			.toArray(String[]::new));
	}

	/** Sends text, frames or parts of frames. */
	HttpResponse<String> send(String... messages) {
		HttpResponse<String> response = this.http.post(this.session + "/xhr_send",
				JsonMapper.shared().writeValueAsString(messages));
		assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
		return response;
	}

	/** The next frame of a kind; those before it are dropped. */
	Frame await(Predicate<Frame> wanted) {
		while (this.closed.isEmpty()) {
			Frame frame = this.frames.poll();
			if (frame == null) {
				poll();
			}
			else if (wanted.test(frame)) {
				return frame;
			}
		}
		return this.frames.stream().filter(wanted).findFirst().orElse(null);
	}

	/** The next messages. */
	List<Frame> messages(int count) {
		List<Frame> messages = new ArrayList<>();
		while (messages.size() < count) {
			Frame message = await((frame) -> frame.command().equals("MESSAGE"));
			assertThat(message).as("message %d, closed %s", messages.size() + 1, this.closed).isNotNull();
			messages.add(message);
		}
		return messages;
	}

	/** Polls until the session is closed, and says how. */
	String end() {
		await((_) -> false);
		return this.closed;
	}

	/**
	 * One request for frames to its end, or one line of a response that goes on.
	 */
	void poll() {
		String path = this.session + "/" + this.transport.path() + (this.transport.callsBack() ? "?c=cb" : "");
		if (this.transport.isStreaming()) {
			if (this.stream == null) {
				this.stream = this.http.stream(this.transport.method(), path);
				this.polls++;
			}
			String line = this.stream.next();
			if (line != null) {
				take(content(line));
			}
			else {
				close();
			}
		}
		else {
			HttpResponse<String> response = this.http.send(this.transport.method(), path, "");
			assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
			this.polls++;
			response.body().lines().map(this::content).forEach(this::take);
		}
	}

	/** Leaves a response that goes on. */
	@Override
	public void close() {
		if (this.stream != null) {
			this.stream.close();
			this.stream = null;
		}
	}

	private String content(String line) {
		return switch (this.transport) {
			case XHR, XHR_STREAMING -> line;
			case EVENT_SOURCE -> line.startsWith("data: ") ? line.substring(6).replace("%25", "%") : "";
			case JSONP -> string(line.substring("/**/cb(".length(), line.length() - ");".length()));
			case HTML_FILE -> line.startsWith("p(\"") ? string(line.substring(2, line.length() - 2)) : "";
		};
	}

	private static String string(String quoted) {
		return JsonMapper.shared().readValue(quoted, String.class);
	}

	private void take(String frame) {
		if (frame.startsWith("a")) {
			for (String message : JsonMapper.shared().readValue(frame.substring(1), String[].class)) {
				parse(message);
			}
		}
		else if (frame.startsWith("c")) {
			this.closed = frame;
		}
		else if (frame.equals("h")) {
			this.beats++;
		}
	}

	private void parse(String message) {
		if (message.equals("\n")) {
			this.stompBeats++;
		}
		this.rest += message;
		int end;
		while ((end = this.rest.indexOf('\0')) >= 0) {
			String text = this.rest.substring(0, end).stripLeading();
			this.rest = this.rest.substring(end + 1);
			int body = text.indexOf("\n\n");
			String[] lines = text.substring(0, body).split("\n");
			Map<String, String> headers = new LinkedHashMap<>();
			for (int i = 1; i < lines.length; i++) {
				String[] parts = lines[i].split(":", 2);
				headers.putIfAbsent(parts[0], parts[1]);
			}
			this.frames.add(new Frame(lines[0], headers, text.substring(body + 2)));
		}
		if (this.rest.isBlank()) {
			this.rest = "";
		}
	}

}
