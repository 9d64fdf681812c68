package dev.carillon.sockjs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.carillon.topic.Destination;
import dev.carillon.topic.Publication;
import dev.carillon.topic.Topics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * SockJS through a reverse proxy that lets no WebSocket pass. Needs nginx, on developers'
 * machines as in CI.
 */
@SockJsService
class SockJsProxyIntegrationTests {

	@LocalServerPort
	private int port;

	@TempDir
	private Path directory;

	private final Topics topics;

	private final String topic = "/topic/lab." + UUID.randomUUID();

	private Nginx nginx;

	private Http http;

	SockJsProxyIntegrationTests(Topics topics) {
		this.topics = topics;
	}

	@BeforeEach
	void startProxy() throws IOException {
		this.nginx = new Nginx(this.directory, this.port);
		this.http = Http.of(this.nginx.port());
	}

	@AfterEach
	void stopProxy() throws InterruptedException {
		if (this.nginx != null) {
			this.nginx.close();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/sockjs/000/x/websocket", "/sockjs/websocket", "/ws" })
	void webSocketWhenProxyRemovesUpgradeThenFailsAtOnce(String path) {
		assertThat(this.http.get(path).statusCode()).isEqualTo(400);
	}

	@ParameterizedTest
	@EnumSource(Transport.class)
	void messagesWhenFiveThousandThenComeInOrder(Transport transport) {
		try (StompOverSockJs client = client(transport)) {
			client.connect("").subscribe(this.topic, "");
			for (int i = 1; i <= 5000; i++) {
				this.topics.publish(Destination.of(this.topic), Publication.text(Integer.toString(i)));
			}
			List<String> numbers = IntStream.rangeClosed(1, 5000).mapToObj(Integer::toString).toList();
			assertThat(client.messages(5000)).extracting(StompOverSockJs.Frame::body).isEqualTo(numbers);
		}
	}

	private StompOverSockJs client(Transport transport) {
		return new StompOverSockJs(this.http, transport, "/sockjs/000/" + UUID.randomUUID());
	}

	@ParameterizedTest
	@EnumSource(Transport.class)
	void sessionWhenPasscodeIsWrongThenCloseCodeComes(Transport transport) {
		try (StompOverSockJs client = client(transport)) {
			client.poll();
			client.send("CONNECT\naccept-version:1.2\nhost:x\nlogin:alice\npasscode:wrong\n\n\0");
			assertThat(client.end()).isEqualTo("c[4004,\"login failed\"]");
		}
	}

	@Test
	void streamWhenProxyBuffersThenFramesComeAtOnceAllTheSame() throws IOException {
		String session = "/sockjs/000/" + UUID.randomUUID();
		try (Http.Response stream = this.http.open("POST", session + "/xhr_streaming")) {
			assertThat(stream.line("o")).isEqualTo("o");
			assertThat(stream.line("h")).isEqualTo("h");
			assertThat(this.http.post(session + "/xhr_send", "[\"NONSENSE\\n\\n\\u0000\"]").statusCode())
				.isEqualTo(204);
			assertThat(stream.line("a[")).startsWith("a[\"ERROR");
		}
	}

	@Test
	void sessionWhenOtherClientOfTheProxyKnowsItsIdThenDeliversNothing() {
		String session = "/sockjs/000/" + UUID.randomUUID();
		assertThat(this.http.post(session + "/xhr", "").body()).isEqualTo("o\n");
		assertThat(this.http.from("127.0.0.2").post(session + "/xhr", "").statusCode()).isEqualTo(404);
		assertThat(this.http.from("127.0.0.2").post(session + "/xhr_send", "[\"\\n\"]").statusCode()).isEqualTo(404);
		assertThat(this.http.post(session + "/xhr", "").body()).isEqualTo("h\n");
	}

}
