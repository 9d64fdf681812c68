package dev.carillon.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import org.springframework.boot.convert.DurationStyle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code compose.yaml} and {@code Dockerfile} as far as they can be judged without an
 * engine.
 */
class ComposeTests {

	private static final Pattern COPY = Pattern.compile("^COPY (?!--from)(.+) \\S+$", Pattern.MULTILINE);

	private final Map<String, Object> service = section(services().get("carillon"));

	private static Map<String, Object> services() {
		Map<String, Object> compose = new Yaml(new SafeConstructor(new LoaderOptions())).load(read("compose.yaml"));
		return section(compose.get("services"));
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> section(Object value) {
		return (Map<String, Object>) value;
	}

	private static String read(String file) {
		try {
			return Files.readString(Path.of(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void serviceWhenStartedThenLocked() {
		assertThat(this.service).containsEntry("read_only", true)
			.containsEntry("cap_drop", List.of("ALL"))
			.containsEntry("security_opt", List.of("no-new-privileges:true"))
			.containsKeys("mem_limit", "depends_on")
			.doesNotContainKeys("privileged", "user");
		assertThat((List<?>) this.service.get("ports")).asString().contains("127.0.0.1:").doesNotContain("8081");
		assertThat((List<?>) this.service.get("tmpfs")).asString().contains("/tmp:", "/var/lib/carillon:uid=10001");
	}

	@Test
	void passwordWhenNotGivenThenNone() {
		assertThat(section(this.service.get("environment")).get("SPRING_DATASOURCE_PASSWORD").toString())
			.isEqualTo(section(section(services().get("database")).get("environment")).get("POSTGRES_PASSWORD"))
			.contains(":?");
	}

	@Test
	void stopWhenToldThenItsTimesFitTogether() {
		Map<String, Object> environment = section(this.service.get("environment"));
		Duration drain = duration(environment.get("CARILLON_DRAIN_PERIOD"));
		Duration phase = duration(environment.get("SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE"));
		assertThat(phase).isGreaterThan(drain);
		assertThat(duration(this.service.get("stop_grace_period"))).isGreaterThanOrEqualTo(phase.multipliedBy(2));
	}

	private static Duration duration(Object text) {
		return DurationStyle.detectAndParse(text.toString());
	}

	@Test
	void fileWhenCopiedIntoTheImageThenThereAndNotIgnored() {
		List<String> ignore = read(".dockerignore").lines().toList();
		assertThat(ignore).startsWith("*");
		List<String> copied = COPY.matcher(read("Dockerfile"))
			.results()
			.flatMap((copy) -> Stream.of(copy.group(1).split(" ")))
			.toList();
		assertThat(copied).contains("docker/assemble", "target/carillon.jar").allSatisfy((file) -> {
			assertThat(ignore).anyMatch((line) -> line.startsWith("!") && file.startsWith(line.substring(1)));
			assertThat(file.startsWith("target/") || Files.exists(Path.of(file))).as(file).isTrue();
		});
	}

	@Test
	void userWhenTheImageRunsThenANumberThatIsNotRoot() {
		Matcher user = Pattern.compile("^USER (\\d+):(\\d+)$", Pattern.MULTILINE).matcher(read("Dockerfile"));
		assertThat(user.find()).isTrue();
		assertThat(Integer.parseInt(user.group(1))).isGreaterThanOrEqualTo(10000);
	}

}
