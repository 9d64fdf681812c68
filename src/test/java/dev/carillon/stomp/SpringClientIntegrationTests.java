package dev.carillon.stomp;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import dev.carillon.support.CarillonTest;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.WebSocketContainer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.messaging.converter.StringMessageConverter;
import org.springframework.messaging.simp.stomp.StompFrameHandler;
import org.springframework.messaging.simp.stomp.StompHeaders;
import org.springframework.messaging.simp.stomp.StompSession;
import org.springframework.messaging.simp.stomp.StompSessionHandlerAdapter;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;
import org.springframework.web.socket.messaging.WebSocketStompClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that was not written for this service: Spring's, on Jetty's implementation of
 * the Java API for WebSocket.
 */
@CarillonTest
class SpringClientIntegrationTests {

	private static final int LIMIT = 256 * 1024;

	private final int port;

	private final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();

	private final WebSocketStompClient client;

	SpringClientIntegrationTests(@LocalServerPort int port) {
		this.port = port;
		WebSocketContainer container = ContainerProvider.getWebSocketContainer();
		container.setDefaultMaxTextMessageBufferSize(LIMIT);
		this.client = new WebSocketStompClient(new StandardWebSocketClient(container));
	}

	@BeforeEach
	void start() {
		this.scheduler.initialize();
		this.client.setTaskScheduler(this.scheduler);
		this.client.setMessageConverter(new StringMessageConverter());
		this.client.setInboundMessageSizeLimit(LIMIT);
		this.client.start();
	}

	@AfterEach
	void stop() {
		this.client.stop();
		this.scheduler.shutdown();
	}

	@Test
	void clientWhenItReconnectsThenItGoesOnWhereItWas() throws Exception {
		Collected first = new Collected();
		StompSession session = connect(new StompHeaders());
		subscribe(session, "/topic/open.spring", null, first);
		send(session, "/topic/open.spring", "one");
		send(session, "/topic/open.spring", "two");
		first.awaitBodies("one", "two");
		session.disconnect();

		StompSession other = connect(new StompHeaders());
		send(other, "/topic/open.spring", "three");
		Collected second = new Collected();
		StompHeaders receipt = subscribe(other, "/topic/open.spring", first.lastId(), second);
		assertThat(receipt.getFirst("recovered")).isEqualTo("true");
		send(other, "/topic/open.spring", "four");
		second.awaitBodies("three", "four");
		other.disconnect();
	}

	@Test
	void clientWhenLoggedInThenItsOwnDestinationsAndHeartBeatsWork() throws Exception {
		StompHeaders headers = new StompHeaders();
		headers.setLogin("alice");
		headers.setPasscode("alice");
		headers.setHeartbeat(new long[] { 300, 300 });
		StompSession session = connect(headers);
		Collected answers = new Collected();
		subscribe(session, "/user/queue/answers", null, answers);
		send(session, "/app/try.here", "hello: \u20ac");
		answers.awaitBodies("only here: hello: \u20ac");
		assertThat(session.isConnected()).isTrue();
		session.disconnect();
	}

	@Test
	void clientWhenBodyIsLargeThenItArrivesWhole() throws Exception {
		StompSession session = connect(new StompHeaders());
		Collected large = new Collected();
		subscribe(session, "/topic/open.spring-large", null, large);
		String body = "0123456789".repeat(12_000);
		send(session, "/topic/open.spring-large", body);
		large.awaitBodies(body);
		session.disconnect();
	}

	@Test
	void clientWhenRefusedThenItReadsTheError() {
		CompletableFuture<StompHeaders> error = new CompletableFuture<>();
		StompHeaders headers = new StompHeaders();
		headers.setLogin("alice");
		headers.setPasscode("wrong");
		this.client.connectAsync("ws://localhost:" + this.port + "/ws", new WebSocketHttpHeaders(), headers,
				new StompSessionHandlerAdapter() {
					@Override
					public void handleFrame(StompHeaders received, Object payload) {
						error.complete(received);
					}
				});
		assertThat(error.orTimeout(30, TimeUnit.SECONDS).join().getFirst("code")).isEqualTo("login-failed");
	}

	private StompSession connect(StompHeaders headers) throws Exception {
		return this.client.connectAsync("ws://localhost:" + this.port + "/ws", new WebSocketHttpHeaders(), headers,
				new StompSessionHandlerAdapter() {
				})
			.get(30, TimeUnit.SECONDS);
	}

	private static void send(StompSession session, String destination, String body) throws Exception {
		session.setAutoReceipt(true);
		CompletableFuture<Void> confirmed = new CompletableFuture<>();
		StompSession.Receiptable receipt = session.send(destination, body);
		receipt.addReceiptTask(() -> confirmed.complete(null));
		confirmed.get(30, TimeUnit.SECONDS);
	}

	/** Subscribes and returns the headers of the receipt. */
	private static StompHeaders subscribe(StompSession session, String destination, String resumeFrom,
			Collected collected) throws Exception {
		session.setAutoReceipt(true);
		StompHeaders headers = new StompHeaders();
		headers.setDestination(destination);
		if (resumeFrom != null) {
			headers.set("resume-from", resumeFrom);
		}
		CompletableFuture<StompHeaders> confirmed = new CompletableFuture<>();
		session.subscribe(headers, collected).addReceiptTask(confirmed::complete);
		return confirmed.get(30, TimeUnit.SECONDS);
	}

	/** What a subscription has received. */
	private static final class Collected implements StompFrameHandler {

		private final List<String> bodies = new CopyOnWriteArrayList<>();

		private final List<String> ids = new CopyOnWriteArrayList<>();

		@Override
		public Type getPayloadType(StompHeaders headers) {
			return String.class;
		}

		@Override
		public void handleFrame(StompHeaders headers, Object payload) {
			this.ids.add(headers.getMessageId());
			this.bodies.add((String) payload);
		}

		String lastId() {
			return this.ids.getLast();
		}

		void awaitBodies(String... expected) {
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(this.bodies).containsExactly(expected));
		}

	}

}
