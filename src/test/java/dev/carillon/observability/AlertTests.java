package dev.carillon.observability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The alerts, evaluated by Prometheus' own {@code promtool}.
 */
class AlertTests {

	private static final Path RULES = Path.of("helm/carillon/rules/carillon.yaml");

	private static final Path TESTS = Path.of("src/test/prometheus/carillon_test.yaml");

	/** It is a package of the system; on the machines of CI it is always there. */
	@BeforeEach
	void promtoolIsThere() {
		boolean there = List.of(System.getenv("PATH").split(":"))
			.stream()
			.anyMatch((directory) -> Files.isExecutable(Path.of(directory, "promtool")));
		assumeThat(there || System.getenv("CI") != null).as("promtool is installed").isTrue();
	}

	private static String promtool(String... arguments) throws IOException, InterruptedException {
		List<String> command = Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList();
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes());
		assertThat(process.waitFor()).as(output).isZero();
		return output;
	}

	@Test
	void rulesWhenCheckedThenValid() throws IOException, InterruptedException {
		assertThat(promtool("check", "rules", RULES.toString())).contains("SUCCESS");
	}

	@Test
	void rulesWhenEvaluatedThenAlertAsTheyShould() throws IOException, InterruptedException {
		assertThat(promtool("test", "rules", TESTS.toString())).contains("SUCCESS").doesNotContain("FAILED");
	}

	@Test
	void alertWhenThereThenTestedBothWaysAndDescribed() throws IOException {
		List<String> alerts = Pattern.compile("- alert: (\\w+)")
			.matcher(Files.readString(RULES))
			.results()
			.map((match) -> match.group(1))
			.toList();
		String tests = Files.readString(TESTS);
		String operations = Files.readString(Path.of("docs/operations.md"));
		assertThat(alerts).hasSizeGreaterThan(10).allSatisfy((alert) -> {
			assertThat(tests).as("silent").containsPattern("\\{ eval_time: \\w+, alertname: " + alert + " }");
			assertThat(tests).as("firing").containsPattern("alertname: " + alert + "\n +exp_alerts:\n +- exp_labels");
			assertThat(operations).as("what to do").contains("`" + alert + "`");
		});
	}

}
