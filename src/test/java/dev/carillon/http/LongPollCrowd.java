package dev.carillon.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Thousands of long polls from one thread, in a process of its own, so that the service
 * has all the files of the other one. Ends with 0 when each is answered with the news.
 */
final class LongPollCrowd {

	/** How long an answer may take, in milliseconds. */
	private static final long PATIENCE = 120_000;

	private LongPollCrowd() {
	}

	private static final class Waiting {

		private final StringBuilder answer = new StringBuilder();

		boolean isAnswered() {
			return this.answer.indexOf("\"body\":\"news\"") >= 0;
		}

	}

	/** Starts the process. */
	static Process start(int port, int count) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-cp",
				System.getProperty("java.class.path"), LongPollCrowd.class.getName(), Integer.toString(port),
				Integer.toString(count))
			.inheritIO()
			.start();
	}

	/** Polls as often as the second argument says at the port that the first one says. */
	public static void main(String[] arguments) throws IOException {
		int port = Integer.parseInt(arguments[0]);
		int count = Integer.parseInt(arguments[1]);
		InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
		List<SocketChannel> open = new ArrayList<>();
		try (Selector selector = Selector.open()) {
			for (int i = 0; i < count; i++) {
				open.add(poll(address, selector));
			}
			System.exit((answered(selector, count) == count) ? 0 : 1);
		}
	}

	private static SocketChannel poll(InetSocketAddress address, Selector selector) throws IOException {
		SocketChannel channel = SocketChannel.open(address);
		String request = "GET /api/messages?destination=/topic/open.crowd&wait=4m HTTP/1.1\r\nHost: x\r\n\r\n";
		channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
		channel.configureBlocking(false);
		channel.register(selector, SelectionKey.OP_READ, new Waiting());
		return channel;
	}

	private static int answered(Selector selector, int count) throws IOException {
		ByteBuffer buffer = ByteBuffer.allocate(8192);
		int answered = 0;
		while (answered < count && selector.select(PATIENCE) > 0) {
			for (SelectionKey key : selector.selectedKeys()) {
				Waiting waiting = (Waiting) key.attachment();
				if (((SocketChannel) key.channel()).read(buffer.clear()) < 0) {
					return answered;
				}
				waiting.answer.append(StandardCharsets.UTF_8.decode(buffer.flip()));
				if (waiting.isAnswered()) {
					key.cancel();
					answered++;
				}
			}
			selector.selectedKeys().clear();
		}
		return answered;
	}

}
