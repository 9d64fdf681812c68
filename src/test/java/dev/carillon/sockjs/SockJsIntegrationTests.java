package dev.carillon.sockjs;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.carillon.delivery.Delivery;
import dev.carillon.topic.Destination;
import dev.carillon.topic.Publication;
import dev.carillon.topic.Topics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * STOMP over the HTTP transports of SockJS. Each request has a TCP connection of its own.
 */
@SockJsService
class SockJsIntegrationTests {

	@LocalServerPort
	private int port;

	private final Topics topics;

	private final Delivery delivery;

	private final List<StompOverSockJs> clients = new ArrayList<>();

	private Http http;

	private final String topic = "/topic/lab." + UUID.randomUUID();

	SockJsIntegrationTests(Topics topics, Delivery delivery) {
		this.topics = topics;
		this.delivery = delivery;
	}

	@BeforeEach
	void setUp() {
		this.http = Http.of(this.port);
	}

	@AfterEach
	void leave() {
		this.clients.forEach(StompOverSockJs::close);
	}

	private StompOverSockJs client(Transport transport) {
		StompOverSockJs client = new StompOverSockJs(this.http, transport, "/sockjs/000/" + UUID.randomUUID());
		this.clients.add(client);
		return client;
	}

	private void publish(String destination, int count) {
		for (int i = 1; i <= count; i++) {
			this.topics.publish(Destination.of(destination), Publication.text(Integer.toString(i)));
		}
	}

	private static List<String> numbers(int from, int to) {
		return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
	}

	@ParameterizedTest
	@EnumSource(Transport.class)
	void messagesWhenFiveThousandThenComeInOrder(Transport transport) {
		StompOverSockJs client = client(transport).connect("").subscribe(this.topic, "");
		publish(this.topic, 5000);
		List<StompOverSockJs.Frame> messages = client.messages(5000);
		assertThat(messages).extracting(StompOverSockJs.Frame::body).isEqualTo(numbers(1, 5000));
		assertThat(messages).noneMatch((message) -> message.headers().containsKey("missed"));
		assertThat(client.polls).isGreaterThan(3);
	}

	@Test
	void pollWhenLateThenFindsItsMessages() {
		StompOverSockJs client = client(Transport.XHR).connect("").subscribe(this.topic, "");
		publish(this.topic, 1000);
		StompOverSockJs other = client(Transport.XHR).connect("").subscribe(this.topic, "replay:1\n");
		assertThat(other.messages(1)).extracting(StompOverSockJs.Frame::body).containsExactly("1000");
		assertThat(client.messages(1000)).extracting(StompOverSockJs.Frame::body).isEqualTo(numbers(1, 1000));
	}

	@Test
	void pollWhenLogHasMovedOnThenIsToldWhatItMissed() {
		String small = "/topic/small." + UUID.randomUUID();
		StompOverSockJs client = client(Transport.XHR).connect("").subscribe(small, "");
		// The first message is written at once, and waits for the poll.
		publish(small, 1);
		StompOverSockJs other = client(Transport.XHR).connect("").subscribe(small, "");
		publish(small, 100);
		assertThat(other.messages(1)).hasSize(1);
		int next = 1;
		boolean missed = false;
		while (next <= 101) {
			StompOverSockJs.Frame message = client.messages(1).getFirst();
			String range = message.headers().get("missed");
			if (range != null) {
				assertThat(range).startsWith(next + "-");
				next = Integer.parseInt(range.split("-")[1]) + 1;
				missed = true;
			}
			assertThat(message.headers().get("message-id")).endsWith("-" + next);
			next++;
		}
		assertThat(missed).isTrue();
	}

	@Test
	void pollerWhenItStaysAwayThenOthersAreServed() throws IOException {
		StompOverSockJs away = client(Transport.XHR).connect("").subscribe(this.topic, "");
		String stalled = "/sockjs/000/" + UUID.randomUUID();
		try (Http.Response unread = this.http.open("POST", stalled + "/xhr_streaming")) {
			assertThat(unread.line("o")).isEqualTo("o");
			this.http.post(stalled + "/xhr_send",
					JsonMapper.shared()
						.writeValueAsString(List.of("CONNECT\naccept-version:1.2\nhost:x\n\n\0",
								"SUBSCRIBE\nid:a\ndestination:" + this.topic + "\n\n\0")));
			StompOverSockJs reader = client(Transport.XHR).connect("").subscribe(this.topic, "");
			publish(this.topic, 5000);
			assertThat(reader.messages(5000)).extracting(StompOverSockJs.Frame::body).isEqualTo(numbers(1, 5000));
		}
		assertThat(away.messages(5000)).extracting(StompOverSockJs.Frame::body).isEqualTo(numbers(1, 5000));
	}

	@Test
	void frameWhenCutIntoMessagesThenIsPutTogether() {
		StompOverSockJs client = client(Transport.XHR).connect("").subscribe(this.topic, "");
		client.send("SEND\ndestination:" + this.topic + "\n\nüber");
		client.send("morgen 100 % \"sicher\" \\", " 🔔\0");
		assertThat(client.messages(1)).extracting(StompOverSockJs.Frame::body)
			.containsExactly("übermorgen 100 % \"sicher\" \\ 🔔");
	}

	@Test
	void messageWhenBodyIsBinaryThenTravelsInBase64() {
		byte[] body = { 0, (byte) 0xFF, (byte) 0x80, 10 };
		StompOverSockJs client = client(Transport.XHR).connect("").subscribe(this.topic, "");
		this.topics.publish(Destination.of(this.topic), new Publication(Map.of(), body));
		StompOverSockJs.Frame message = client.messages(1).getFirst();
		assertThat(message.headers()).containsEntry("body-encoding", "base64").containsEntry("content-length", "8");
		assertThat(Base64.getDecoder().decode(message.body())).isEqualTo(body);
	}

	@Test
	void connectWhenPasscodeIsWrongThenErrorAndCloseCodeCome() {
		StompOverSockJs client = client(Transport.XHR);
		client.poll();
		client.send("CONNECT\naccept-version:1.2\nhost:x\nlogin:alice\npasscode:wrong\n\n\0");
		assertThat(client.await((frame) -> frame.command().equals("ERROR")).headers()).containsEntry("code",
				"login-failed");
		assertThat(client.end()).isEqualTo("c[4004,\"login failed\"]");
	}

	@Test
	void disconnectThenReceiptComesBeforeTheEnd() {
		StompOverSockJs client = client(Transport.EVENT_SOURCE).connect("");
		client.send("DISCONNECT\nreceipt:bye\n\n\0");
		assertThat(client.await((frame) -> frame.command().equals("RECEIPT")).headers()).containsEntry("receipt-id",
				"bye");
		assertThat(client.end()).isEqualTo("c[1000,\"normal\"]");
	}

	@Test
	void heartBeatWhenAgreedThenThoseOfStompComeEarlier() {
		StompOverSockJs client = client(Transport.XHR).connect("heart-beat:0,200\n");
		int beats = client.beats;
		for (int i = 0; i < 5; i++) {
			client.poll();
		}
		assertThat(client.stompBeats).isEqualTo(5);
		assertThat(client.beats).isEqualTo(beats);
	}

	@Test
	void heartBeatWhenClientPollsThenThatIsASignOfLife() {
		StompOverSockJs client = client(Transport.XHR).connect("heart-beat:200,200\n");
		for (int i = 0; i < 10; i++) {
			client.poll();
		}
		assertThat(client.closed).isEmpty();
	}

	@Test
	void heartBeatWhenClientStreamsInSilenceThenIsClosed() throws IOException {
		String session = "/sockjs/000/" + UUID.randomUUID();
		try (Http.Response stream = this.http.open("POST", session + "/xhr_streaming")) {
			assertThat(stream.line("o")).isEqualTo("o");
			this.http.post(session + "/xhr_send",
					"[\"CONNECT\\naccept-version:1.2\\nhost:x\\nheart-beat:100,0\\n\\n\\u0000\"]");
			assertThat(stream.line("a[")).startsWith("a[\"CONNECTED");
			assertThat(stream.line("c[")).isEqualTo("c[4001,\"heart-beat missed\"]");
		}
	}

	@Test
	void resumeWhenSessionIsCutThenNothingIsLost() {
		StompOverSockJs first = client(Transport.XHR).connect("").subscribe(this.topic, "");
		publish(this.topic, 10);
		String last = first.messages(10).getLast().headers().get("message-id");
		publish(this.topic, 20);
		StompOverSockJs second = client(Transport.EVENT_SOURCE).connect("")
			.subscribe(this.topic, "resume-from:" + last + "\n");
		assertThat(second.messages(20)).extracting(StompOverSockJs.Frame::body).isEqualTo(numbers(1, 20));
	}

	/** As browsers do when a connection breaks that they have used before. */
	@Test
	void pollWhenItIsRepeatedAfterItsAnswerWasLostThenSessionEndsAndResumes() throws IOException {
		String session = "/sockjs/000/" + UUID.randomUUID();
		assertThat(this.http.post(session + "/xhr?t=1", "").body()).isEqualTo("o\n");
		this.http.post(session + "/xhr_send", "[\"CONNECT\\naccept-version:1.2\\nhost:x\\n\\n\\u0000\"]");
		assertThat(this.http.post(session + "/xhr?t=2", "").body()).contains("CONNECTED");
		this.http.post(session + "/xhr_send",
				"[\"SUBSCRIBE\\nid:a\\nreceipt:r\\ndestination:" + this.topic + "\\n\\n\\u0000\"]");
		String receipt = this.http.post(session + "/xhr?t=3", "").body();
		String position = receipt.replaceAll("(?s).*position:([^\\\\]+).*", "$1");
		publish(this.topic, 3);
		try (Http.Response lost = this.http.open("POST", session + "/xhr?t=4")) {
			assertThat(lost.line("HTTP/1.1")).contains("200");
		}
		assertThat(this.http.post(session + "/xhr?t=4", "").body()).isEqualTo("c[1001,\"going away\"]\n");
		StompOverSockJs again = client(Transport.XHR).connect("")
			.subscribe(this.topic, "resume-from:" + position + "\n");
		assertThat(again.messages(3)).extracting(StompOverSockJs.Frame::body).isEqualTo(numbers(1, 3));
	}

	/** The client library names its polls by the millisecond, and may be as fast. */
	@Test
	void pollWhenSameNameOverTheSameConnectionThenGoesOn() throws Exception {
		String session = "/sockjs/000/" + UUID.randomUUID();
		try (HttpClient browser = this.http.client()) {
			assertThat(poll(browser, session + "/xhr?t=1")).isEqualTo("o\n");
			this.http.post(session + "/xhr_send", "[\"CONNECT\\naccept-version:1.2\\nhost:x\\n\\n\\u0000\"]");
			assertThat(poll(browser, session + "/xhr?t=2")).contains("CONNECTED");
			this.http.post(session + "/xhr_send", "[\"DISCONNECT\\nreceipt:bye\\n\\n\\u0000\"]");
			assertThat(poll(browser, session + "/xhr?t=2")).contains("receipt-id:bye");
		}
	}

	private String poll(HttpClient browser, String path) throws Exception {
		return browser
			.send(HttpRequest.newBuilder(this.http.base().resolve(path))
				.POST(HttpRequest.BodyPublishers.noBody())
				.build(), HttpResponse.BodyHandlers.ofString())
			.body();
	}

	@Test
	void ticketWhenInConnectThenIsRedeemedOnceByItsOrigin() {
		Http page = this.http.with("Origin", "https://app.example.org");
		String ticket = ticket("https://app.example.org");
		StompOverSockJs client = new StompOverSockJs(page, Transport.XHR, "/sockjs/000/" + UUID.randomUUID());
		client.poll();
		client.send("CONNECT\naccept-version:1.2\nhost:x\nticket:" + ticket + "\n\n\0");
		assertThat(client.await((_) -> true).headers()).containsEntry("user-name", "alice");
		assertThat(refused(page, ticket)).isEqualTo("c[4004,\"login failed\"]");
		assertThat(refused(this.http, ticket("https://app.example.org"))).isEqualTo("c[4004,\"login failed\"]");
	}

	private static String refused(Http from, String ticket) {
		StompOverSockJs client = new StompOverSockJs(from, Transport.XHR, "/sockjs/000/" + UUID.randomUUID());
		client.poll();
		client.send("CONNECT\naccept-version:1.2\nhost:x\nticket:" + ticket + "\n\n\0");
		return client.end();
	}

	private String ticket(String origin) {
		String credentials = Base64.getEncoder().encodeToString("alice:alice".getBytes(StandardCharsets.UTF_8));
		String answer = this.http.with("Authorization", "Basic " + credentials, "Origin", origin)
			.post("/api/tickets", "")
			.body();
		return JsonMapper.shared().readTree(answer).get("ticket").asString();
	}

	/** Each way to end, more often than an address may have sessions. */
	@Test
	void admissionWhenSessionEndsThenIsGivenBack() throws IOException {
		Http address = this.http.from("127.0.0.9");
		for (int i = 0; i < 25; i++) {
			assertThat(address.get("/ws").statusCode()).isEqualTo(400);
			assertThat(address.get("/sockjs/websocket").statusCode()).isEqualTo(400);
			assertThat(address.get("/sockjs/000/x/websocket").statusCode()).isEqualTo(400);
		}
		for (int i = 0; i < 25; i++) {
			StompOverSockJs client = new StompOverSockJs(address, Transport.XHR, "/sockjs/000/" + UUID.randomUUID());
			client.connect("").send("DISCONNECT\n\n\0");
			assertThat(client.end()).isEqualTo("c[1000,\"normal\"]");
		}
		for (int i = 0; i < 25; i++) {
			StompOverSockJs client = new StompOverSockJs(address, Transport.JSONP, "/sockjs/000/" + UUID.randomUUID());
			client.poll();
			client.send("NONSENSE\n\n\0");
			assertThat(client.end()).isEqualTo("c[4006,\"bad frame\"]");
		}
		// Those who vanish between two polls, and those whose connection breaks.
		awaitNobody();
		fill(address);
		awaitNobody();
		for (int i = 0; i < 20; i++) {
			try (Http.Response response = address.open("POST", "/sockjs/000/" + UUID.randomUUID() + "/xhr_streaming")) {
				assertThat(response.line("o")).isEqualTo("o");
			}
		}
		awaitNobody();
		fill(address);
	}

	private void awaitNobody() {
		await().atMost(Duration.ofSeconds(30)).until(() -> this.delivery.sessionCount() == 0);
	}

	private static int open(Http address) {
		return address.post("/sockjs/000/" + UUID.randomUUID() + "/xhr", "").statusCode();
	}

	private static void fill(Http address) {
		for (int i = 0; i < 20; i++) {
			assertThat(open(address)).isEqualTo(200);
		}
		assertThat(open(address)).isEqualTo(429);
	}

}
