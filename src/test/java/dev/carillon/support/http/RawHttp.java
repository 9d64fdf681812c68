package dev.carillon.support.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/**
 * Sends bytes that no HTTP client would.
 */
public final class RawHttp {

	private RawHttp() {
	}

	/**
	 * Sends bytes and reads the head of the answer and its body as far as its length is
	 * known; what the server drops without an answer is empty.
	 */
	public static String exchange(Service service, String request) {
		try (Socket socket = open(service)) {
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			return answer(socket);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static Socket open(Service service) throws IOException {
		Socket socket = new Socket("127.0.0.1", service.port());
		socket.setSoTimeout(30_000);
		return socket;
	}

	/** Reads one answer. */
	public static String answer(Socket socket) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		InputStream in = socket.getInputStream();
		int due = Integer.MAX_VALUE;
		while (bytes.size() < due) {
			int b;
			try {
				b = in.read();
			}
			catch (SocketException _) {
				break;
			}
			if (b < 0) {
				break;
			}
			bytes.write(b);
			String text = bytes.toString(StandardCharsets.ISO_8859_1);
			if (due == Integer.MAX_VALUE && text.endsWith("\r\n\r\n")) {
				due = bytes.size() + contentLength(text);
			}
			else if (text.endsWith("\r\n0\r\n\r\n")) {
				break;
			}
		}
		return bytes.toString(StandardCharsets.UTF_8);
	}

	private static int contentLength(String head) {
		for (String line : head.split("\r\n")) {
			if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
				return Integer.parseInt(line.substring(15).strip());
			}
		}
		return head.contains(" 101 ") || head.contains(" 304 ") ? 0 : Integer.MAX_VALUE / 2;
	}

}
