package dev.carillon.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import dev.carillon.support.http.Api;
import dev.carillon.support.http.EventStream;
import dev.carillon.support.http.Service;
import dev.carillon.support.http.WsClient;
import dev.carillon.topic.Destination;
import dev.carillon.topic.Publication;
import dev.carillon.topic.Topics;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One reader who changes from transport to transport and takes nothing along but the last
 * position.
 */
class TransportChangeIntegrationTests {

	private static final String TOPIC = "/topic/change";

	/** From WebSocket to long poll to SSE to poll and back, a hundred times. */
	private static final int CHANGES = 400;

	private final List<Integer> received = new ArrayList<>();

	private String position;

	private void take(String body, String at, Object from) {
		assertThat(Integer.parseInt(body)).as("%s after %s, place %s", from, this.position, this.received.size())
			.isEqualTo(this.received.size() + 1);
		this.received.add(Integer.parseInt(body));
		this.position = at;
	}

	@Test
	void readWhenTransportChangesUnderLoadThenNothingIsLostOrRepeated() throws Exception {
		AtomicBoolean done = new AtomicBoolean();
		AtomicInteger published = new AtomicInteger();
		try (Service service = Service.demo("carillon.topics.h-change.pattern=" + TOPIC,
				"carillon.topics.h-change.subscribe=anyone", "carillon.topics.h-change.log.entries=100000",
				"carillon.topics.h-change.log.bytes=64MB")) {
			Api api = service.api();
			this.position = api.get("/api/messages?destination=" + TOPIC).text("next");
			Thread publisher = Thread.ofPlatform().start(() -> {
				Topics topics = service.bean(Topics.class);
				while (!done.get()) {
					topics.publish(Destination.of(TOPIC),
							Publication.text(Integer.toString(published.incrementAndGet())));
					LockSupport.parkNanos(1_000_000);
				}
			});
			for (int change = 0; change < CHANGES; change++) {
				int some = 3 + change % 7;
				switch (change % 4) {
					case 0 -> byWebSocket(service, some);
					case 1 -> byLongPoll(api, some);
					case 2 -> byEventStream(api, some);
					default -> byPoll(api);
				}
			}
			done.set(true);
			publisher.join();
			while (this.received.size() < published.get()) {
				int before = this.received.size();
				byPoll(api);
				assertThat(this.received.size()).isGreaterThan(before);
			}
		}
		assertThat(published.get()).isGreaterThan(CHANGES);
		assertThat(this.received).isEqualTo(IntStream.rangeClosed(1, published.get()).boxed().toList());
	}

	private void byWebSocket(Service service, int messages) {
		try (WsClient client = WsClient.connect(service)) {
			WsClient.Frame receipt = client.subscribe("s", TOPIC, "resume-from:" + this.position);
			assertThat(receipt.header("recovered")).isEqualTo("true");
			for (int i = 0; i < messages; i++) {
				WsClient.Frame message = client.next("MESSAGE");
				assertThat(message.header("missed")).isNull();
				take(message.body(), message.header("message-id"), message);
			}
		}
	}

	private void byLongPoll(Api api, int messages) {
		int goal = this.received.size() + messages;
		while (this.received.size() < goal) {
			page(api.get("/api/messages?destination=" + TOPIC + "&wait=10s&limit=5&after=" + this.position));
		}
	}

	private void byPoll(Api api) {
		page(api.get("/api/messages?destination=" + TOPIC + "&limit=1000&after=" + this.position));
	}

	private void page(Api.Answer answer) {
		assertThat(answer.json().path("recovered").asBoolean()).isTrue();
		answer.json()
			.path("messages")
			.forEach((message) -> take(message.path("body").asString(), message.path("position").asString(),
					answer.json()));
		assertThat(answer.text("next")).isEqualTo(this.position);
	}

	private void byEventStream(Api api, int messages) {
		try (EventStream stream = api.stream("destination=" + TOPIC, "Last-Event-ID", this.position)) {
			assertThat(stream.next("placed").json().path("recovered").asBoolean()).isTrue();
			for (int i = 0; i < messages; i++) {
				EventStream.Event message = stream.message();
				take(message.body(), message.id(), message);
			}
		}
	}

}
