package dev.carillon.drain;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.carillon.support.CarillonProcess;
import dev.carillon.support.Http;
import dev.carillon.support.RawStomp;
import dev.carillon.support.RawWebSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A real process that is asked to stop while clients of all kinds are there.
 */
class DrainIntegrationTests {

	private static final int CLIENTS = 150;

	private static final int MESSAGES = 20;

	@TempDir
	private Path home;

	private final HttpClient http = HttpClient.newHttpClient();

	private CarillonProcess start(String... arguments) {
		return CarillonProcess.start(this.home, arguments);
	}

	private CompletableFuture<String> ask(CarillonProcess process, String method, String path) {
		return this.http
			.sendAsync(HttpRequest.newBuilder(URI.create("http://localhost:" + process.port() + path))
				.method(method, HttpRequest.BodyPublishers.noBody())
				.build(), HttpResponse.BodyHandlers.ofString())
			.thenApply(HttpResponse::body);
	}

	@Test
	void stopWhenClientsAreThereThenEachIsAnsweredAndToldWhenToComeBack() throws IOException {
		try (CarillonProcess process = start("--carillon.drain.period=5s", "--carillon.drain.spread=3s",
				"--carillon.limits.sessions-per-address=0")) {
			List<RawStomp> clients = IntStream.range(0, CLIENTS)
				.mapToObj((_) -> RawStomp.guest(process.port()))
				.toList();
			assertThat(ask(process, "POST", "/sockjs/000/drained/xhr").join()).isEqualTo("o\n");
			CompletableFuture<String> poll = ask(process, "POST", "/sockjs/000/drained/xhr");
			CompletableFuture<String> longPoll = ask(process, "GET",
					"/api/messages?destination=/topic/chat.general&wait=25s");
			HttpResponse<InputStream> stream = this.http
				.sendAsync(HttpRequest
					.newBuilder(URI
						.create("http://localhost:" + process.port() + "/api/stream?destination=/topic/chat.general"))
					.build(), HttpResponse.BodyHandlers.ofInputStream())
				.join();
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(process::stop);

			Set<String> reasons = clients.stream().map(DrainIntegrationTests::restart).collect(Collectors.toSet());
			assertThat(reasons).as("each has a time of its own").hasSizeGreaterThan(CLIENTS / 2);
			assertThat(poll.join()).matches("c\\[1012,\"restart; retry-after=\\d{1,4}\"\\]\n");
			assertThat(longPoll.join()).contains("\"messages\"");
			assertThat(new String(stream.body().readAllBytes())).contains("event: closed", "\"code\":1012", "retry: ");
			stopped.join();
		}
	}

	private static String body(int i) {
		return "{\"text\":\"message " + i + "\"}";
	}

	private static String restart(RawStomp client) {
		assertThat(client.closed()).isEqualTo(1012);
		assertThat(client.closeReason()).matches("restart; retry-after=\\d{1,4}");
		return client.closeReason();
	}

	@Test
	void stopWhenMessagesAreUnderWayThenEachIsStoredAndConfirmed() {
		try (CarillonProcess process = start()) {
			RawStomp writer = RawStomp.user(process.port(), "alice");
			StringBuilder frames = new StringBuilder();
			for (int i = 0; i < MESSAGES; i++) {
				frames.append(RawStomp.frameWith(body(i), "SEND", "destination:/app/chat.general.send", "receipt:" + i,
						"message-key:drain-" + i, "content-type:application/json"));
			}
			writer.socket().text(frames.toString());
			writer.receipt("0");
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(process::stop);
			for (int i = 1; i < MESSAGES; i++) {
				writer.receipt(Integer.toString(i));
			}
			assertThat(writer.closed()).isEqualTo(1012);
			stopped.join();
		}
		try (CarillonProcess process = start()) {
			JsonNode page = new Http(process.port(), "alice").get("/api/rooms/general/messages?limit=100").json();
			assertThat(page.get("messages").valueStream().map((message) -> message.get("text").asString()))
				.containsExactlyInAnyOrderElementsOf(
						IntStream.range(0, MESSAGES).mapToObj((i) -> "message " + i).toList());
		}
	}

	@Test
	void stopWhenSessionsAreLeavingThenNobodyNewComesIn() {
		try (CarillonProcess process = start("--carillon.drain.period=8s",
				"--carillon.limits.sessions-per-address=0")) {
			List<RawStomp> clients = IntStream.range(0, CLIENTS)
				.mapToObj((_) -> RawStomp.guest(process.port()))
				.toList();
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(process::stop);
			await().untilAsserted(() -> assertThat(RawWebSocket.handshake(process.port(), "/ws").response())
				.anySatisfy((line) -> assertThat(line).startsWith("HTTP/1.1 503"))
				.anySatisfy((line) -> assertThat(line).startsWithIgnoringCase("Retry-After: ")));
			assertThat(new Http(process.port(), null).get("/actuator/health/readiness").status()).isEqualTo(503);
			assertThat(clients).allSatisfy((client) -> assertThat(client.closed()).isEqualTo(1012));
			stopped.join();
		}
	}

}
