package dev.carillon.stocks;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A WebSocket server of its own bytes (RFC 6455), so that tests decide about each frame:
 * it accepts connections, notes what comes in and sends only what a test tells it to.
 */
final class FeedServer implements AutoCloseable {

	static final int CONTINUATION = 0x0;

	static final int TEXT = 0x1;

	static final int BINARY = 0x2;

	static final int CLOSE = 0x8;

	static final int PING = 0x9;

	static final int PONG = 0xA;

	static final int FINAL = 0x80;

	private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

	private final ServerSocket listener;

	private final List<Client> clients = new CopyOnWriteArrayList<>();

	private volatile String refusal = "";

	/** What is to be done with a ping of a client. */
	private volatile boolean answering = true;

	/**
	 * A frame as it came in.
	 *
	 * @param opcode what kind of frame
	 * @param payload its unmasked bytes
	 */
	record Frame(int opcode, byte[] payload) {

		String text() {
			return new String(this.payload, StandardCharsets.UTF_8);
		}

	}

	/**
	 * A connection that a client made.
	 */
	static final class Client {

		private final Socket socket;

		private final String requestLine;

		private final List<Frame> frames = new CopyOnWriteArrayList<>();

		private volatile boolean gone;

		private Client(Socket socket, String requestLine) {
			this.socket = socket;
			this.requestLine = requestLine;
		}

		String requestLine() {
			return this.requestLine;
		}

		/** The payloads of the frames of a kind, so far. */
		List<String> received(int opcode) {
			return this.frames.stream().filter((frame) -> frame.opcode() == opcode).map(Frame::text).toList();
		}

		/** What it is subscribed to, in order. */
		List<String> asked() {
			Set<String> asked = new TreeSet<>();
			for (String request : received(TEXT)) {
				String symbol = request.substring(request.lastIndexOf(':') + 2, request.length() - 2);
				if (request.startsWith("{\"type\":\"subscribe\"")) {
					asked.add(symbol);
				}
				else if (request.startsWith("{\"type\":\"unsubscribe\"")) {
					asked.remove(symbol);
				}
			}
			return List.copyOf(asked);
		}

		boolean isGone() {
			return this.gone;
		}

		void text(String text) {
			frame(FINAL | TEXT, text.getBytes(StandardCharsets.UTF_8));
		}

		/** Sends a frame with exactly this first byte. */
		synchronized void frame(int firstByte, byte[] payload) {
			ByteArrayOutputStream frame = new ByteArrayOutputStream();
			frame.write(firstByte);
			if (payload.length < 126) {
				frame.write(payload.length);
			}
			else if (payload.length < 65_536) {
				frame.write(126);
				frame.write(payload.length >> 8);
				frame.write(payload.length);
			}
			else {
				frame.write(127);
				for (int shift = 56; shift >= 0; shift -= 8) {
					frame.write((int) ((long) payload.length >> shift));
				}
			}
			frame.writeBytes(payload);
			raw(frame.toByteArray());
		}

		/** Sends bytes that need not be frames. */
		synchronized void raw(byte[] bytes) {
			try {
				OutputStream out = this.socket.getOutputStream();
				out.write(bytes);
				out.flush();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		/** Cuts the connection as a broken network does: with a reset, without a word. */
		void cut() {
			try {
				this.socket.setSoLinger(true, 0);
				this.socket.close();
			}
			catch (IOException _) {
				// it was cut already
			}
		}

	}

	FeedServer() throws IOException {
		this(0);
	}

	/** Listens on a port of this machine only; 0 for any that is free. */
	FeedServer(int port) throws IOException {
		this.listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
		Thread.ofVirtual().start(this::accept);
	}

	int port() {
		return this.listener.getLocalPort();
	}

	URI url(String pathAndQuery) {
		return URI.create("ws://127.0.0.1:" + port() + pathAndQuery);
	}

	/** The connections with a handshake, in order. */
	List<Client> clients() {
		return this.clients;
	}

	/** Answers handshakes with a status line from now on; empty for accepting them. */
	void refuse(String statusLine) {
		this.refusal = statusLine;
	}

	/** Leaves pings unanswered from now on. */
	void fallSilent() {
		this.answering = false;
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				Socket socket = this.listener.accept();
				Thread.ofVirtual().start(() -> serve(socket));
			}
			catch (IOException _) {
				return; // closed
			}
		}
	}

	private void serve(Socket socket) {
		Client client = null;
		try (socket) {
			InputStream in = new BufferedInputStream(socket.getInputStream());
			String requestLine = line(in);
			String key = "";
			for (String header = line(in); !header.isEmpty(); header = line(in)) {
				if (header.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:")) {
					key = header.substring(header.indexOf(':') + 1).strip();
				}
			}
			client = new Client(socket, requestLine);
			if (!this.refusal.isEmpty()) {
				client.raw((this.refusal + "\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
				return;
			}
			client.raw(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
					+ "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
			this.clients.add(client);
			read(client, new DataInputStream(in));
		}
		catch (IOException | UncheckedIOException | GeneralSecurityException _) {
			// the connection is over
		}
		if (client != null) {
			client.gone = true;
		}
	}

	private static String accept(String key) throws GeneralSecurityException {
		byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
		return Base64.getEncoder().encodeToString(digest);
	}

	private static String line(InputStream in) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
			if (c != '\r') {
				line.append((char) c);
			}
		}
		return line.toString();
	}

	private void read(Client client, DataInputStream in) throws IOException {
		while (true) {
			int opcode = in.readUnsignedByte() & 0x0F;
			int length = in.readUnsignedByte() & 0x7F;
			length = (length == 126) ? in.readUnsignedShort() : (length == 127) ? (int) in.readLong() : length;
			byte[] mask = in.readNBytes(4);
			byte[] payload = in.readNBytes(length);
			for (int i = 0; i < payload.length; i++) {
				payload[i] ^= mask[i % 4];
			}
			client.frames.add(new Frame(opcode, payload));
			if (opcode == CLOSE) {
				return;
			}
			if (opcode == PING && this.answering) {
				client.frame(FINAL | PONG, payload);
			}
		}
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		for (Client client : this.clients) {
			client.cut();
		}
	}

}
