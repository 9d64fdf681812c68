package dev.carillon.support.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A STOMP client on the JDK's WebSocket.
 */
public final class WsClient implements AutoCloseable {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();

	private final List<Frame> kept = new ArrayList<>();

	private final CompletableFuture<Integer> closed = new CompletableFuture<>();

	private final WebSocket socket;

	private int receipts;

	/**
	 * A frame.
	 *
	 * @param command the command
	 * @param headers the headers as sent
	 * @param body the body
	 */
	public record Frame(String command, Map<String, String> headers, String body) {

		public String header(String name) {
			return this.headers.get(name);
		}

	}

	private WsClient(URI uri, String... headers) {
		WebSocket.Builder builder = CLIENT.newWebSocketBuilder().subprotocols("v12.stomp");
		for (int i = 0; i < headers.length; i += 2) {
			builder.header(headers[i], headers[i + 1]);
		}
		this.socket = builder.buildAsync(uri, new Reader()).join();
	}

	/** Opens a socket, with pairs of header names and values for the handshake. */
	public static WsClient open(Service service, String path, String... headers) {
		return new WsClient(URI.create("ws://127.0.0.1:" + service.port() + path), headers);
	}

	/** Opens a socket and connects with header lines. */
	public static WsClient connect(Service service, String... lines) {
		WsClient client = open(service, "/ws");
		client.connectWith(lines);
		return client;
	}

	/** Sends CONNECT and waits for CONNECTED. */
	public Frame connectWith(String... lines) {
		sendConnect(lines);
		return next("CONNECTED");
	}

	/** Sends CONNECT. */
	public void sendConnect(String... lines) {
		String[] all = new String[lines.length + 2];
		all[0] = "accept-version:1.2";
		all[1] = "host:localhost";
		System.arraycopy(lines, 0, all, 2, lines.length);
		send("CONNECT", "", all);
	}

	public void send(String command, String body, String... lines) {
		this.socket.sendText(command + "\n" + String.join("\n", lines) + "\n\n" + body + "\0", true).join();
	}

	/** Subscribes and waits for the receipt. */
	public Frame subscribe(String id, String destination, String... lines) {
		String receipt = "r" + ++this.receipts;
		String[] all = new String[lines.length + 3];
		all[0] = "id:" + id;
		all[1] = "destination:" + destination;
		all[2] = "receipt:" + receipt;
		System.arraycopy(lines, 0, all, 3, lines.length);
		send("SUBSCRIBE", "", all);
		return next("RECEIPT");
	}

	/** The next frame of a command; others stay for later. */
	public Frame next(String command) {
		for (Iterator<Frame> earlier = this.kept.iterator(); earlier.hasNext();) {
			Frame frame = earlier.next();
			if (frame.command().equals(command)) {
				earlier.remove();
				return frame;
			}
		}
		try {
			while (true) {
				Frame frame = this.frames.poll(30, TimeUnit.SECONDS);
				if (frame == null) {
					throw new AssertionError("No " + command + " came");
				}
				if (frame.command().equals(command)) {
					return frame;
				}
				if (frame.command().equals("CLOSED") || frame.command().equals("ERROR")) {
					throw new AssertionError("Waited for " + command + ", got " + frame);
				}
				this.kept.add(frame);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** The frames that have come and were not asked for. */
	public BlockingQueue<Frame> unread() {
		return this.frames;
	}

	/** The close code, when it has come. */
	public int closeCode() {
		return this.closed.orTimeout(30, TimeUnit.SECONDS).join();
	}

	@Override
	public void close() {
		this.socket.abort();
	}

	/** Reads text messages of whole frames. */
	private final class Reader implements WebSocket.Listener {

		private final StringBuilder text = new StringBuilder();

		@Override
		public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
			this.text.append(data);
			if (last) {
				split(this.text.toString());
				this.text.setLength(0);
			}
			webSocket.request(1);
			return null;
		}

		private void split(String message) {
			for (String part : message.split("\0")) {
				String frame = part.stripLeading();
				int head = frame.indexOf("\n\n");
				if (head > 0) {
					String[] lines = frame.substring(0, head).split("\n");
					Map<String, String> headers = new LinkedHashMap<>();
					for (int i = 1; i < lines.length; i++) {
						int colon = lines[i].indexOf(':');
						headers.putIfAbsent(lines[i].substring(0, colon),
								lines[i].substring(colon + 1).replace("\\c", ":"));
					}
					WsClient.this.frames.add(new Frame(lines[0], headers, frame.substring(head + 2)));
				}
			}
		}

		@Override
		public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
			end(code);
			return null;
		}

		@Override
		public void onError(WebSocket webSocket, Throwable error) {
			end(1006);
		}

		private void end(int code) {
			WsClient.this.frames.add(new Frame("CLOSED", Map.of("code", Integer.toString(code)), ""));
			WsClient.this.closed.complete(code);
		}

	}

}
