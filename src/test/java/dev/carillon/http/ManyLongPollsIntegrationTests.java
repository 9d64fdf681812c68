package dev.carillon.http;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.carillon.security.Admissions;
import dev.carillon.support.http.Service;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Long polls by the thousands, from one thread; as many as ten thousand where the process
 * may have the files.
 */
class ManyLongPollsIntegrationTests {

	private static final int MOST = 10_000;

	/** A poll costs a socket on each side, and the service needs some for itself. */
	private static int count() {
		long files = (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)
				? system.getMaxFileDescriptorCount() : 4096;
		return (int) Math.min(MOST, (files - 1000) / 2);
	}

	private static final class Waiting {

		private final SocketChannel channel;

		private final StringBuilder answer = new StringBuilder();

		Waiting(SocketChannel channel) {
			this.channel = channel;
		}

		boolean isAnswered() {
			return this.answer.indexOf("\"body\":\"news\"") >= 0;
		}

	}

	private static Waiting open(Service service, InetSocketAddress address, Selector selector) throws Exception {
		SocketChannel channel = SocketChannel.open(address);
		String request = "GET /api/messages?destination=/topic/open.crowd&wait=60s HTTP/1.1\r\nHost: x:"
				+ service.port() + "\r\n\r\n";
		channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
		channel.configureBlocking(false);
		Waiting waiting = new Waiting(channel);
		channel.register(selector, SelectionKey.OP_READ, waiting);
		return waiting;
	}

	@Test
	void pollWhenThousandsWaitThenNoThreadsAndOneMessageAnswersAll() throws Exception {
		int count = count();
		assertThat(count).isGreaterThanOrEqualTo(500);
		List<Waiting> crowd = new ArrayList<>();
		try (Service service = Service.demo("carillon.limits.sessions=0", "carillon.limits.sessions-per-address=0",
				"carillon.http.max-wait=5m"); Selector selector = Selector.open()) {
			service.api().get("/api/messages?destination=/topic/open.crowd");
			int threads = ManagementFactory.getThreadMXBean().getThreadCount();
			InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port());
			LongPolls polls = service.bean(LongPolls.class);
			for (int i = 0; i < count; i++) {
				crowd.add(open(service, address, selector));
				if (i % 500 == 499) {
					int opened = i + 1;
					await().until(() -> polls.waiting() == opened);
				}
			}
			await().until(() -> polls.waiting() == count);
			assertThat(service.bean(Admissions.class).count()).isEqualTo(count);
			assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(threads + 50);
			// Virtual threads would not be in that number.
			await().untilAsserted(() -> assertThat(virtualThreads()).isLessThan(50));
			service.api().publish("/topic/open.crowd", "news");
			readAll(selector, crowd);
			assertThat(crowd).allMatch(Waiting::isAnswered);
			await().until(() -> polls.waiting() == 0 && service.bean(Admissions.class).count() == 0);
		}
		finally {
			for (Waiting waiting : crowd) {
				waiting.channel.close();
			}
		}
	}

	private static void readAll(Selector selector, List<Waiting> crowd) throws Exception {
		ByteBuffer buffer = ByteBuffer.allocate(8192);
		long answered = 0;
		while (answered < crowd.size() && selector.select(30_000) > 0) {
			for (SelectionKey key : selector.selectedKeys()) {
				Waiting waiting = (Waiting) key.attachment();
				buffer.clear();
				if (waiting.channel.read(buffer) < 0) {
					key.cancel();
				}
				waiting.answer.append(StandardCharsets.UTF_8.decode(buffer.flip()));
				if (waiting.isAnswered()) {
					key.cancel();
					answered++;
				}
			}
			selector.selectedKeys().clear();
		}
	}

	/** How many virtual threads a dump of all threads knows, running or not. */
	private static long virtualThreads() throws Exception {
		java.nio.file.Path dump = java.nio.file.Files.createTempDirectory("threads").resolve("dump.txt");
		ManagementFactory.getPlatformMXBean(com.sun.management.HotSpotDiagnosticMXBean.class)
			.dumpThreads(dump.toString(), com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
		try (var lines = java.nio.file.Files.lines(dump)) {
			return lines.filter((line) -> line.startsWith("#") && line.contains(" virtual")).count();
		}
		finally {
			java.nio.file.Files.delete(dump);
			java.nio.file.Files.delete(dump.getParent());
		}
	}

}
