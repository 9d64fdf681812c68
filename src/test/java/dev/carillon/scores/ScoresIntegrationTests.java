package dev.carillon.scores;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.messaging.simp.stomp.StompFrameHandler;
import org.springframework.messaging.simp.stomp.StompHeaders;
import org.springframework.messaging.simp.stomp.StompSession;
import org.springframework.messaging.simp.stomp.StompSessionHandlerAdapter;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.client.RestClient;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;
import org.springframework.web.socket.messaging.WebSocketStompClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Scores from a scorer to a spectator, over a real port: STOMP, HTTP and the database.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.datasource.url=jdbc:h2:mem:scores;DB_CLOSE_DELAY=-1",
				"spring.config.import=optional:classpath:carillon-scores.yaml",
				"carillon.scores.simulator.enabled=false" })
class ScoresIntegrationTests {

	private static final String START = """
			{"event":{"kind":"period-start"}}""";

	private static final String GOAL = """
			{"clock":300,"event":{"kind":"goal","team":"home","player":"Ada"}}""";

	@LocalServerPort
	private int port;

	private final WebSocketStompClient client = stompClient();

	@AfterEach
	void stop() {
		this.client.stop();
	}

	@Test
	void reportWhenScorerSendsThenSpectatorSeesWholeState() throws Exception {
		http("scorer").post()
			.uri("/api/scores")
			.contentType(MediaType.APPLICATION_JSON)
			.body("""
					{"id":"final","fixture":{"kind":"soccer","home":"Reds","away":"Blues"}}""")
			.retrieve()
			.toBodilessEntity();
		StompSession scorer = connect("scorer", new Errors());
		Received answers = subscribe(scorer, "/user/queue/scores");
		send(scorer, "/app/scores.final.event", START, "start");
		send(scorer, "/app/scores.final.event", GOAL, "goal-1");
		send(scorer, "/app/scores.final.event", GOAL, "goal-1");
		Awaitility.await().until(() -> answers.bodies.size() == 3);
		assertThat(answers.bodies).extracting((answer) -> answer.get("number").asInt()).containsExactly(1, 2, 2);

		Received match = subscribe(connect(null, new Errors()), "/topic/scores.*.final");
		Awaitility.await().until(() -> !match.bodies.isEmpty());
		assertThat(match.bodies.getFirst().at("/state/score/home").asInt()).isOne();
		assertThat(match.bodies.getFirst().at("/state/fixture/home").asString()).isEqualTo("Reds");

		http("scorer").delete().uri("/api/scores/final/events/2").retrieve().toBodilessEntity();
		Awaitility.await().until(() -> match.bodies.size() == 2);
		assertThat(match.bodies.getLast().get("kind").asString()).isEqualTo("withdrawal");
		assertThat(match.bodies.getLast().at("/state/score/home").asInt()).isZero();
		JsonNode shown = Board.JSON.readTree(http(null).get().uri("/api/scores/final").retrieve().body(String.class));
		assertThat(shown.at("/state")).isEqualTo(match.bodies.getLast().get("state"));
		assertThat(shown.at("/timeline/1/withdrawn").asBoolean()).isTrue();
	}

	@Test
	void reportWhenNotScorerThenRefused() throws Exception {
		http("scorer").post()
			.uri("/api/scores")
			.contentType(MediaType.APPLICATION_JSON)
			.body("""
					{"id":"closed","fixture":{"kind":"tennis","home":"Ada","away":"Grace"}}""")
			.retrieve()
			.toBodilessEntity();
		Errors errors = new Errors();
		send(connect("alice", errors), "/app/scores.closed.event", """
				{"event":{"kind":"match-start","server":"home"}}""", "k");
		Awaitility.await().until(() -> !errors.codes.isEmpty());
		assertThat(errors.codes).containsExactly("access-denied");
		assertThat(Board.JSON.readTree(http(null).get().uri("/api/scores/closed").retrieve().body(String.class))
			.get("number")
			.asInt()).isZero();
	}

	@Test
	void reportWhenImpossibleThenErrorSaysWhy() throws Exception {
		Errors errors = new Errors();
		StompSession scorer = connect("scorer", errors);
		Received answers = subscribe(scorer, "/user/queue/scores");
		send(scorer, "/app/scores.create", """
				{"id":"early","fixture":{"kind":"soccer","home":"Reds","away":"Blues"}}""", "c");
		send(scorer, "/app/scores.early.event", GOAL, "g");
		Awaitility.await().until(() -> !errors.codes.isEmpty());
		assertThat(answers.bodies).extracting((answer) -> answer.get("match").asString()).containsExactly("early");
		assertThat(errors.codes).containsExactly("conflict");
		assertThat(errors.messages.getFirst()).contains("The match has not begun");
	}

	private RestClient http(@Nullable String user) {
		RestClient.Builder builder = RestClient.builder().baseUrl("http://127.0.0.1:" + this.port);
		if (user != null) {
			builder.defaultHeaders((headers) -> headers.setBasicAuth(user, user));
		}
		return builder.build();
	}

	private static WebSocketStompClient stompClient() {
		WebSocketStompClient client = new WebSocketStompClient(new StandardWebSocketClient());
		client.setInboundMessageSizeLimit(256 * 1024);
		return client;
	}

	private StompSession connect(@Nullable String user, Errors errors) throws Exception {
		StompHeaders headers = new StompHeaders();
		if (user != null) {
			headers.setLogin(user);
			headers.setPasscode(user);
		}
		return this.client
			.connectAsync("ws://127.0.0.1:" + this.port + "/ws", new WebSocketHttpHeaders(), headers, errors)
			.get(10, TimeUnit.SECONDS);
	}

	private static Received subscribe(StompSession session, String destination) {
		Received received = new Received();
		session.subscribe(destination, received);
		return received;
	}

	private static void send(StompSession session, String destination, String body, String key) {
		StompHeaders headers = new StompHeaders();
		headers.setDestination(destination);
		headers.setContentType(MimeTypeUtils.APPLICATION_JSON);
		headers.set("message-key", key);
		session.send(headers, body.getBytes(StandardCharsets.UTF_8));
	}

	/** The bodies of the messages of a subscription. */
	private static final class Received implements StompFrameHandler {

		final List<JsonNode> bodies = new CopyOnWriteArrayList<>();

		@Override
		public Type getPayloadType(StompHeaders headers) {
			return byte[].class;
		}

		@Override
		public void handleFrame(StompHeaders headers, @Nullable Object payload) {
			this.bodies.add(Board.JSON.readTree((byte[]) payload));
		}

	}

	/** The ERROR frames of a session. */
	private static final class Errors extends StompSessionHandlerAdapter {

		final List<String> codes = new CopyOnWriteArrayList<>();

		final List<String> messages = new CopyOnWriteArrayList<>();

		@Override
		public Type getPayloadType(StompHeaders headers) {
			return byte[].class;
		}

		@Override
		public void handleFrame(StompHeaders headers, @Nullable Object payload) {
			this.messages.add(String.valueOf(headers.getFirst("message")));
			this.codes.add(String.valueOf(headers.getFirst("code")));
		}

	}

}
