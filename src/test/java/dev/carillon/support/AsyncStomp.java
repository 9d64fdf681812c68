package dev.carillon.support;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * A STOMP client whose frames are answered later, so that many can be under way. It asks
 * for soft errors: a refused frame does not end the session. Any thread.
 */
public final class AsyncStomp implements AutoCloseable, WebSocket.Listener {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static final int PATIENCE_SECONDS = 30;

	private final Map<String, CompletableFuture<Frame>> receipts = new ConcurrentHashMap<>();

	private final List<Frame> messages = new CopyOnWriteArrayList<>();

	private final CompletableFuture<Frame> connected = new CompletableFuture<>();

	private final CompletableFuture<Integer> closed = new CompletableFuture<>();

	private final AtomicInteger receiptIds = new AtomicInteger();

	private final StringBuilder text = new StringBuilder();

	private @Nullable WebSocket socket;

	private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

	/**
	 * A frame from the server.
	 *
	 * @param command such as MESSAGE
	 * @param headers its headers as they are written
	 * @param body its body
	 */
	public record Frame(String command, Map<String, String> headers, String body) {

		static Frame parse(String text) {
			int end = text.indexOf("\n\n");
			String[] lines = text.substring(0, end).split("\n");
			Map<String, String> headers = new LinkedHashMap<>();
			for (int i = 1; i < lines.length; i++) {
				int colon = lines[i].indexOf(':');
				headers.putIfAbsent(lines[i].substring(0, colon), lines[i].substring(colon + 1));
			}
			return new Frame(lines[0], headers, text.substring(end + 2));
		}

		public String header(String name) {
			return String.valueOf(this.headers.get(name));
		}

	}

	/**
	 * The server has refused a frame.
	 */
	public static final class Refused extends RuntimeException {

		private final String code;

		Refused(Frame error) {
			super(error.header("message"));
			this.code = error.header("code");
		}

		public String code() {
			return this.code;
		}

	}

	/** Connects as one of the demo users, whose password is their name. */
	public static AsyncStomp user(int port, String name) {
		return connect(port, "login:" + name + "\npasscode:" + name + "\n");
	}

	/** Connects as a guest. */
	public static AsyncStomp guest(int port) {
		return connect(port, "");
	}

	private static AsyncStomp connect(int port, String credentials) {
		AsyncStomp client = new AsyncStomp();
		WebSocket opened = HTTP.newWebSocketBuilder()
			.subprotocols("v12.stomp")
			.buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), client)
			.join();
		client.socket = opened;
		opened.sendText("CONNECT\naccept-version:1.2\nhost:localhost\nsoft-errors:true\n" + credentials + "\n\0", true);
		client.connected.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
		return client;
	}

	/** The id of the session. */
	public String session() {
		return this.connected.join().header("session");
	}

	/**
	 * Sends a message.
	 * @return the receipt, or {@link Refused}, or another failure if the connection ends
	 */
	public CompletableFuture<Frame> send(String destination, String body, String... headers) {
		return ask("SEND\ndestination:" + destination, body, headers);
	}

	/** Subscribes and waits for the receipt. */
	public Frame subscribe(String id, String destination, String... headers) {
		return ask("SUBSCRIBE\nid:" + id + "\ndestination:" + destination, "", headers)
			.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
			.join();
	}

	private CompletableFuture<Frame> ask(String head, String body, String... headers) {
		String receipt = Integer.toString(this.receiptIds.incrementAndGet());
		StringBuilder frame = new StringBuilder(head).append("\nreceipt:").append(receipt).append('\n');
		Arrays.stream(headers).forEach((header) -> frame.append(header).append('\n'));
		CompletableFuture<Frame> answer = new CompletableFuture<>();
		this.receipts.put(receipt, answer);
		transmit(frame.append('\n').append(body).append('\0').toString());
		if (this.closed.isDone()) {
			answer.completeExceptionally(new IllegalStateException("The connection has ended"));
		}
		return answer;
	}

	/** One text at a time may be under way. */
	private synchronized void transmit(String frame) {
		WebSocket open = this.socket;
		if (open != null) {
			this.sent = this.sent.thenCompose((_) -> open.sendText(frame, true));
			this.sent.exceptionally((failure) -> {
				end(-1);
				return null;
			});
		}
	}

	/** The messages that have come so far. */
	public List<Frame> messages() {
		return List.copyOf(this.messages);
	}

	/** The code with which the server closes, -1 if the connection just breaks. */
	public CompletableFuture<Integer> closed() {
		return this.closed;
	}

	@Override
	public @Nullable CompletionStage<?> onText(WebSocket open, CharSequence data, boolean last) {
		this.text.append(data);
		int end;
		while ((end = this.text.indexOf("\0")) >= 0) {
			String frame = this.text.substring(0, end).stripLeading();
			this.text.delete(0, end + 1);
			receive(Frame.parse(frame));
		}
		open.request(1);
		return null;
	}

	private void receive(Frame frame) {
		switch (frame.command()) {
			case "CONNECTED" -> this.connected.complete(frame);
			case "MESSAGE" -> this.messages.add(frame);
			case "RECEIPT" -> answer(frame, null);
			case "ERROR" -> {
				this.connected.completeExceptionally(new Refused(frame));
				answer(frame, new Refused(frame));
			}
			default -> throw new IllegalStateException("Unexpected " + frame);
		}
	}

	private void answer(Frame frame, @Nullable Refused refused) {
		CompletableFuture<Frame> asked = this.receipts.remove(frame.header("receipt-id"));
		if (asked != null && refused != null) {
			asked.completeExceptionally(refused);
		}
		else if (asked != null) {
			asked.complete(frame);
		}
	}

	@Override
	public @Nullable CompletionStage<?> onClose(WebSocket open, int code, String reason) {
		end(code);
		return null;
	}

	@Override
	public void onError(WebSocket open, Throwable failure) {
		end(-1);
	}

	private void end(int code) {
		this.closed.complete(code);
		IllegalStateException ended = new IllegalStateException("The connection has ended with " + code);
		this.connected.completeExceptionally(ended);
		this.receipts.values().forEach((asked) -> asked.completeExceptionally(ended));
	}

	@Override
	public void close() {
		WebSocket open = this.socket;
		if (open != null) {
			open.abort();
		}
	}

}
