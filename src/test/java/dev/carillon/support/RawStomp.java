package dev.carillon.support;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A small STOMP client on a {@link RawWebSocket}.
 * <p>
 * Frames that a test does not wait for are kept until it asks for them. One thread.
 */
public final class RawStomp implements AutoCloseable {

	/** What {@link #closed} returns when the connection ended without a CLOSE frame. */
	public static final int NO_CLOSE = 1006;

	private final RawWebSocket socket;

	private final Deque<Answer> received = new ArrayDeque<>();

	private final List<RawWebSocket.Frame> messages = new ArrayList<>();

	private Answer connected;

	private int heartBeats;

	private int receipts;

	private int closeCode;

	private String closeReason = "";

	/**
	 * A frame from the server.
	 *
	 * @param command such as MESSAGE
	 * @param headers the headers, unescaped unless it is CONNECTED
	 * @param body the body
	 * @param opCode of the WebSocket message that brought it
	 */
	public record Answer(String command, Map<String, String> headers, byte[] body, int opCode) {

		public String header(String name) {
			return this.headers.get(name);
		}

		public String text() {
			return new String(this.body, StandardCharsets.UTF_8);
		}

		@Override
		public String toString() {
			return this.command + this.headers + text();
		}

	}

	private RawStomp(RawWebSocket socket) {
		this.socket = socket;
	}

	/** Opens a WebSocket and sends nothing yet. */
	public static RawStomp open(int port) {
		return new RawStomp(RawWebSocket.open(port, "/ws", "Sec-WebSocket-Protocol: v12.stomp, v11.stomp, v10.stomp"));
	}

	/** Connects with STOMP 1.2 as a guest, with further header lines. */
	public static RawStomp guest(int port, String... headers) {
		RawStomp client = open(port);
		String[] lines = new String[headers.length + 2];
		lines[0] = "accept-version:1.2";
		lines[1] = "host:localhost";
		System.arraycopy(headers, 0, lines, 2, headers.length);
		client.send("CONNECT", lines);
		client.connected = client.await("CONNECTED");
		return client;
	}

	/** Connects as one of the demo users, whose password is their name. */
	public static RawStomp user(int port, String name, String... headers) {
		String[] lines = new String[headers.length + 2];
		lines[0] = "login:" + name;
		lines[1] = "passcode:" + name;
		System.arraycopy(headers, 0, lines, 2, headers.length);
		return guest(port, lines);
	}

	public RawWebSocket socket() {
		return this.socket;
	}

	/** The answer to CONNECT. */
	public Answer connected() {
		return this.connected;
	}

	/** The id of the session. */
	public String session() {
		return this.connected.header("session");
	}

	/** How many heart-beats have come among what was read. */
	public int heartBeats() {
		return this.heartBeats;
	}

	/** The WebSocket messages that were read. */
	public List<RawWebSocket.Frame> messages() {
		return this.messages;
	}

	/** The text of a frame without a body. */
	public static String frame(String command, String... headers) {
		return frameWith("", command, headers);
	}

	/** The text of a frame with a body. */
	public static String frameWith(String body, String command, String... headers) {
		StringBuilder frame = new StringBuilder(command).append('\n');
		for (String header : headers) {
			frame.append(header).append('\n');
		}
		return frame.append('\n').append(body).append('\0').toString();
	}

	/** Sends a frame without a body. */
	public void send(String command, String... headers) {
		this.socket.text(frame(command, headers));
	}

	/** Sends a message. */
	public void publish(String destination, String body, String... headers) {
		StringBuilder frame = new StringBuilder("SEND\ndestination:").append(destination).append('\n');
		for (String header : headers) {
			frame.append(header).append('\n');
		}
		this.socket.text(frame.append('\n').append(body).append('\0').toString());
	}

	/** Sends a message and waits for its receipt. */
	public Answer published(String destination, String body, String... headers) {
		String receipt = nextReceipt();
		String[] lines = Arrays.copyOf(headers, headers.length + 1);
		lines[headers.length] = "receipt:" + receipt;
		publish(destination, body, lines);
		return receipt(receipt);
	}

	/** Sends a frame and waits for its receipt. */
	public Answer confirmed(String command, String... headers) {
		String receipt = nextReceipt();
		String[] lines = Arrays.copyOf(headers, headers.length + 1);
		lines[headers.length] = "receipt:" + receipt;
		send(command, lines);
		return receipt(receipt);
	}

	/** Subscribes and waits for the receipt. */
	public Answer subscribe(String id, String destination, String... headers) {
		String[] lines = Arrays.copyOf(headers, headers.length + 2);
		lines[headers.length] = "id:" + id;
		lines[headers.length + 1] = "destination:" + destination;
		return confirmed("SUBSCRIBE", lines);
	}

	/** Sends bytes as a binary message. */
	public void binary(byte[] bytes) {
		this.socket.frame(RawWebSocket.FIN | RawWebSocket.BINARY, bytes);
	}

	private String nextReceipt() {
		return "receipt-" + ++this.receipts;
	}

	/** The next frame of a kind; others stay for later. */
	public Answer await(String command) {
		return await((answer) -> answer.command().equals(command), command);
	}

	/** The next MESSAGE. */
	public Answer message() {
		return await("MESSAGE");
	}

	/** The bodies of the next messages, in their order. */
	public List<String> bodies(int count) {
		List<String> bodies = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			bodies.add(message().text());
		}
		return bodies;
	}

	/** The receipt with an id. */
	public Answer receipt(String id) {
		return await((answer) -> answer.command().equals("RECEIPT") && id.equals(answer.header("receipt-id")),
				"receipt " + id);
	}

	public Answer error() {
		return await("ERROR");
	}

	private Answer await(Predicate<Answer> wanted, String what) {
		Iterator<Answer> known = this.received.iterator();
		while (known.hasNext()) {
			Answer answer = known.next();
			if (wanted.test(answer)) {
				known.remove();
				return answer;
			}
		}
		while (this.closeCode == 0) {
			int before = this.received.size();
			try {
				readMessage();
			}
			catch (UncheckedIOException ex) {
				throw new AssertionError("Waited for " + what + ", have " + this.received, ex);
			}
			List<Answer> fresh = this.received.stream().skip(before).toList();
			for (Answer answer : fresh) {
				if (wanted.test(answer)) {
					this.received.remove(answer);
					return answer;
				}
			}
		}
		throw new AssertionError(
				"Waited for " + what + ", was closed with " + this.closeCode + " after " + this.received);
	}

	/** What was read and not asked for. */
	public List<Answer> unread() {
		return List.copyOf(this.received);
	}

	/**
	 * Reads until the server closes, and answers its CLOSE frame.
	 * @return the code
	 */
	public int closed() {
		while (this.closeCode == 0) {
			try {
				readMessage();
			}
			catch (UncheckedIOException ex) {
				if (ex.getCause() instanceof SocketTimeoutException) {
					throw new AssertionError("Waited for the end, have " + this.received, ex);
				}
				this.closeCode = NO_CLOSE;
			}
		}
		return this.closeCode;
	}

	/** The reason that came with the code. */
	public String closeReason() {
		return this.closeReason;
	}

	/** Reads one WebSocket message. */
	public void readMessage() {
		RawWebSocket.Frame frame = this.socket.read();
		switch (frame.opCode()) {
			case RawWebSocket.CLOSE -> {
				this.closeCode = frame.closeCode();
				this.closeReason = frame.closeReason();
				try {
					this.socket.frame(RawWebSocket.FIN | RawWebSocket.CLOSE, frame.payload());
				}
				catch (UncheckedIOException _) {
					// the server has not waited
				}
			}
			case RawWebSocket.TEXT, RawWebSocket.BINARY -> {
				this.messages.add(frame);
				split(frame);
			}
			default -> throw new AssertionError("Unexpected opcode " + frame.opCode());
		}
	}

	private void split(RawWebSocket.Frame frame) {
		byte[] bytes = frame.payload();
		int at = 0;
		while (at < bytes.length) {
			if (bytes[at] == '\n') {
				this.heartBeats++;
				at++;
			}
			else {
				at = answer(frame, at);
			}
		}
	}

	/** Reads one STOMP frame of a message and returns where it ends. */
	private int answer(RawWebSocket.Frame message, int start) {
		byte[] bytes = message.payload();
		int head = start;
		while (bytes[head] != '\n' || bytes[head + 1] != '\n') {
			head++;
		}
		String[] lines = new String(bytes, start, head - start, StandardCharsets.UTF_8).split("\n");
		Map<String, String> headers = new LinkedHashMap<>();
		for (int i = 1; i < lines.length; i++) {
			int colon = lines[i].indexOf(':');
			boolean plain = lines[0].equals("CONNECTED");
			String name = lines[i].substring(0, colon);
			String value = lines[i].substring(colon + 1);
			headers.putIfAbsent(plain ? name : unescape(name), plain ? value : unescape(value));
		}
		int body = head + 2;
		int end = body;
		if (headers.containsKey("content-length")) {
			end += Integer.parseInt(headers.get("content-length"));
		}
		else {
			while (bytes[end] != 0) {
				end++;
			}
		}
		if (bytes[end] != 0) {
			throw new AssertionError("A frame does not end with NUL");
		}
		this.received.add(new Answer(lines[0], headers, Arrays.copyOfRange(bytes, body, end), message.opCode()));
		return end + 1;
	}

	private static String unescape(String text) {
		return text.replace("\\r", "\r").replace("\\n", "\n").replace("\\c", ":").replace("\\\\", "\\");
	}

	/** A body and the frame around it, for bodies that are not text. */
	public static byte[] frameWith(byte[] body, String command, String... headers) {
		ByteArrayOutputStream frame = new ByteArrayOutputStream();
		frame.writeBytes((command + "\n" + String.join("\n", headers) + "\ncontent-length:" + body.length + "\n\n")
			.getBytes(StandardCharsets.UTF_8));
		frame.writeBytes(body);
		frame.write(0);
		return frame.toByteArray();
	}

	@Override
	public void close() {
		this.socket.close();
	}

}
