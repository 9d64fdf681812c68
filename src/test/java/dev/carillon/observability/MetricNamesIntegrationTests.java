package dev.carillon.observability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.carillon.support.AsyncStomp;
import dev.carillon.support.Http;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Whatever a dashboard, an alert or an autoscaler asks Prometheus for, a running instance
 * under load exposes: names, labels and the values that labels are compared with.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "management.prometheus.metrics.export.enabled=true",
				"spring.datasource.url=jdbc:h2:mem:metric-names;DB_CLOSE_DELAY=-1",
				"carillon.scores.simulator.enabled=false" })
class MetricNamesIntegrationTests {

	private static final Path CHART = Path.of("helm/carillon");

	/** Labels that Prometheus adds when it collects. */
	private static final Set<String> OF_PROMETHEUS = Set.of("namespace", "instance", "pod", "job");

	private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "by", "without", "on",
			"ignoring", "group_left", "group_right");

	private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? \\S+");

	private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][\\w:]*)\\{([^}]*)}");

	private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|!~|!=|=)\"([^\"]*)\"");

	private static final Pattern GROUPING = Pattern.compile("\\b(by|without|on|ignoring)\\s*\\(([^)]*)\\)");

	private static final Pattern IDENTIFIER = Pattern.compile("(?<![\\w.])([a-zA-Z_:][\\w:]*)\\b(?!\\s*\\()");

	@LocalServerPort
	private int port;

	/** The labels of each sample by its name. */
	private Map<String, List<Map<String, String>>> samples = Map.of();

	/**
	 * A query and where it stands.
	 *
	 * @param where for whoever has to mend it
	 * @param expression PromQL
	 */
	private record Query(String where, String expression) {

		/** All names of metrics in it. */
		private Set<String> metrics() {
			String bare = this.expression.replaceAll("\"[^\"]*\"", "")
				.replaceAll("\\{[^}]*}", " ")
				.replaceAll("\\[[^]]*]", " ");
			bare = GROUPING.matcher(bare).replaceAll(" ");
			return IDENTIFIER.matcher(bare)
				.results()
				.map(MatchResult::group)
				.filter((word) -> !WORDS.contains(word))
				.collect(Collectors.toCollection(TreeSet::new));
		}

	}

	@BeforeEach
	void load() {
		Http operator = new Http(this.port, "operator");
		try (AsyncStomp guest = AsyncStomp.guest(this.port); AsyncStomp alice = AsyncStomp.user(this.port, "alice")) {
			guest.subscribe("1", "/topic/stocks.*");
			alice.subscribe("1", "/topic/chat.general");
			alice.send("/app/chat.general.send", "{\"text\":\"a word\"}", "content-type:application/json").join();
			await().until(() -> guest.messages().size() > 10 && !alice.messages().isEmpty());
			this.samples = samples(operator.get("/actuator/prometheus").text());
		}
	}

	private static Map<String, List<Map<String, String>>> samples(String scrape) {
		Map<String, List<Map<String, String>>> samples = new TreeMap<>();
		scrape.lines().map(SAMPLE::matcher).filter((line) -> line.matches()).forEach((line) -> {
			Map<String, String> labels = new TreeMap<>();
			if (line.group(2) != null) {
				MATCHER.matcher(line.group(2)).results().forEach((label) -> labels.put(label.group(1), label.group(3)));
			}
			samples.computeIfAbsent(line.group(1), (_) -> new ArrayList<>()).add(labels);
		});
		return samples;
	}

	@Test
	void dashboardWhenDrawnThenEverythingIsThere() throws IOException {
		JsonNode dashboard = new JsonMapper().readTree(Files.readString(CHART.resolve("dashboards/carillon.json")));
		List<Query> queries = new ArrayList<>();
		for (JsonNode panel : dashboard.get("panels")) {
			for (JsonNode target : panel.path("targets")) {
				queries.add(new Query(panel.get("title").asString(), target.get("expr").asString()));
			}
		}
		assertThat(queries).hasSizeGreaterThan(30).allSatisfy((query) -> verify(query, Set.of()));
		assertThat(dashboard.get("panels").valueStream().map((panel) -> panel.get("id").asInt()))
			.doesNotHaveDuplicates();
	}

	@Test
	void rulesWhenEvaluatedThenEverythingIsThere() throws IOException {
		Map<String, List<Map<String, List<Map<String, Object>>>>> file = new Yaml()
			.load(Files.readString(CHART.resolve("rules/carillon.yaml")));
		List<Map<String, Object>> rules = file.get("groups")
			.stream()
			.flatMap((group) -> group.get("rules").stream())
			.toList();
		Set<String> recorded = rules.stream()
			.filter((rule) -> rule.containsKey("record"))
			.map((rule) -> rule.get("record").toString())
			.collect(Collectors.toSet());
		assertThat(rules).hasSizeGreaterThan(10).allSatisfy((rule) -> {
			verify(new Query(rule.values().iterator().next().toString(), rule.get("expr").toString()), recorded);
		});
	}

	@Test
	void seriesWhenRecordedForTheTestsOfAlertsThenAsExposed() throws IOException {
		List<MatchResult> series = Pattern.compile("- series: (\\w+)\\{(.*)}")
			.matcher(Files.readString(Path.of("src/test/prometheus/carillon_test.yaml")))
			.results()
			.toList();
		assertThat(series).hasSizeGreaterThan(20).allSatisfy((one) -> {
			Set<String> labels = MATCHER.matcher(one.group(2))
				.results()
				.map((label) -> label.group(1))
				.filter((label) -> !OF_PROMETHEUS.contains(label))
				.collect(Collectors.toSet());
			assertThat(this.samples).containsKey(one.group(1));
			assertThat(this.samples.get(one.group(1))).anyMatch((sample) -> sample.keySet().equals(labels));
		});
	}

	@Test
	void autoscalerWhenItCountsSessionsThenTheyAreThere() throws IOException {
		String template = Files.readString(CHART.resolve("templates/autoscaling.yaml"));
		Set<String> names = Pattern.compile("carillon_\\w+")
			.matcher(template)
			.results()
			.map(MatchResult::group)
			.collect(Collectors.toSet());
		assertThat(names).isNotEmpty().isSubsetOf(this.samples.keySet());
	}

	private void verify(Query query, Set<String> recorded) {
		Set<String> metrics = query.metrics();
		assertThat(metrics).as(query.toString()).isNotEmpty();
		metrics.removeAll(recorded);
		assertThat(metrics).as(query.toString()).isSubsetOf(this.samples.keySet());
		SELECTOR.matcher(query.expression())
			.results()
			.forEach((selector) -> MATCHER.matcher(selector.group(2))
				.results()
				.filter((label) -> !OF_PROMETHEUS.contains(label.group(1)))
				.forEach((label) -> assertThat(Stream.of(label.group(3).split("\\|")))
					.as("%s: values of %s", query, label.group(1))
					.allMatch((value) -> this.samples.get(selector.group(1))
						.stream()
						.anyMatch((sample) -> value.equals(sample.get(label.group(1)))))));
		Set<String> labels = metrics.stream()
			.flatMap((name) -> this.samples.get(name).stream())
			.flatMap((sample) -> sample.keySet().stream())
			.collect(Collectors.toSet());
		labels.addAll(OF_PROMETHEUS);
		GROUPING.matcher(query.expression().replaceAll("\"[^\"]*\"", ""))
			.results()
			.flatMap((grouping) -> Stream.of(grouping.group(2).split(",")))
			.forEach((label) -> assertThat(labels).as(query.toString()).contains(label.strip()));
	}

}
