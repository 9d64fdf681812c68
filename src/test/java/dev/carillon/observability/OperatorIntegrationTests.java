package dev.carillon.observability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.carillon.support.AsyncStomp;
import dev.carillon.support.Http;
import dev.carillon.support.RawStomp;
import dev.carillon.topic.Destination;
import dev.carillon.topic.Publication;
import dev.carillon.topic.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What an operator sees of a running instance, and what nobody else does.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.datasource.url=jdbc:h2:mem:operator;DB_CLOSE_DELAY=-1",
				"management.prometheus.metrics.export.enabled=true", "carillon.scores.simulator.enabled=false",
				"carillon.topics.try.pattern=/topic/try.**", "carillon.topics.try.subscribe=anyone",
				"carillon.topics.try.send=anyone", "carillon.topics.try.log.entries=4",
				"carillon.topics.try.message-size=1KB", "carillon.topics.large.pattern=/topic/large.{name}",
				"carillon.topics.large.subscribe=anyone", "carillon.topics.large.log.bytes=100MB",
				"carillon.topics.large.message-size=1MB" })
class OperatorIntegrationTests {

	private static final Pattern TYPE = Pattern.compile("# TYPE (carillon_\\w+) (\\w+)");

	private static final Pattern SAMPLE = Pattern.compile("(carillon_\\w+)(?:\\{(.*)})? (\\S+)");

	private static final Pattern ROW = Pattern.compile("\\| `(carillon_\\w+)` \\| (\\w+) \\| ([^|]*)\\|.*");

	@LocalServerPort
	private int port;

	private Http operator() {
		return new Http(this.port, "operator");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/sessions", "/actuator/topics", "/actuator/prometheus", "/actuator/metrics",
			"/actuator/sessions/x", "/actuator/topics/topic/x" })
	void endpointWhenNotOperatorThenRefused(String path) {
		assertThat(new Http(this.port, null).get(path).status()).isEqualTo(401);
		assertThat(new Http(this.port, "alice").get(path).status()).isEqualTo(403);
	}

	@ParameterizedTest
	@ValueSource(strings = { "env", "beans", "heapdump", "threaddump", "configprops", "loggers", "shutdown" })
	void endpointWhenNotMeantForProductionThenNotThere(String name) {
		assertThat(operator().get("/actuator/" + name).status()).isEqualTo(404);
	}

	@Test
	void healthWhenNotOperatorThenStatusOnly() {
		assertThat(new Http(this.port, "alice").get("/actuator/health").json().propertyNames())
			.doesNotContain("components");
		JsonNode health = operator().get("/actuator/health").json();
		assertThat(health.at("/components").propertyNames()).contains("db", "delivery", "diskSpace", "feeds");
		assertThat(health.at("/components/delivery/status").asString()).isEqualTo("UP");
		assertThat(operator().get("/actuator/health/liveness").json().at("/components").propertyNames())
			.containsExactlyInAnyOrder("livenessState", "delivery");
		assertThat(operator().get("/actuator/health/readiness").json().at("/components").propertyNames())
			.containsExactlyInAnyOrder("readinessState", "delivery");
	}

	@Test
	void sessionsWhenListedThenDescribedAndPaged() {
		try (AsyncStomp alice = AsyncStomp.user(this.port, "alice");
				AsyncStomp first = AsyncStomp.user(this.port, "bob");
				AsyncStomp second = AsyncStomp.user(this.port, "bob")) {
			first.subscribe("a", "/topic/try.sessions");
			first.subscribe("b", "/topic/stocks.*");
			JsonNode page = operator().get("/actuator/sessions?user=bob&limit=1").json();
			assertThat(page.at("/total").asInt()).isGreaterThanOrEqualTo(3);
			assertThat(ids(page)).containsExactly(first.session());
			assertThat(page.at("/sessions/0/user").asString()).isEqualTo("bob");
			assertThat(page.at("/sessions/0/address").asString()).isEqualTo("127.0.0.1");
			assertThat(page.at("/sessions/0/transport").asString()).isEqualTo("websocket");
			assertThat(page.at("/sessions/0/subscriptions").asInt()).isEqualTo(2);
			assertThat(page.at("/sessions/0/since").asString()).startsWith("20");
			JsonNode rest = operator().get("/actuator/sessions?user=bob&after=" + page.get("after").asLong()).json();
			assertThat(ids(rest)).containsExactly(second.session());
			assertThat(rest.propertyNames()).doesNotContain("after");
			assertThat(ids(operator().get("/actuator/sessions").json())).contains(alice.session());

			JsonNode one = operator().get("/actuator/sessions/" + first.session()).json();
			assertThat(one.at("/subscriptions").valueStream().map((s) -> s.get("target").asString()))
				.containsExactlyInAnyOrder("/topic/try.sessions", "/topic/stocks.*");
			assertThat(one.at("/session/bytes").asLong()).isPositive();
		}
		assertThat(operator().get("/actuator/sessions/nobody").status()).isEqualTo(404);
		assertThat(operator().get("/actuator/sessions?limit=1000000").status()).isEqualTo(400);
	}

	private static List<String> ids(JsonNode page) {
		return page.get("sessions").valueStream().map((session) -> session.get("id").asString()).toList();
	}

	@Test
	void closeWhenOperatorThenSessionEndsWithTheCode() {
		try (AsyncStomp alice = AsyncStomp.user(this.port, "alice");
				AsyncStomp bob = AsyncStomp.user(this.port, "bob")) {
			assertThat(new Http(this.port, "bob").delete("/actuator/sessions/" + alice.session()).status())
				.isEqualTo(403);
			assertThat(operator().delete("/actuator/sessions/" + alice.session() + "?code=1").status()).isEqualTo(400);
			assertThat(operator().delete("/actuator/sessions/" + alice.session()).status()).isEqualTo(204);
			assertThat(alice.closed()).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(4007);
			assertThat(operator().delete("/actuator/sessions/" + bob.session() + "?code=1008").status()).isEqualTo(204);
			assertThat(bob.closed()).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(1008);
			await().until(() -> operator().delete("/actuator/sessions/" + alice.session()).status(),
					(status) -> status == 404);
		}
	}

	@Test
	void closeWhenRequestRidesOnACookieThenNeedsTheToken() {
		Http.Answer answer = new Http(this.port, null).delete("/actuator/sessions/x", "Cookie", "JSESSIONID=x");
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.text()).contains("X-XSRF-TOKEN");
	}

	@Test
	void topicsWhenListedThenDescribedAndPaged() {
		try (AsyncStomp reader = AsyncStomp.guest(this.port)) {
			reader.subscribe("1", "/topic/try.list.a");
			for (int i = 0; i < 6; i++) {
				reader.send("/topic/try.list.a", "x").join();
			}
			reader.send("/topic/try.list.b", "x").join();
			await().until(() -> reader.messages().size() == 6);
			JsonNode page = operator().get("/actuator/topics?prefix=/topic/try.list.&limit=1").json();
			JsonNode topic = page.at("/topics/0");
			assertThat(topic.get("destination").asString()).isEqualTo("/topic/try.list.a");
			assertThat(topic.get("family").asString()).isEqualTo("try");
			assertThat(topic.get("head").asString()).endsWith("-6");
			assertThat(topic.get("tail").asLong()).isEqualTo(3);
			assertThat(topic.get("bytes").asLong()).isPositive();
			assertThat(topic.get("subscribers").asInt()).isOne();
			assertThat(topic.get("slowest").asLong()).isEqualTo(6);
			assertThat(topic.get("rate").asDouble()).isPositive();
			JsonNode rest = operator()
				.get("/actuator/topics?prefix=/topic/try.list.&after=" + page.get("after").asString())
				.json();
			assertThat(rest.get("topics").valueStream().map((one) -> one.get("destination").asString()))
				.containsExactly("/topic/try.list.b");
			assertThat(rest.at("/topics/0").propertyNames()).doesNotContain("slowest");

			JsonNode one = operator().get("/actuator/topics/topic/try.list.a").json();
			assertThat(one.get("topic").get("destination").asString()).isEqualTo("/topic/try.list.a");
			assertThat(one.at("/policy/entries").asInt()).isEqualTo(4);
			assertThat(one.at("/policy/send").asString()).isEqualTo("anyone");
		}
		assertThat(operator().get("/actuator/topics/topic/try.list.nothing").status()).isEqualTo(404);
	}

	@Test
	void lagWhenAReaderStopsReadingThenBothEndpointsShowIt(@Autowired Topics topics) {
		try (RawStomp reader = RawStomp.user(this.port, "bob"); RawStomp other = RawStomp.user(this.port, "alice")) {
			reader.subscribe("1", "/topic/large.x");
			other.subscribe("1", "/topic/large.y");
			Publication large = new Publication(Map.of(), new byte[1024 * 1024]);
			for (int i = 0; i < 40; i++) {
				topics.publish(Destination.of("/topic/large.x"), large).toCompletableFuture().join();
			}
			await().untilAsserted(() -> {
				JsonNode session = operator().get("/actuator/sessions/" + reader.session()).json();
				assertThat(session.at("/session/lag").asLong()).isBetween(1L, 40L);
				assertThat(session.at("/session/writing").isMissingNode()).isFalse();
				assertThat(session.at("/subscriptions/0/lag").asLong()).isEqualTo(session.at("/session/lag").asLong());
				JsonNode topic = operator().get("/actuator/topics/topic/large.x").json().get("topic");
				assertThat(topic.get("head").asString()).endsWith("-40");
				assertThat(topic.get("slowest").asLong()).isEqualTo(40 - session.at("/session/lag").asLong());
			});
			assertThat(operator().get("/actuator/sessions/" + other.session()).json().at("/session/lag").asLong())
				.isZero();
			assertThat(operator().delete("/actuator/sessions/" + reader.session() + "?code=1008").status())
				.isEqualTo(204);
			// It is given a while to read what is under way.
			await().atMost(Duration.ofSeconds(60))
				.until(() -> operator().get("/actuator/sessions/" + reader.session()).status(),
						(status) -> status == 404);
		}
	}

	@Test
	void metersWhenRoomsSymbolsAndUsersAreNamedThenNoneOfThemIsATag() {
		String room = "secretroom";
		assertThat(new Http(this.port, "alice").post("/api/rooms", "{\"name\":\"" + room + "\"}").status())
			.isEqualTo(201);
		new Http(this.port, "alice").get("/api/rooms/" + room + "/messages");
		try (AsyncStomp alice = AsyncStomp.user(this.port, "alice")) {
			alice.subscribe("room", "/topic/chat." + room);
			alice.subscribe("quote", "/topic/stocks.AAPL");
			alice.subscribe("own", "/user/queue/chat");
			alice.send("/app/chat." + room + ".send", "{\"text\":\"hello\"}", "content-type:application/json").join();
			assertThat(alice.send("/topic/stocks.AAPL", "x")).failsWithin(Duration.ofSeconds(30));
			await().until(() -> alice.messages().stream().anyMatch((message) -> message.body().contains("hello")));
			assertThat(scrape()).doesNotContain(room, "AAPL", "alice");
		}
	}

	@Test
	void meterWhenSomethingHappensThenCounts() {
		double in = value("carillon_messages_in_total{family=\"try\"}");
		double out = value("carillon_messages_out_total{family=\"try\"}");
		double denied = value("carillon_refusals_total{adapter=\"stomp\",code=\"access-denied\"}");
		double latencies = value("carillon_delivery_latency_seconds_count{family=\"try\"}");
		double closes = value("carillon_closes_total{code=\"4007\",reason=\"closed by an operator\"}");
		double sends = value("carillon_frames_in_total{command=\"SEND\"}");
		try (AsyncStomp reader = AsyncStomp.guest(this.port)) {
			reader.subscribe("1", "/topic/try.meters");
			assertThat(value("carillon_subscriptions{family=\"try\"}")).isPositive();
			assertThat(value("carillon_sessions{transport=\"websocket\"}")).isPositive();
			reader.send("/topic/try.meters", "x").join();
			await().until(() -> reader.messages().size() == 1);
			assertThat(reader.send("/topic/stocks.AAPL", "x")).failsWithin(Duration.ofSeconds(30));
			operator().delete("/actuator/sessions/" + reader.session());
			reader.closed().join();
		}
		assertThat(value("carillon_messages_in_total{family=\"try\"}")).isEqualTo(in + 1);
		assertThat(value("carillon_messages_out_total{family=\"try\"}")).isEqualTo(out + 1);
		assertThat(value("carillon_refusals_total{adapter=\"stomp\",code=\"access-denied\"}")).isEqualTo(denied + 1);
		assertThat(value("carillon_delivery_latency_seconds_count{family=\"try\"}")).isEqualTo(latencies + 1);
		assertThat(value("carillon_frames_in_total{command=\"SEND\"}")).isEqualTo(sends + 2);
		assertThat(value("carillon_log_memory_bytes{family=\"try\"}")).isPositive();
		assertThat(value("carillon_flush_size_bytes_sum")).isPositive();
		await().untilAsserted(
				() -> assertThat(value("carillon_closes_total{code=\"4007\",reason=\"closed by an operator\"}"))
					.isEqualTo(closes + 1));
	}

	private double value(String series) {
		return scrape().lines()
			.filter((line) -> line.startsWith(series + " "))
			.mapToDouble((line) -> Double.parseDouble(line.substring(series.length() + 1)))
			.findFirst()
			.orElseThrow(() -> new AssertionError("There is no " + series));
	}

	private String scrape() {
		return operator().get("/actuator/prometheus").text();
	}

	@Test
	void refusalWhenInAListThenCounts() {
		String series = "carillon_refusals_total{adapter=\"http\",code=\"too-large\"}";
		double before = value(series);
		String large = "{\"destination\":\"/topic/try.large\",\"body\":\"" + "x".repeat(2_000) + "\"}";
		Http.Answer answer = new Http(this.port, "alice").post("/api/publish", "[" + large + "," + large + "]");
		assertThat(answer.json().valueStream().map((result) -> result.get("code").asString()))
			.containsExactly("too-large", "too-large");
		assertThat(value(series)).isEqualTo(before + 2);
		assertThat(new Http(this.port, "alice").post("/api/publish", large).status()).isEqualTo(413);
		assertThat(value(series)).isEqualTo(before + 3);
	}

	@Test
	void metersWhenScrapedThenAsDocumented() throws IOException {
		Map<String, String> documented = new TreeMap<>();
		for (String line : Files.readAllLines(Path.of("docs/operations.md"))) {
			Matcher row = ROW.matcher(line);
			if (row.matches()) {
				documented.put(row.group(1), (row.group(2) + " " + row.group(3)).strip());
			}
		}
		assertThat(exposed()).containsExactlyEntriesOf(documented);
	}

	/** Type and tags of each meter. */
	private Map<String, String> exposed() {
		Map<String, String> types = new TreeMap<>();
		Map<String, Set<String>> tags = new TreeMap<>();
		scrape().lines().forEach((line) -> {
			Matcher type = TYPE.matcher(line);
			if (type.matches()) {
				types.put(type.group(1), type.group(2));
			}
			Matcher sample = SAMPLE.matcher(line);
			if (sample.matches() && sample.group(2) != null) {
				Set<String> names = Arrays.stream(sample.group(2).split("\","))
					.map((tag) -> tag.substring(0, tag.indexOf('=')))
					.filter((tag) -> !tag.equals("le"))
					.collect(Collectors.toCollection(TreeSet::new));
				tags.computeIfAbsent(sample.group(1).replaceFirst("_(bucket|count|sum)$", ""), (_) -> new TreeSet<>())
					.addAll(names);
			}
		});
		types.replaceAll((name, type) -> (type + " " + String.join(", ", tags.getOrDefault(name, Set.of()))).strip());
		return types;
	}

}
