package dev.carillon.workflows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for everything that GitHub runs for this repository.
 */
class WorkflowTests {

	private static final Path GITHUB = Path.of(".github");

	private static final Pattern USES = Pattern
		.compile("\\s*-? uses: (?<action>[\\w./-]+)@(?<sha>[0-9a-f]{40}) # (?<version>v\\d+\\.\\d+\\.\\d+)");

	/** What a job may be allowed beyond reading, for what. */
	private static final Map<String, List<String>> WRITES = Map.of("codeql/analyze", List.of("security-events"),
			"release/jar", List.of("contents", "id-token", "attestations"), "release/image",
			List.of("packages", "id-token", "attestations"), "release/chart", List.of("packages"), "release/npm",
			List.of("id-token"));

	static Stream<Path> workflows() throws IOException {
		try (Stream<Path> files = Files.list(GITHUB.resolve("workflows"))) {
			return files.sorted().toList().stream();
		}
	}

	static Stream<Path> files() throws IOException {
		try (Stream<Path> files = Files.walk(GITHUB)) {
			return files.filter((file) -> file.toString().endsWith(".yml")).sorted().toList().stream();
		}
	}

	/**
	 * A step of a job.
	 *
	 * @param where workflow and job
	 * @param step the step
	 */
	private record Step(String where, Map<String, Object> step) {
	}

	@Test
	void workflowsWhenListedThenAllThatWereAskedFor() throws IOException {
		assertThat(workflows()).extracting(WorkflowTests::name)
			.containsExactly("benchmark", "build", "chart", "codeql", "image", "release");
	}

	@ParameterizedTest
	@MethodSource("workflows")
	void actionWhenUsedThenPinnedByCommitWithItsVersion(Path workflow) {
		assertThat(read(workflow).lines().filter((line) -> line.contains("uses:"))).isNotEmpty()
			.allMatch(USES.asMatchPredicate());
	}

	@Test
	void actionWhenUsedInSeveralPlacesThenTheSameCommit() throws IOException {
		Map<String, String> pins = new HashMap<>();
		workflows().flatMap((workflow) -> read(workflow).lines())
			.map(USES::matcher)
			.filter(Matcher::matches)
			.forEach((use) -> {
				String repository = String.join("/", List.of(use.group("action").split("/")).subList(0, 2));
				String pin = use.group("sha") + " " + use.group("version");
				assertThat(pins.putIfAbsent(repository, pin)).as(repository).isIn(null, pin);
			});
		assertThat(pins).hasSizeGreaterThan(3);
	}

	@ParameterizedTest
	@MethodSource("workflows")
	void permissionsWhenNotSaidOtherwiseThenReadOnly(Path workflow) {
		assertThat(load(workflow).get("permissions")).isEqualTo(Map.of("contents", "read"));
		jobs(workflow).forEach((name, job) -> {
			Map<String, Object> permissions = section(job.getOrDefault("permissions", Map.of()));
			List<String> writes = permissions.entrySet()
				.stream()
				.filter((permission) -> !permission.getValue().equals("read"))
				.map(Map.Entry::getKey)
				.toList();
			assertThat(writes).as(name)
				.containsExactlyInAnyOrderElementsOf(WRITES.getOrDefault(name(workflow) + "/" + name, List.of()));
		});
	}

	@ParameterizedTest
	@MethodSource("workflows")
	void triggersWhenListedThenNoneRunsTheCodeOfStrangersWithSecrets(Path workflow) {
		// YAML 1.1 reads "on" as true.
		Object triggers = Objects.requireNonNull(load(workflow).get(true));
		assertThat(section(triggers).keySet()).isSubsetOf("push", "pull_request", "schedule", "workflow_dispatch");
		if (section(triggers).containsKey("pull_request")) {
			assertThat(read(workflow)).doesNotContain("secrets.", "github.token", "packages: write", "contents: write");
		}
	}

	@ParameterizedTest
	@MethodSource("workflows")
	void jobWhenItHangsThenEnded(Path workflow) {
		jobs(workflow).forEach((name, job) -> {
			assertThat(job.get("timeout-minutes")).as(name)
				.isInstanceOfSatisfying(Integer.class, (minutes) -> assertThat(minutes).isBetween(1, 120));
			assertThat(job.get("runs-on")).as(name).isEqualTo("ubuntu-24.04");
		});
	}

	@ParameterizedTest
	@MethodSource("workflows")
	void scriptWhenRunThenNothingIsWrittenIntoIt(Path workflow) {
		steps(workflow).filter((step) -> step.step().containsKey("run"))
			.forEach((step) -> assertThat(step.step().get("run").toString()).as(step.where()).doesNotContain("${{"));
	}

	@ParameterizedTest
	@MethodSource("workflows")
	void scriptWhenRunThenBashCanReadIt(Path workflow) throws IOException, InterruptedException {
		for (Step step : steps(workflow).filter((candidate) -> candidate.step().containsKey("run")).toList()) {
			Process bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
			try (var input = bash.outputWriter()) {
				input.write(step.step().get("run").toString());
			}
			String output = new String(bash.getInputStream().readAllBytes());
			assertThat(bash.waitFor()).as("%s: %s", step.where(), output).isZero();
		}
	}

	@ParameterizedTest
	@MethodSource("workflows")
	void checkoutWhenDoneThenLeavesNoToken(Path workflow) {
		assertThat(steps(workflow)
			.filter((step) -> step.step().getOrDefault("uses", "").toString().startsWith("actions/checkout@")))
			.isNotEmpty()
			.allSatisfy((step) -> assertThat(step.step().get("with")).as(step.where())
				.isEqualTo(Map.of("persist-credentials", false)));
	}

	@ParameterizedTest
	@MethodSource("workflows")
	void fileWhenAScriptNamesItThenThere(Path workflow) {
		Pattern file = Pattern.compile("(?:^|\\s)((?:\\./|\\.ci/|bench/|helm/|docker/)[\\w./-]+\\b)");
		steps(workflow).filter((step) -> step.step().containsKey("run"))
			.flatMap((step) -> file.matcher(step.step().get("run").toString()).results())
			.map((match) -> match.group(1))
			.filter((name) -> !name.startsWith("bench/results"))
			.forEach((name) -> assertThat(Path.of(name)).exists());
	}

	@ParameterizedTest
	@MethodSource("files")
	void fileWhenReadThenYaml(Path file) {
		assertThat(load(file)).isNotEmpty();
	}

	@Test
	void dependabotWhenConfiguredThenLooksWhereDependenciesAre() {
		List<Map<String, Object>> updates = list(load(GITHUB.resolve("dependabot.yml")).get("updates"));
		Map<String, String> evidence = Map.of("maven", "pom.xml", "npm", "package-lock.json", "github-actions",
				".github/workflows", "docker", "Dockerfile", "docker-compose", "compose.yaml");
		assertThat(updates).extracting((update) -> update.get("package-ecosystem"))
			.containsExactlyInAnyOrderElementsOf(evidence.keySet());
		assertThat(updates).allSatisfy((update) -> assertThat(
				Path.of(update.get("directory").toString().substring(1), evidence.get(update.get("package-ecosystem"))))
			.exists());
	}

	@Test
	void ownersWhenListedThenOfWhatIsThere() {
		assertThat(
				read(GITHUB.resolve("CODEOWNERS")).lines().filter((line) -> !line.startsWith("#") && !line.isBlank()))
			.allSatisfy((line) -> {
				String[] words = line.split("\\s+");
				assertThat(words).hasSizeGreaterThan(1);
				assertThat(List.of(words).subList(1, words.length)).allMatch((owner) -> owner.startsWith("@"));
				if (!words[0].equals("*")) {
					assertThat(Path.of(words[0].substring(1))).exists();
				}
			});
	}

	@ParameterizedTest
	@MethodSource("files")
	void formWhenFilledInThenItsFieldsHaveNames(Path file) {
		Map<Object, Object> form = load(file);
		if (!form.containsKey("body")) {
			return;
		}
		assertThat(form).containsKeys("name", "description", "labels");
		List<Map<String, Object>> fields = list(form.get("body")).stream()
			.filter((field) -> !field.get("type").equals("markdown"))
			.toList();
		assertThat(fields).extracting((field) -> field.get("id")).doesNotContainNull().doesNotHaveDuplicates();
		assertThat(fields).allSatisfy((field) -> assertThat(section(field.get("attributes"))).containsKey("label"));
	}

	private static String name(Path workflow) {
		return workflow.getFileName().toString().replace(".yml", "");
	}

	private static Map<String, Map<String, Object>> jobs(Path workflow) {
		Map<String, Map<String, Object>> jobs = new HashMap<>();
		section(Objects.requireNonNull(load(workflow).get("jobs")))
			.forEach((name, job) -> jobs.put(name, section(job)));
		return jobs;
	}

	private static Stream<Step> steps(Path workflow) {
		return jobs(workflow).entrySet()
			.stream()
			.flatMap((job) -> list(job.getValue().get("steps")).stream()
				.map((step) -> new Step(name(workflow) + "/" + job.getKey(), step)));
	}

	private static Map<Object, Object> load(Path file) {
		return new Yaml(new SafeConstructor(new LoaderOptions())).load(read(file));
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> section(Object value) {
		return (Map<String, Object>) value;
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> list(Object value) {
		return (List<Map<String, Object>>) value;
	}

}
