package dev.carillon.chat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;

import dev.carillon.support.AsyncStomp;
import dev.carillon.support.CarillonProcess;
import dev.carillon.support.Http;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What happens when the database file cannot grow any more. The kernel sets the limit,
 * for a real process, and lifts it again; {@code prlimit} of util-linux tells it to.
 */
class ChatDiskFullIntegrationTests {

	@TempDir
	private Path home;

	private final Map<String, String> sent = new TreeMap<>();

	private final List<String> accepted = new ArrayList<>();

	@Test
	void sendWhenDiskIsFullThenRefusedAndNothingIsHalfWritten() throws IOException, InterruptedException, SQLException {
		try (CarillonProcess process = CarillonProcess.start(this.home);
				AsyncStomp alice = AsyncStomp.user(process.port(), "alice")) {
			assertThat(send(alice)).isEqualTo("accepted");
			alice.subscribe("quotes", "/topic/stocks.*");

			limitFiles(process, Long.toString(Files.size(this.home.resolve("carillon.mv.db")) + 256 * 1024));
			await().atMost(Duration.ofSeconds(60)).until(() -> send(alice), "unavailable"::equals);
			assertThat(this.accepted).hasSizeGreaterThan(5);
			assertThat(send(alice)).isEqualTo("unavailable");
			int quotes = alice.messages().size();
			await().atMost(Duration.ofSeconds(60)).until(() -> alice.messages().size() > quotes + 1);
			assertThat(new Http(process.port(), null).get("/actuator/health/readiness").status()).isEqualTo(200);

			limitFiles(process, "unlimited");
			await().atMost(Duration.ofSeconds(60)).until(() -> send(alice), "accepted"::equals);
			assertThat(send(alice)).isEqualTo("accepted");
			process.kill();
		}
		Map<String, String> stored = StoredMessages.read(this.home);
		assertThat(stored.keySet()).containsAll(this.accepted);
		assertThat(this.sent).containsAllEntriesOf(stored);
	}

	/** Sends a long message. */
	private String send(AsyncStomp client) {
		String key = "alice-" + this.sent.size();
		String text = (key + " ").repeat(3_900 / (key.length() + 1)).strip();
		this.sent.put(key, text);
		try {
			client
				.send("/app/chat.general.send", "{\"text\":\"" + text + "\"}", "content-type:application/json",
						"message-key:" + key)
				.join();
			this.accepted.add(key);
			return "accepted";
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof AsyncStomp.Refused refused) {
				return refused.code();
			}
			throw ex;
		}
	}

	private static void limitFiles(CarillonProcess process, String bytes) throws IOException, InterruptedException {
		Process limit = new ProcessBuilder("prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + bytes + ":")
			.inheritIO()
			.start();
		assertThat(limit.waitFor()).as("prlimit, which sets how large files may grow").isZero();
	}

}
