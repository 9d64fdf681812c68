package dev.carillon.drain;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.carillon.support.RawStomp;
import dev.carillon.support.RawWebSocket;
import dev.carillon.topic.Position;
import org.jspecify.annotations.Nullable;

/**
 * One client of a {@link Crowd}: follows some destinations, comes back when it was asked
 * to, and resumes each subscription after the last message it has had.
 */
final class Follower {

	private static final Pattern HINT = Pattern.compile("restart; retry-after=(\\d{1,9})");

	/**
	 * Where one is refused or finds nobody: after so many milliseconds, and a few more.
	 */
	private static final int LATER = 300;

	private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

	private final Crowd crowd;

	private final int number;

	private final List<Trail> trails;

	private final ByteBuffer in = ByteBuffer.allocate(8192);

	private @Nullable SocketChannel channel;

	private boolean upgraded;

	private int goodbyes;

	/** One subscription over all connections. */
	static final class Trail {

		private final String destination;

		private @Nullable Position position;

		private boolean placed;

		private int recovered;

		private int lost;

		private Trail(String destination) {
			this.destination = destination;
		}

		/** The last message that came, or where the subscription began. */
		@Nullable Position position() {
			return this.position;
		}

		/** How often it went on where it was. */
		int recovered() {
			return this.recovered;
		}

		/** How often the service could not tell what it had missed. */
		int lost() {
			return this.lost;
		}

	}

	Follower(Crowd crowd, int number, List<String> destinations) {
		this.crowd = crowd;
		this.number = number;
		this.trails = destinations.stream().map(Trail::new).toList();
	}

	int number() {
		return this.number;
	}

	Trail trail(int index) {
		return this.trails.get(index);
	}

	/** Whether the service has confirmed every subscription of this connection. */
	boolean isPlaced() {
		return this.trails.stream().allMatch((trail) -> trail.placed);
	}

	/** How often it was told to come back later. */
	int goodbyes() {
		return this.goodbyes;
	}

	/** Has something done on the thread of the test. Any thread. */
	void post(Runnable task) {
		this.crowd.post(task);
	}

	void connect() {
		this.in.clear();
		this.upgraded = false;
		try {
			SocketChannel fresh = SocketChannel.open();
			this.channel = fresh;
			fresh.configureBlocking(false);
			fresh.setOption(StandardSocketOptions.TCP_NODELAY, true);
			if (fresh.connect(this.crowd.server())) {
				fresh.register(this.crowd.selector(), SelectionKey.OP_READ, this);
				shakeHands();
			}
			else {
				fresh.register(this.crowd.selector(), SelectionKey.OP_CONNECT, this);
			}
		}
		catch (IOException ex) {
			ended(ex.toString());
		}
	}

	void ready(SelectionKey key) {
		try {
			if (key.isConnectable()) {
				channel().finishConnect();
				key.interestOps(SelectionKey.OP_READ);
				shakeHands();
			}
			else if (channel().read(this.in) < 0) {
				ended("the connection ended");
			}
			else {
				this.in.flip();
				read();
				this.in.compact();
			}
		}
		catch (IOException ex) {
			ended(ex.toString());
		}
	}

	/** Before there is a session any end means: not now. After that each needs a word. */
	private void ended(String how) {
		close();
		if (this.upgraded) {
			throw fault("the session was cut: " + how);
		}
		this.crowd.returnIn(LATER + this.number % LATER, this);
	}

	private AssertionError fault(String what) {
		return new AssertionError(this + ": " + what);
	}

	private SocketChannel channel() {
		SocketChannel present = this.channel;
		if (present == null) {
			throw fault("never connected");
		}
		return present;
	}

	private void shakeHands() throws IOException {
		write(("GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
				+ "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
				+ "Sec-WebSocket-Protocol: v12.stomp\r\n\r\n")
			.getBytes(StandardCharsets.US_ASCII));
	}

	/** What a client sends is small enough for the buffer of an empty socket. */
	private void write(byte[] bytes) throws IOException {
		if (channel().write(ByteBuffer.wrap(bytes)) < bytes.length) {
			throw fault("the service does not read");
		}
	}

	private void send(String frame) throws IOException {
		write(RawWebSocket.encode(RawWebSocket.FIN | RawWebSocket.TEXT, frame.getBytes(StandardCharsets.UTF_8)));
	}

	private void read() throws IOException {
		if (!this.upgraded) {
			answered();
		}
		boolean whole = this.upgraded;
		while (whole && channel().isOpen()) {
			whole = frame();
		}
	}

	/** Reads the answer to the handshake once it is whole. */
	private void answered() throws IOException {
		byte[] bytes = Arrays.copyOfRange(this.in.array(), this.in.position(), this.in.limit());
		int end = 0;
		while (end + 4 <= bytes.length && !Arrays.equals(bytes, end, end + 4, END_OF_HEAD, 0, 4)) {
			end++;
		}
		if (end + 4 > bytes.length) {
			return;
		}
		String status = new String(bytes, 0, 12, StandardCharsets.US_ASCII);
		this.in.position(this.in.position() + end + 4);
		switch (status) {
			case "HTTP/1.1 101" -> {
				this.upgraded = true;
				send(RawStomp.frame("CONNECT", "accept-version:1.2", "host:localhost", "heart-beat:0,0"));
			}
			case "HTTP/1.1 503" -> ended("refused for now");
			default -> throw fault("the handshake was answered by " + new String(bytes, StandardCharsets.UTF_8));
		}
	}

	/** Reads one WebSocket frame if it is whole. */
	private boolean frame() throws IOException {
		int start = this.in.position();
		int present = this.in.remaining();
		if (present < 2) {
			return false;
		}
		int length = this.in.get(start + 1);
		int header = 2;
		if (length >= 126) {
			header = 4;
			if (present < header) {
				return false;
			}
			length = Short.toUnsignedInt(this.in.getShort(start + 2));
		}
		if (present < header + length) {
			return false;
		}
		byte[] payload = new byte[length];
		this.in.get(start + header, payload).position(start + header + length);
		received(new RawWebSocket.Frame(this.in.get(start) & 0xFF, payload));
		return true;
	}

	private void received(RawWebSocket.Frame frame) throws IOException {
		switch (frame.opCode()) {
			case RawWebSocket.TEXT -> stomp(frame.text());
			case RawWebSocket.CLOSE -> sentAway(frame);
			case RawWebSocket.PING -> write(RawWebSocket.encode(RawWebSocket.FIN | RawWebSocket.PONG, frame.payload()));
			default -> throw fault("an unexpected opcode " + frame.opCode());
		}
	}

	private void sentAway(RawWebSocket.Frame frame) throws IOException {
		Matcher hint = HINT.matcher(frame.closeReason());
		if (frame.closeCode() != 1012 || !hint.matches()) {
			throw fault("was closed with " + frame.closeCode() + " " + frame.closeReason());
		}
		write(RawWebSocket.encode(RawWebSocket.FIN | RawWebSocket.CLOSE, frame.payload()));
		close();
		this.goodbyes++;
		this.trails.forEach((trail) -> trail.placed = false);
		this.crowd.returnIn(Long.parseLong(hint.group(1)), this);
	}

	private void stomp(String frame) throws IOException {
		int head = frame.indexOf("\n\n");
		String[] lines = frame.substring(0, Math.max(0, head)).split("\n");
		Map<String, String> headers = new HashMap<>();
		for (int i = 1; i < lines.length; i++) {
			int colon = lines[i].indexOf(':');
			headers.putIfAbsent(lines[i].substring(0, colon), lines[i].substring(colon + 1));
		}
		switch (lines[0]) {
			case "CONNECTED" -> subscribe();
			case "RECEIPT" -> placed(this.trails.get(Integer.parseInt(headers.get("receipt-id"))), headers);
			case "MESSAGE" -> heard(this.trails.get(Integer.parseInt(headers.get("subscription"))), headers,
					frame.substring(head + 2, frame.lastIndexOf('\0')));
			default -> throw fault("an unexpected frame " + frame);
		}
	}

	private void subscribe() throws IOException {
		for (int i = 0; i < this.trails.size(); i++) {
			Trail trail = this.trails.get(i);
			List<String> headers = new ArrayList<>(
					List.of("id:" + i, "receipt:" + i, "destination:" + trail.destination));
			if (trail.position != null) {
				headers.add("resume-from:" + trail.position);
			}
			send(RawStomp.frame("SUBSCRIBE", headers.toArray(String[]::new)));
		}
	}

	private void placed(Trail trail, Map<String, String> headers) {
		Position before = trail.position;
		Position placed = Position.parse(headers.get("position"));
		trail.placed = true;
		switch (headers.get("recovered")) {
			case null -> {
				if (before != null) {
					throw fault(trail.destination + " was to resume, and the service says nothing of it");
				}
				trail.position = placed;
			}
			case "true" -> {
				if (!placed.equals(before)) {
					throw fault(trail.destination + " was to resume from " + before + " and stands at " + placed);
				}
				trail.recovered++;
			}
			default -> {
				if (before == null || placed.epoch() == before.epoch()) {
					throw fault(trail.destination + " was at " + before + " and is told to be lost at " + placed);
				}
				trail.lost++;
				trail.position = placed;
				this.crowd.listener().lost(this, trail.destination);
			}
		}
	}

	/** Every message is the one after the last one. */
	private void heard(Trail trail, Map<String, String> headers, String body) {
		Position before = trail.position;
		Position position = Position.parse(headers.get("message-id"));
		if (!trail.placed || before == null || headers.containsKey("missed")
				|| !position.equals(new Position(before.epoch(), before.offset() + 1))) {
			throw fault(trail.destination + " stood at " + before + ", then came " + headers);
		}
		trail.position = position;
		this.crowd.listener().heard(this, trail.destination, body);
	}

	void close() {
		SocketChannel present = this.channel;
		try {
			if (present != null) {
				present.close();
			}
		}
		catch (IOException _) {
			// it is gone either way
		}
	}

	@Override
	public String toString() {
		return "follower " + this.number + " "
				+ this.trails.stream()
					.map((trail) -> trail.destination + (trail.placed ? " at " : " was at ") + trail.position)
					.toList();
	}

}
