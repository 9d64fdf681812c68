package dev.carillon.support;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A WebSocket written by hand on a plain socket, so that every rule of RFC 6455 can be
 * broken on purpose.
 * <p>
 * Nothing is answered by itself. Reads give up after half a minute. One thread.
 */
public final class RawWebSocket implements AutoCloseable {

	public static final int CONTINUATION = 0;

	public static final int TEXT = 1;

	public static final int BINARY = 2;

	public static final int CLOSE = 8;

	public static final int PING = 9;

	public static final int PONG = 10;

	/** The bit of the first byte that says that a message ends with this frame. */
	public static final int FIN = 0x80;

	private static final int TIMEOUT = 30_000;

	private static final byte[] MASK = { 0x12, (byte) 0xA5, 0x00, (byte) 0xFF };

	private final Socket socket;

	private final InputStream in;

	private final OutputStream out;

	private final List<String> response = new ArrayList<>();

	/**
	 * A frame from the server.
	 *
	 * @param first its first byte: FIN, reserved bits and the opcode
	 * @param payload its payload
	 */
	public record Frame(int first, byte[] payload) {

		public int opCode() {
			return this.first & 0x0F;
		}

		public boolean isFin() {
			return (this.first & FIN) != 0;
		}

		public String text() {
			return new String(this.payload, StandardCharsets.UTF_8);
		}

		/** The code of a CLOSE frame, 1005 if it has none. */
		public int closeCode() {
			return (this.payload.length < 2) ? 1005 : ((this.payload[0] & 0xFF) << 8) | (this.payload[1] & 0xFF);
		}

		public String closeReason() {
			return (this.payload.length < 2) ? ""
					: new String(this.payload, 2, this.payload.length - 2, StandardCharsets.UTF_8);
		}

	}

	private RawWebSocket(Socket socket) throws IOException {
		this.socket = socket;
		this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
		this.out = socket.getOutputStream();
	}

	/**
	 * Opens a WebSocket.
	 * @param headers further header lines of the handshake
	 */
	public static RawWebSocket open(int port, String path, String... headers) {
		RawWebSocket client = handshake(port, path, headers);
		if (!client.response.getFirst().startsWith("HTTP/1.1 101 ")) {
			throw new AssertionError("No upgrade: " + client.response);
		}
		return client;
	}

	/** Asks for a WebSocket, whatever the answer may be. */
	public static RawWebSocket handshake(int port, String path, String... headers) {
		try {
			Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
			socket.setSoTimeout(TIMEOUT);
			socket.setTcpNoDelay(true);
			RawWebSocket client = new RawWebSocket(socket);
			StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port
					+ "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
					+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
			if (Arrays.stream(headers).noneMatch((header) -> header.startsWith("Sec-WebSocket-Version:"))) {
				request.append("Sec-WebSocket-Version: 13\r\n");
			}
			for (String header : headers) {
				request.append(header).append("\r\n");
			}
			client.raw(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
			client.readResponse();
			return client;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void readResponse() throws IOException {
		String line;
		while (!(line = line()).isEmpty()) {
			this.response.add(line);
		}
	}

	private String line() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		int b;
		while ((b = this.in.read()) != '\n') {
			if (b < 0) {
				throw new EOFException("The response ended early");
			}
			line.write(b);
		}
		return line.toString(StandardCharsets.US_ASCII).stripTrailing();
	}

	/** The status line and the headers of the handshake's answer. */
	public List<String> response() {
		return this.response;
	}

	/** Sends bytes as they are. */
	public void raw(byte... bytes) {
		try {
			this.out.write(bytes);
			this.out.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Sends a masked frame with any first byte. */
	public void frame(int first, byte[] payload) {
		raw(encode(first, payload));
	}

	public void text(String message) {
		frame(FIN | TEXT, message.getBytes(StandardCharsets.UTF_8));
	}

	public void close(int code, String reason) {
		byte[] words = reason.getBytes(StandardCharsets.UTF_8);
		byte[] payload = new byte[2 + words.length];
		payload[0] = (byte) (code >> 8);
		payload[1] = (byte) code;
		System.arraycopy(words, 0, payload, 2, words.length);
		frame(FIN | CLOSE, payload);
	}

	/** The bytes of a masked frame. */
	public static byte[] encode(int first, byte[] payload) {
		ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 14);
		frame.write(first);
		if (payload.length < 126) {
			frame.write(0x80 | payload.length);
		}
		else if (payload.length < 65536) {
			frame.write(0x80 | 126);
			frame.write(payload.length >> 8);
			frame.write(payload.length);
		}
		else {
			frame.write(0x80 | 127);
			for (int shift = 56; shift >= 0; shift -= 8) {
				frame.write((int) ((long) payload.length >> shift));
			}
		}
		frame.writeBytes(MASK);
		for (int i = 0; i < payload.length; i++) {
			frame.write(payload[i] ^ MASK[i % 4]);
		}
		return frame.toByteArray();
	}

	/**
	 * The next frame.
	 * @throws UncheckedIOException if the connection ends or stays silent
	 */
	public Frame read() {
		try {
			int first = required();
			int second = required();
			if ((second & 0x80) != 0) {
				throw new AssertionError("The server must not mask");
			}
			long length = second & 0x7F;
			int more = (length == 126) ? 2 : (length == 127) ? 8 : 0;
			length = (more > 0) ? 0 : length;
			for (int i = 0; i < more; i++) {
				length = (length << 8) | required();
			}
			byte[] payload = this.in.readNBytes(Math.toIntExact(length));
			if (payload.length < length) {
				throw new EOFException("The connection ended inside of a frame");
			}
			return new Frame(first, payload);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private int required() throws IOException {
		int b = this.in.read();
		if (b < 0) {
			throw new EOFException("The connection ended");
		}
		return b;
	}

	/** Exactly so many bytes as they come. */
	public byte[] readRaw(int count) {
		try {
			return this.in.readNBytes(count);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The next data message, put together from its fragments. */
	public Frame readMessage() {
		Frame first = read();
		ByteArrayOutputStream payload = new ByteArrayOutputStream();
		payload.writeBytes(first.payload());
		boolean whole = first.isFin();
		while (!whole) {
			Frame next = read();
			if (next.opCode() != CONTINUATION) {
				throw new AssertionError("A message is interrupted by opcode " + next.opCode());
			}
			payload.writeBytes(next.payload());
			whole = next.isFin();
		}
		return new Frame(FIN | first.opCode(), payload.toByteArray());
	}

	/** Reads until the CLOSE frame and leaves it unanswered. */
	public Frame readClose() {
		Frame frame;
		do {
			frame = read();
		}
		while (frame.opCode() != CLOSE);
		return frame;
	}

	/** Waits until the server has ended the connection; what comes before is skipped. */
	public void readEnd() {
		try {
			while (this.in.read() >= 0) {
				// skipped
			}
		}
		catch (SocketException _) {
			// reset is an end, too
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Ends our half of the TCP connection without a word. */
	public void endOutput() {
		try {
			this.socket.shutdownOutput();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Drops the TCP connection by a reset. */
	public void reset() {
		try {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
