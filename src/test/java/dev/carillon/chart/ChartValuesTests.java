package dev.carillon.chart;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * {@code values.yaml}, its schema and the table in the README: three descriptions of the
 * same keys.
 */
class ChartValuesTests {

	/** What has keys that the chart cannot know. */
	private static final Set<String> OPEN = Set.of("config", "global", "extraEnv[].valueFrom", "affinity.nodeAffinity",
			"affinity.podAffinity", "affinity.podAntiAffinity");

	private static final Pattern TABLE = Pattern.compile("(<!-- values -->\n).*(<!-- /values -->)", Pattern.DOTALL);

	private static final JsonMapper JSON = new JsonMapper();

	/**
	 * A key that has a comment of its own.
	 *
	 * @param path where it is
	 * @param value its default
	 * @param comment what it means
	 */
	private record Key(String path, Object value, String comment) {

		private String row() {
			return "| `%s` | `%s` | %s |".formatted(this.path, JSON.writeValueAsString(this.value).replace("|", "\\|"),
					this.comment.replace("|", "\\|"));
		}

	}

	static Stream<String> objects() {
		List<String> objects = new ArrayList<>(List.of(""));
		collectObjects("", schema(), objects);
		return objects.stream();
	}

	private static void collectObjects(String path, JsonNode schema, List<String> objects) {
		schema.path("properties").propertyStream().forEach((property) -> {
			String name = path + property.getKey();
			if (property.getValue().has("properties")) {
				objects.add(name + ".");
				collectObjects(name + ".", property.getValue(), objects);
			}
		});
	}

	@ParameterizedTest
	@MethodSource("objects")
	void keyWhenMisspeltThenRefusedByItsName(String object) {
		assertThatThrownBy(() -> Chart.render(Chart.ci("minimal"), Map.of(object + "tpyo", "x")))
			.hasMessageContaining("tpyo");
	}

	@Test
	void schemaWhenAnObjectThenClosed() {
		List<String> open = new ArrayList<>();
		collectOpen("", schema(), open);
		schema().path("$defs").propertyStream().forEach((def) -> collectOpen(def.getKey(), def.getValue(), open));
		assertThat(open).containsExactlyInAnyOrderElementsOf(OPEN);
	}

	private static void collectOpen(String path, JsonNode schema, List<String> open) {
		if ("object".equals(schema.path("type").asString("")) && !schema.has("additionalProperties")) {
			open.add(path);
		}
		if (schema.has("properties") && !schema.path("additionalProperties").isBoolean()) {
			open.add(path);
		}
		schema.path("properties")
			.propertyStream()
			.forEach((property) -> collectOpen((path.isEmpty() ? "" : path + ".") + property.getKey(),
					property.getValue(), open));
		if (schema.has("items")) {
			collectOpen(path + "[]", schema.get("items"), open);
		}
	}

	@Test
	void schemaWhenComparedWithTheValuesThenTheSameKeys() {
		List<String> inSchema = new ArrayList<>();
		collectKeys("", schema(), inSchema);
		inSchema.remove("global");
		Node root = new Yaml(new LoaderOptions()).compose(new StringReader(Chart.read("values.yaml")));
		List<String> inValues = new ArrayList<>();
		collectKeys("", (MappingNode) root, inSchema, inValues);
		assertThat(inValues).containsExactlyInAnyOrderElementsOf(inSchema);
	}

	/** Leaves; what is open or an array counts as one. */
	private static void collectKeys(String path, JsonNode schema, List<String> keys) {
		schema.path("properties").propertyStream().forEach((property) -> {
			String name = path + property.getKey();
			if (property.getValue().has("properties") && !name.equals("affinity")) {
				collectKeys(name + ".", property.getValue(), keys);
			}
			else {
				keys.add(name);
			}
		});
	}

	private static void collectKeys(String path, MappingNode values, List<String> known, List<String> keys) {
		for (NodeTuple tuple : values.getValue()) {
			String name = path + ((ScalarNode) tuple.getKeyNode()).getValue();
			if (tuple.getValueNode() instanceof MappingNode mapping && !known.contains(name) && !isQuantities(name)) {
				collectKeys(name + ".", mapping, known, keys);
			}
			else {
				keys.add(name);
			}
		}
	}

	private static boolean isQuantities(String name) {
		return name.equals("resources.requests") || name.equals("resources.limits");
	}

	@Test
	void readmeWhenTheValuesHaveChangedThenOutOfDate() throws IOException {
		StringBuilder table = new StringBuilder("| key | default | meaning |\n|---|---|---|\n");
		keys().forEach((key) -> table.append(key.row()).append('\n'));
		String readme = Chart.read("README.md");
		Matcher matcher = TABLE.matcher(readme);
		assertThat(matcher.find()).isTrue();
		String expected = matcher.replaceFirst("$1" + Matcher.quoteReplacement(table.toString()) + "$2");
		if (Boolean.getBoolean("carillon.chart.write")) {
			Files.writeString(Chart.DIRECTORY.resolve("README.md"), expected);
			return;
		}
		assertThat(readme).as("Write it anew with ./mvnw test -Dtest=ChartValuesTests -Dcarillon.chart.write=true")
			.isEqualTo(expected);
	}

	/** The keys with comments; every key has one, or its parts have. */
	private static List<Key> keys() {
		List<String> lines = Chart.read("values.yaml").lines().toList();
		Node root = new Yaml(new LoaderOptions()).compose(new StringReader(Chart.read("values.yaml")));
		List<Key> keys = new ArrayList<>();
		Map<String, Object> values = new Yaml(new SafeConstructor(new LoaderOptions())).load(Chart.read("values.yaml"));
		collect("", (MappingNode) root, values, lines, keys);
		return keys;
	}

	@SuppressWarnings("unchecked")
	private static void collect(String path, MappingNode mapping, Map<String, Object> values, List<String> lines,
			List<Key> keys) {
		for (NodeTuple tuple : mapping.getValue()) {
			String name = ((ScalarNode) tuple.getKeyNode()).getValue();
			String comment = comment(lines, tuple.getKeyNode().getStartMark().getLine());
			if (!comment.isEmpty()) {
				keys.add(new Key(path + name, values.get(name), comment));
			}
			else {
				assertThat(tuple.getValueNode()).as("%s%s needs a comment", path, name).isInstanceOf(MappingNode.class);
				collect(path + name + ".", (MappingNode) tuple.getValueNode(), (Map<String, Object>) values.get(name),
						lines, keys);
			}
		}
	}

	/** The lines of comments right above a line. */
	private static String comment(List<String> lines, int line) {
		List<String> comment = new ArrayList<>();
		for (int i = line - 1; i >= 0 && lines.get(i).strip().startsWith("#"); i--) {
			comment.add(lines.get(i).strip().substring(1).strip());
		}
		Collections.reverse(comment);
		return String.join(" ", comment);
	}

	private static JsonNode schema() {
		return JSON.readTree(Chart.read("values.schema.json"));
	}

}
