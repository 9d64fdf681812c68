package dev.carillon.latency;

import java.util.Collections;
import java.util.Map;
import java.util.stream.IntStream;

import dev.carillon.support.RawStomp;
import dev.carillon.support.http.Api;
import dev.carillon.support.http.Service;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Reports of browsers, by socket and by HTTP, as an operator sees them.
 */
class LatencyIntegrationTests {

	private static Service service;

	@BeforeAll
	static void start() {
		service = Service.demo("spring.datasource.url=jdbc:h2:mem:latency;DB_CLOSE_DELAY=-1",
				"carillon.stocks.simulator.rate=0.001", "carillon.scores.simulator.enabled=false");
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	private static String report(String destination, int... millis) {
		return "{\"delays\":[" + String.join(",",
				IntStream.of(millis)
					.mapToObj((one) -> "{\"destination\":\"" + destination + "\",\"millis\":" + one + "}")
					.toList())
				+ "]}";
	}

	/** The request that sends a report from where there is no socket. */
	private static String publication(String report) {
		return JsonMapper.shared()
			.writeValueAsString(
					Map.of("destination", "/app/latency", "body", report, "contentType", "application/json"));
	}

	private static Api.Answer post(String user, String report) {
		return service.api(user).post("/api/publish", publication(report));
	}

	private static double value(String series) {
		return service.api("operator")
			.get("/actuator/prometheus")
			.raw()
			.body()
			.lines()
			.filter((line) -> line.startsWith("carillon_browser_latency_seconds_" + series + " "))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
			.findFirst()
			.orElseThrow(() -> new AssertionError("There is no " + series));
	}

	@Test
	void reportWhenSentByAGuestThenInTheHistogramOfItsFamily() {
		try (RawStomp guest = RawStomp.guest(service.port())) {
			guest.published("/app/latency", report("/topic/open.a.b", 30, 40, 700), "content-type:application/json");
			guest.published("/app/latency", report("/topic/open.c", 3_000));
		}
		assertThat(value("count{family=\"h-open\"}")).isEqualTo(4);
		assertThat(value("sum{family=\"h-open\"}")).isEqualTo(3.77);
		assertThat(value("bucket{family=\"h-open\",le=\"0.02\"}")).isZero();
		assertThat(value("bucket{family=\"h-open\",le=\"0.05\"}")).isEqualTo(2);
		assertThat(value("bucket{family=\"h-open\",le=\"1.0\"}")).isEqualTo(3);
		assertThat(value("bucket{family=\"h-open\",le=\"+Inf\"}")).isEqualTo(4);
	}

	@Test
	void reportWhenPostedThenTheSame() {
		assertThat(post("bob", report("/topic/short.a", 1, 2)).status()).isEqualTo(200);
		assertThat(post("alice", report("/topic/short.a", 3)).status()).isEqualTo(200);
		assertThat(value("count{family=\"h-short\"}")).isEqualTo(3);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"delays":[{"destination":"/topic/members.a","millis":-1}]} | 400 | bad-value           | delays[0].millis must be
					{"delays":[{"destination":"/queue/a","millis":1}]}          | 400 | bad-value           | delays[0].destination must
					{"delays":[]}                                               | 400 | bad-value           | delays must have 1 to 50
					nonsense                                                    | 400 | bad-value           | must be JSON
					{"delays":[{"destination":"/topic/nowhere","millis":1}]}    | 404 | unknown-destination | /topic/nowhere
					{"delays":[{"destination":"/topic/members.a","millis":1},{"destination":"/topic/scorers.a","millis":1}]} \
					| 403 | access-denied | the rule of h-scorers is subscribe: role:SCORER
					""")
	void reportWhenWrongThenRefusedInTheSameWordsAndNothingOfItCounts(String body, int status, String code,
			String words) {
		try (RawStomp alice = RawStomp.user(service.port(), "alice", "soft-errors:true")) {
			alice.publish("/app/latency", body, "content-type:application/json", "receipt:r");
			RawStomp.Answer error = alice.error();
			assertThat(error.header("code")).isEqualTo(code);
			assertThat(error.header("message")).contains(words);
			assertThat(error.header("fatal")).isEqualTo("false");
			Api.Answer problem = post("alice", body).isProblem(status, code);
			assertThat(problem.text("detail")).isEqualTo(error.header("message"));
		}
		assertThat(value("count{family=\"h-members\"}")).isZero();
		assertThat(value("count{family=\"h-scorers\"}")).isZero();
	}

	@Test
	void reportWhenThereAreTooManyThenRefusedWithTheLimit() {
		Api.Answer last = IntStream.range(0, 1_000)
			.mapToObj((_) -> service.api().post("/api/publish", publication(report("/topic/open.a"))))
			.filter((answer) -> answer.status() != 400)
			.findFirst()
			.orElseThrow();
		assertThat(last.isProblem(429, "rate-limited").text("detail")).contains("send-rate of latency-reports");
		try (RawStomp bob = RawStomp.user(service.port(), "bob", "soft-errors:true")) {
			for (int i = 0; i < 30; i++) {
				bob.publish("/app/latency", "{}");
			}
			RawStomp.Answer error = bob.error();
			while (error.header("code").equals("bad-value")) {
				error = bob.error();
			}
			assertThat(error.header("message")).contains("send-rate of latency-reports");
		}
	}

	@Test
	void healthWhenMessagesAreLateThenSaysSoAndTurnsNothing() {
		String late = report("/topic/slow.a", Collections.nCopies(50, 5_000).stream().mapToInt((n) -> n).toArray());
		for (int i = 0; i < 2; i++) {
			assertThat(post("demo", late).status()).isEqualTo(200);
		}
		Api.Answer answer = service.api("operator").get("/actuator/health");
		JsonNode latency = answer.json().at("/components/latency");
		assertThat(latency.at("/status").asString()).isEqualTo("LATE");
		assertThat(latency.at("/details/objective").asString()).isEqualTo("99.00% within 1000ms");
		assertThat(latency.at("/details/families/h-slow/reported").asInt()).isEqualTo(100);
		assertThat(latency.at("/details/families/h-slow/inTime").asString()).isEqualTo("0.00%");
		assertThat(answer.status()).isEqualTo(200);
		// The feed may be stale at this rate.
		assertThat(answer.text("status")).isIn("LATE", "STALE");
		for (String probe : new String[] { "liveness", "readiness" }) {
			assertThat(service.api().get("/actuator/health/" + probe).text("status")).isEqualTo("UP");
		}
		await().untilAsserted(() -> assertThat(service.api("operator").get("/actuator/prometheus").raw().body())
			.contains("carillon_health{component=\"latency\",status=\"late\"} 1.0"));
	}

	@Test
	void reportWhenSwitchedOffThenNothingIsThere() {
		try (Service without = Service.demo("spring.datasource.url=jdbc:h2:mem:no-latency;DB_CLOSE_DELAY=-1",
				"carillon.stocks.simulator.rate=0.001", "carillon.scores.simulator.enabled=false",
				"carillon.latency.enabled=false");
				RawStomp alice = RawStomp.user(without.port(), "alice", "soft-errors:true")) {
			alice.publish("/app/latency", report("/topic/open.a", 1));
			assertThat(alice.error().header("code")).isEqualTo("unknown-destination");
			without.api("alice")
				.post("/api/publish", publication(report("/topic/open.a", 1)))
				.isProblem(404, "unknown-destination");
			assertThat(without.api("operator").get("/actuator/prometheus").raw().body())
				.doesNotContain("carillon_browser_latency", "component=\"latency\"");
		}
	}

}
