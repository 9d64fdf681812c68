package dev.carillon.observability;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import dev.carillon.support.CarillonProcess;
import dev.carillon.support.Http;
import dev.carillon.support.RawStomp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the service writes while people use it, as a process of its own.
 */
class StructuredLogIntegrationTests {

	/** Of the password bob. */
	private static final String BOB = "{bcrypt}$2a$10$u5xTrcKO/T6eK/f487XrH.CxnU6daSlEoKVwwfKWKMPwud9XDmKbm";

	private static final String[] PRODUCTION = { "--spring.profiles.active=production", "--server.address=127.0.0.1",
			"--carillon.security.users.bob.password=" + BOB, "--carillon.security.users.bob.roles=USER",
			"--carillon.topics.notes.pattern=/topic/notes.{name}", "--carillon.topics.notes.subscribe=anyone",
			"--carillon.topics.notes.send=authenticated" };

	private static final JsonMapper JSON = JsonMapper.shared();

	@TempDir
	private Path home;

	@Test
	void logWhenProductionThenOneLineForEachSessionAndNothingSecret() {
		List<String> output;
		String guest;
		String user;
		String silent;
		String ticket;
		try (CarillonProcess service = CarillonProcess.start(this.home, PRODUCTION)) {
			ticket = new Http(service.port(), "bob").post("/api/tickets", "").json().path("ticket").asString();
			assertThat(ticket).isNotEmpty();
			try (RawStomp reader = RawStomp.guest(service.port());
					RawStomp writer = RawStomp.guest(service.port(), "ticket:" + ticket)) {
				assertThat(reader.connected().header("user-name")).startsWith("guest-");
				guest = reader.session();
				user = writer.session();
				reader.subscribe("s", "/topic/notes.one");
				writer.published("/topic/notes.one", "meet me at the fountain", "tone:whisper-of-roses");
				assertThat(reader.message().text()).isEqualTo("meet me at the fountain");
				writer.confirmed("DISCONNECT");
				assertThat(writer.closed()).isEqualTo(1000);
				reader.publish("/topic/notes.one", "a guest may not say swordfish");
				assertThat(reader.closed()).isEqualTo(1008);
			}
			try (RawStomp left = RawStomp.user(service.port(), "bob")) {
				silent = left.session();
				service.stop();
			}
			output = service.output();
		}
		assertThat(output).isNotEmpty()
			.noneMatch((line) -> line.contains("fountain") || line.contains("swordfish") || line.contains("whisper")
					|| line.contains(ticket) || line.contains("u5xTrcKO"));
		List<JsonNode> lines = output.stream().map(JSON::readTree).toList();
		assertThat(lines).allSatisfy((line) -> {
			assertThat(line.path("ecs").path("version").asString()).isNotEmpty();
			assertThat(line.path("service").path("name").asString()).isEqualTo("carillon");
			assertThat(line.path("message").asString()).isNotEmpty();
		});
		JsonNode refused = session(lines, guest);
		assertThat(refused.path("user").path("name").asString()).startsWith("guest-");
		assertThat(refused.path("carillon").path("close").path("code").asInt()).isEqualTo(1008);
		JsonNode parted = session(lines, user);
		assertThat(parted.path("log").path("level").asString()).isEqualTo("INFO");
		assertThat(parted.path("user").path("name").asString()).isEqualTo("bob");
		assertThat(parted.path("carillon").path("session").path("transport").asString()).isEqualTo("websocket");
		assertThat(parted.path("carillon").path("session").path("bytes").asLong()).isPositive();
		assertThat(parted.path("carillon").path("close").path("code").asInt()).isEqualTo(1000);
		assertThat(parted.path("carillon").path("close").path("reason").asString()).isEqualTo("normal");
		assertThat(parted.path("event").path("duration").asLong()).isPositive();
		assertThat(Instant.parse(parted.path("event").path("start").asString()))
			.isBeforeOrEqualTo(Instant.parse(parted.path("@timestamp").asString()));
		assertThat(session(lines, silent).path("carillon").path("close").path("code").asInt()).isIn(1001, 1012);
	}

	/** The one line about a session. */
	private static JsonNode session(List<JsonNode> lines, String id) {
		List<JsonNode> found = lines.stream()
			.filter((line) -> line.path("carillon").path("session").path("id").asString().equals(id))
			.toList();
		assertThat(found).hasSize(1);
		assertThat(found.getFirst().path("event").path("action").asString()).isEqualTo("session-closed");
		return found.getFirst();
	}

	@Test
	void logWhenDemoThenPlainLinesWithTheSame() {
		try (CarillonProcess service = CarillonProcess.start(this.home)) {
			try (RawStomp client = RawStomp.user(service.port(), "bob")) {
				client.confirmed("DISCONNECT");
			}
			await().untilAsserted(() -> assertThat(service.output())
				.anyMatch((line) -> line.contains("Session of bob over websocket has ended after")
						&& line.endsWith("bytes: 1000 normal")));
			assertThat(service.output()).noneMatch((line) -> line.startsWith("{"));
		}
	}

	@Test
	void logWhenFormatIsEmptyThenPlainLinesInProduction() {
		String[] arguments = new String[PRODUCTION.length + 1];
		System.arraycopy(PRODUCTION, 0, arguments, 0, PRODUCTION.length);
		arguments[PRODUCTION.length] = "--logging.structured.format.console=";
		try (CarillonProcess service = CarillonProcess.start(this.home, arguments)) {
			assertThat(service.output()).isNotEmpty().noneMatch((line) -> line.startsWith("{"));
		}
	}

}
