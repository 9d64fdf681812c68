package dev.carillon.drain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.carillon.support.CarillonProcess;
import dev.carillon.support.RawStomp;
import dev.carillon.support.RawStomp.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Logs that go on after a restart of a real process.
 */
class SnapshotIntegrationTests {

	private static final String TOPIC = "/topic/news.today";

	@TempDir
	private Path home;

	private CarillonProcess start(String... more) {
		String[] arguments = new String[more.length + 3];
		arguments[0] = "--carillon.topics.news.pattern=/topic/news.**";
		arguments[1] = "--carillon.topics.news.send=anyone";
		arguments[2] = "--carillon.topics.news.subscribe=anyone";
		System.arraycopy(more, 0, arguments, 3, more.length);
		return CarillonProcess.start(this.home, arguments);
	}

	private String snapshot() {
		return "--carillon.log.snapshot=" + this.home.resolve("logs");
	}

	/** Publishes five messages, receives the first two, and stops the process. */
	private String secondOfFive(CarillonProcess process) {
		try (RawStomp client = RawStomp.guest(process.port())) {
			client.subscribe("1", TOPIC);
			for (int i = 1; i <= 5; i++) {
				client.published(TOPIC, "message " + i);
			}
			client.message();
			String position = client.message().header("message-id");
			process.stop();
			return position;
		}
	}

	@Test
	void startWhenLogsWereSavedThenClientsResumeWithNothingLost() {
		String position;
		try (CarillonProcess process = start(snapshot())) {
			position = secondOfFive(process);
		}
		try (CarillonProcess process = start(snapshot()); RawStomp client = RawStomp.guest(process.port())) {
			Answer placed = client.subscribe("1", TOPIC, "resume-from:" + position);
			assertThat(placed.header("recovered")).isEqualTo("true");
			assertThat(client.bodies(3)).containsExactly("message 3", "message 4", "message 5");
			client.published(TOPIC, "message 6");
			Answer next = client.message();
			assertThat(next.text()).isEqualTo("message 6");
			assertThat(next.header("message-id")).endsWith("-6")
				.startsWith(position.substring(0, position.indexOf('-')));
		}
	}

	@Test
	void startWhenLogsWereSavedThenAMessageUnderAKnownKeyIsNotPublishedAgain() {
		String position;
		try (CarillonProcess process = start(snapshot()); RawStomp client = RawStomp.user(process.port(), "alice")) {
			client.subscribe("1", TOPIC);
			client.published(TOPIC, "first", "message-key:k");
			position = client.message().header("message-id");
			process.stop();
		}
		try (CarillonProcess process = start(snapshot()); RawStomp client = RawStomp.user(process.port(), "alice")) {
			client.subscribe("1", TOPIC, "resume-from:" + position);
			client.published(TOPIC, "first", "message-key:k");
			client.published(TOPIC, "second", "message-key:l");
			assertThat(client.message().text()).isEqualTo("second");
		}
	}

	@Test
	void startWhenLogsWereNotSavedThenSaysSo() {
		String position;
		try (CarillonProcess process = start()) {
			position = secondOfFive(process);
		}
		try (CarillonProcess process = start(); RawStomp client = RawStomp.guest(process.port())) {
			assertThat(client.subscribe("1", TOPIC, "resume-from:" + position).header("recovered")).isEqualTo("false");
		}
	}

	@Test
	void startWhenProcessWasKilledSinceThenOldLogsDoNotComeBack() {
		String position;
		try (CarillonProcess process = start(snapshot())) {
			position = secondOfFive(process);
		}
		try (CarillonProcess process = start(snapshot())) {
			process.kill();
		}
		try (CarillonProcess process = start(snapshot()); RawStomp client = RawStomp.guest(process.port())) {
			assertThat(client.subscribe("1", TOPIC, "resume-from:" + position).header("recovered")).isEqualTo("false");
		}
	}

	@Test
	void startWhenSnapshotIsDamagedThenStartsOver() throws IOException {
		Files.writeString(this.home.resolve("logs"), "not a snapshot");
		try (CarillonProcess process = start(snapshot()); RawStomp client = RawStomp.guest(process.port())) {
			client.subscribe("1", TOPIC);
			client.published(TOPIC, "still works");
			assertThat(client.message().text()).isEqualTo("still works");
			assertThat(process.output()).anyMatch((line) -> line.contains("The snapshot cannot be used"));
		}
		assertThat(this.home.resolve("logs.broken")).exists();
	}

}
