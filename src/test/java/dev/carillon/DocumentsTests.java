package dev.carillon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.carillon.Document.Block;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * That what the documents lead to is there: pages, headings, files in commands.
 */
class DocumentsTests {

	/** A path of the repository that begins a word of a command. */
	private static final Pattern FILE = Pattern
		.compile("(?:^|[\\s=])((?:\\./mvnw|\\.ci/|bench/|docker/|helm/|frontend/)[\\w./-]*)");

	private static final Pattern NPM_SCRIPT = Pattern.compile("npm (?:run )?(build|check|format|test)\\b");

	/** What nginx needs besides, so that anybody may ask it. */
	private static final String NGINX = """
			pid pid;
			error_log stderr;
			events {}
			http {
				access_log off;
				client_body_temp_path body;
				proxy_temp_path proxy;
				fastcgi_temp_path fastcgi;
				uwsgi_temp_path uwsgi;
				scgi_temp_path scgi;
			%s
			}
			""";

	private static final Path ENGLISH = Path.of("README.md");

	private static final Path CHINESE = Path.of("README.zh-CN.md");

	static Stream<Document> documents() {
		return Document.all();
	}

	@ParameterizedTest
	@MethodSource("documents")
	void linkWhenItLeadsIntoTheRepositoryThenItsTargetIsThere(Document document) {
		document.links().forEach((link) -> {
			Path target = document.target(link);
			if (target == null) {
				return;
			}
			assertThat(target).as(link).exists();
			if (link.contains("#")) {
				assertThat(Document.of(target).anchors()).as(link).contains(link.substring(link.indexOf('#') + 1));
			}
		});
	}

	@Test
	void documentWhenThereThenAnotherOneLeadsToIt() {
		Set<Path> linked = documents().flatMap((document) -> document.links().map(document::target))
			.filter(Objects::nonNull)
			.collect(Collectors.toSet());
		assertThat(documents().map(Document::file).filter((file) -> !file.startsWith(".github"))).allMatch(
				(file) -> linked.contains(file) || (file.getParent() != null && linked.contains(file.getParent())));
	}

	@ParameterizedTest
	@MethodSource("documents")
	void fileWhenACommandNamesItThenThere(Document document) {
		Stream<String> spans = document.sections().stream().flatMap((section) -> section.spans().stream());
		Stream<String> commands = document.blocks().filter(Block::isCommand).flatMap((block) -> block.code().lines());
		Stream.concat(spans, commands)
			.flatMap((line) -> FILE.matcher(line).results())
			.map((match) -> match.group(1))
			.filter((name) -> !name.startsWith("bench/results"))
			.forEach((name) -> assertThat(Path.of(name)).exists());
	}

	@ParameterizedTest
	@MethodSource("documents")
	void scriptWhenACommandOfNpmNamesItThenThere(Document document) throws IOException {
		JsonNode scripts = JsonMapper.shared()
			.readTree(Files.readString(Path.of("frontend/package.json")))
			.get("scripts");
		assertThat(NPM_SCRIPT.matcher(Files.readString(document.file())).results().map((match) -> match.group(1)))
			.allMatch(scripts::has, "is a script of frontend/package.json");
	}

	@Test
	void readmeWhenTranslatedThenHasTheSameParts() throws IOException {
		assertThat(outline(CHINESE)).isEqualTo(outline(ENGLISH));
		assertThat(code(CHINESE)).isEqualTo(code(ENGLISH));
		assertThat(leads(CHINESE)).containsExactlyInAnyOrderElementsOf(leads(ENGLISH));
		assertThat(Document.of(ENGLISH).links()).contains(CHINESE.toString());
		assertThat(Document.of(CHINESE).links()).contains(ENGLISH.toString());
	}

	/** How headings, blocks, rows, items and pictures follow each other. */
	private static List<String> outline(Path readme) throws IOException {
		return Files.readAllLines(readme)
			.stream()
			.map((line) -> line.replaceFirst("^(#+ |```\\w*|\\||!\\[|- ).*", "$1"))
			.filter((start) -> start.matches("#+ |```\\w*|\\||!\\[|- "))
			.toList();
	}

	/** The code without what is said about it. */
	private static List<String> code(Path readme) {
		return Document.of(readme).blocks().map((block) -> block.code().replaceAll("(?m) +(#|//) .*$", "")).toList();
	}

	private static List<String> leads(Path readme) {
		return Document.of(readme).links().filter((link) -> !link.startsWith("README")).toList();
	}

	@Test
	void configurationWhenForNginxThenNginxTakesIt(@TempDir Path directory) throws IOException, InterruptedException {
		List<Path> nginx = Stream.of("/usr/sbin/nginx", "/usr/bin/nginx")
			.map(Path::of)
			.filter(Files::isExecutable)
			.toList();
		// It is a package of the system; on the machines of CI it is always there.
		assumeThat(!nginx.isEmpty() || System.getenv("CI") != null).as("nginx is installed").isTrue();
		List<Block> blocks = documents().flatMap(Document::blocks)
			.filter((block) -> block.language().equals("nginx"))
			.toList();
		assertThat(blocks).isNotEmpty();
		Path file = directory.resolve("nginx.conf");
		for (Block block : blocks) {
			Files.writeString(file, NGINX.formatted(block.code().replace("listen 80;", "listen 127.0.0.1:18080;")));
			Process process = new ProcessBuilder(nginx.getFirst().toString(), "-t", "-p", directory.toString(), "-c",
					file.toString(), "-e", "stderr")
				.redirectErrorStream(true)
				.start();
			String output = new String(process.getInputStream().readAllBytes());
			assertThat(process.waitFor()).as(output).isZero();
		}
	}

}
