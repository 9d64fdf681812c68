package dev.carillon;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.carillon.Document.Section;
import dev.carillon.security.SecurityProperties;
import dev.carillon.topic.TopicProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That documents name the properties that there are, and all of them.
 */
class DocumentedPropertiesTests {

	/** What stands for a name that users choose. */
	private static final String ANY = "<name>";

	/** A name, or the beginning of some, but no path and no file. */
	private static final Pattern PROPERTY = Pattern
		.compile("(?<![\\w./-])carillon(?:\\.(?:[a-z][a-z0-9-]*|<\\w+>))+(?![\\w/-])");

	private static final Set<String> FILES = Set.of("carillon.jar", "carillon.js", "carillon.aot", "carillon.json",
			"carillon.yaml");

	/** Fields of the lines that are logged. */
	private static final Pattern FIELDS = Pattern.compile("carillon\\.(session|close)\\..+");

	/** All properties; whatever a user names is {@value #ANY}. */
	private final Set<String> properties = properties();

	static Stream<Document> documents() {
		return Document.all();
	}

	@ParameterizedTest
	@MethodSource("documents")
	void propertyWhenNamedInTextThenThere(Document document) {
		assertThat(document.sections().stream().flatMap(DocumentedPropertiesTests::words)).allMatch(
				(name) -> this.properties.stream()
					.anyMatch((property) -> isSame(name, property) || isAbove(name, property)),
				"is a property of the service, or the beginning of one");
	}

	@ParameterizedTest
	@MethodSource("documents")
	void propertyWhenSetInYamlThenThere(Document document) {
		assertThat(document.sections().stream().flatMap(DocumentedPropertiesTests::keys)).allMatch(
				(name) -> this.properties.stream().anyMatch((property) -> isSame(name, property)),
				"is a property of the service");
	}

	@Test
	void propertyWhenThereThenADocumentNamesIt() {
		List<Section> sections = documents().flatMap((document) -> document.sections().stream()).toList();
		Set<String> names = sections.stream()
			.flatMap((section) -> Stream.concat(words(section), keys(section)))
			.collect(Collectors.toSet());
		assertThat(this.properties).filteredOn((property) -> names.stream().noneMatch((name) -> isSame(name, property)))
			.allMatch((property) -> sections.stream().anyMatch((section) -> isInTable(property, section)));
	}

	/**
	 * The name of a group stands in the section, and the rest of the property's name by
	 * itself.
	 */
	private static boolean isInTable(String property, Section section) {
		List<String> spans = section.spans();
		List<String> groups = spans.stream().map(DocumentedPropertiesTests::normalized).toList();
		return IntStream.range(1, property.length())
			.filter((at) -> property.charAt(at) == '.')
			.anyMatch((at) -> groups.contains(property.substring(0, at)) && spans.contains(property.substring(at + 1)));
	}

	private static Stream<String> words(Section section) {
		Stream<String> code = section.blocks()
			.stream()
			.filter((block) -> block.isCommand() || block.language().equals("properties"))
			.map(Document.Block::code);
		return Stream.concat(section.spans().stream(), code)
			.flatMap((text) -> PROPERTY.matcher(text).results())
			.map((match) -> match.group())
			.filter((name) -> !FILES.contains(name) && !FIELDS.matcher(name).matches());
	}

	private static Stream<String> keys(Section section) {
		return section.blocks()
			.stream()
			.filter((block) -> block.language().equals("yaml"))
			.flatMap((block) -> keys("", new Yaml(new SafeConstructor(new LoaderOptions())).load(block.code())))
			.filter((key) -> key.startsWith("carillon."));
	}

	private static Stream<String> keys(String prefix, Object node) {
		if (!(node instanceof Map<?, ?> map)) {
			return Stream.of(prefix);
		}
		String start = prefix.isEmpty() ? "" : prefix + ".";
		return map.entrySet().stream().flatMap((entry) -> keys(start + entry.getKey(), entry.getValue()));
	}

	private static boolean isSame(String name, String property) {
		return normalized(name).matches(pattern(property));
	}

	private static boolean isAbove(String group, String property) {
		return property.startsWith(normalized(group) + ".");
	}

	private static String normalized(String name) {
		return name.replaceAll("<\\w+>", ANY);
	}

	private static String pattern(String property) {
		return Arrays.stream(property.split("\\."))
			.map((part) -> part.equals(ANY) ? "[^.]+" : Pattern.quote(part))
			.collect(Collectors.joining("\\."));
	}

	private static Set<String> properties() {
		Set<String> names = new TreeSet<>();
		try (InputStream metadata = new ClassPathResource("META-INF/spring-configuration-metadata.json")
			.getInputStream()) {
			JsonMapper.shared()
				.readTree(metadata)
				.get("properties")
				.valueStream()
				.map((property) -> property.get("name").asString())
				.filter((name) -> name.startsWith("carillon."))
				.forEach(names::add);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		assertThat(names).hasSizeGreaterThan(50);
		// Of maps the metadata knows the name only.
		replace(names, "carillon.topics", TopicProperties.Family.class);
		replace(names, "carillon.security.users", SecurityProperties.User.class);
		return names;
	}

	private static void replace(Set<String> names, String map, Class<?> type) {
		assertThat(names.remove(map)).as(map).isTrue();
		components(map + "." + ANY, type).forEach(names::add);
	}

	private static Stream<String> components(String prefix, Class<?> type) {
		return Arrays.stream(type.getRecordComponents()).flatMap((component) -> {
			String name = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
			return component.getType().isRecord() ? components(name, component.getType()) : Stream.of(name);
		});
	}

}
