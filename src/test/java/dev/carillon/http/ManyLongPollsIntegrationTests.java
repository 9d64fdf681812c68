package dev.carillon.http;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.carillon.security.Admissions;
import dev.carillon.support.http.Service;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Ten thousand long polls at the same time, or as many as the process may have files.
 */
class ManyLongPollsIntegrationTests {

	private static final int MOST = 10_000;

	/** A poll costs a socket, and the service needs some for itself. */
	private static int count() {
		long files = (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)
				? system.getMaxFileDescriptorCount() : MOST;
		return (int) Math.min(MOST, files - 1000);
	}

	@Test
	void pollWhenTenThousandWaitThenNoThreadsAndOneMessageAnswersAll() throws Exception {
		int count = count();
		assertThat(count).isGreaterThanOrEqualTo(1000);
		try (Service service = Service.demo("carillon.limits.sessions=0", "carillon.limits.sessions-per-address=0",
				"carillon.http.max-wait=5m")) {
			service.api().get("/api/messages?destination=/topic/open.crowd");
			int threads = ManagementFactory.getThreadMXBean().getThreadCount();
			LongPolls polls = service.bean(LongPolls.class);
			Process crowd = LongPollCrowd.start(service.port(), count);
			try {
				await().atMost(Duration.ofMinutes(2)).until(() -> polls.waiting() == count);
				assertThat(service.bean(Admissions.class).count()).isEqualTo(count);
				assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(threads + 50);
				// Virtual threads would not be in that number.
				await().untilAsserted(() -> assertThat(virtualThreads()).isLessThan(50));
				service.api().publish("/topic/open.crowd", "news");
				assertThat(crowd.waitFor(2, TimeUnit.MINUTES)).isTrue();
				assertThat(crowd.exitValue()).isZero();
				await().until(() -> polls.waiting() == 0 && service.bean(Admissions.class).count() == 0);
			}
			finally {
				crowd.destroyForcibly();
			}
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
