package dev.carillon.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.openshift.api.model.monitoring.v1.Endpoint;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A pod of the chart, with the values of {@code ci/production.yaml}, on this machine: the
 * jar runs with its environment and its files and nothing else, and is asked what the
 * cluster would ask.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChartIntegrationTests {

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	/** What an operator has put into the cluster beforehand, in plain text. */
	private final Map<String, Map<String, String>> secrets = Map.of("carillon-database",
			Map.of("username", "postgres", "password", "postgres"), "carillon-metrics",
			Map.of("username", "prometheus", "password", "scrapes"), "carillon-test",
			Map.of("username", "tester", "password", "tests"), "carillon-users",
			Map.of("carillon.security.users.prometheus.password", encoded("scrapes"),
					"carillon.security.users.prometheus.roles", "OPERATOR", "carillon.security.users.tester.password",
					encoded("tests"), "carillon.security.users.tester.roles", "USER"));

	private final int port = freePort();

	private final int managementPort = freePort();

	/** As PER_CLASS has it, an instance field would be set too late. */
	@TempDir
	private static Path node;

	private EmbeddedPostgres database;

	private Manifests manifests;

	private Process process;

	private static String encoded(String password) {
		return "{bcrypt}" + new BCryptPasswordEncoder(4).encode(password);
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@BeforeAll
	void start() throws IOException {
		this.database = EmbeddedPostgres.start();
		this.manifests = Chart.render(Chart.ci("production"),
				Map.of("ports.http", this.port, "ports.management", this.managementPort, "database.url",
						"jdbc:postgresql://localhost:" + this.database.getPort() + "/postgres"));
		PodSpec pod = this.manifests.server();
		Map<String, Path> mounts = mount(pod);
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-Xmx256m", "-jar",
				Path.of(System.getProperty("carillon.jar", "target/carillon.jar")).toAbsolutePath().toString());
		builder.environment().clear();
		environment(container(pod)).forEach((name, value) -> builder.environment().put(name, local(value, mounts)));
		builder.directory(node.toFile()).redirectErrorStream(true).redirectOutput(node.resolve("output").toFile());
		this.process = builder.start();
		await().atMost(PATIENCE).until(() -> isReady(container(pod).getStartupProbe()));
	}

	@AfterAll
	void stop() throws IOException {
		if (this.process != null) {
			this.process.destroyForcibly();
		}
		this.database.close();
	}

	private static Container container(PodSpec pod) {
		return pod.getContainers().getFirst();
	}

	/** Makes the volumes of a pod, and says where each is mounted. */
	private Map<String, Path> mount(PodSpec pod) throws IOException {
		Map<String, Path> mounts = new LinkedHashMap<>();
		for (VolumeMount mount : container(pod).getVolumeMounts()) {
			Path directory = Files.createDirectories(node.resolve(mount.getName()));
			mounts.put(mount.getMountPath(), directory);
		}
		for (VolumeMount mount : container(pod).getVolumeMounts()) {
			Volume volume = pod.getVolumes()
				.stream()
				.filter((candidate) -> candidate.getName().equals(mount.getName()))
				.findFirst()
				.orElseThrow();
			for (Map.Entry<String, String> file : content(volume).entrySet()) {
				Files.writeString(node.resolve(mount.getName()).resolve(file.getKey()), local(file.getValue(), mounts));
			}
		}
		return mounts;
	}

	private Map<String, String> content(Volume volume) {
		if (volume.getConfigMap() != null) {
			return this.manifests.all(ConfigMap.class)
				.stream()
				.filter((map) -> map.getMetadata().getName().equals(volume.getConfigMap().getName()))
				.map(ConfigMap::getData)
				.findFirst()
				.orElseThrow();
		}
		if (volume.getSecret() != null) {
			return secret(volume.getSecret().getSecretName());
		}
		return Map.of();
	}

	/** Names of files as they are on this machine. */
	private static String local(String text, Map<String, Path> mounts) {
		String all = mounts.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
		return Pattern.compile(all)
			.matcher(text)
			.replaceAll(
					(match) -> Matcher.quoteReplacement(Objects.requireNonNull(mounts.get(match.group())).toString()));
	}

	private Map<String, String> environment(Container container) {
		Map<String, String> environment = new HashMap<>();
		for (EnvVar variable : container.getEnv()) {
			environment.put(variable.getName(),
					(variable.getValueFrom() == null) ? variable.getValue()
							: Objects.requireNonNull(secret(variable.getValueFrom().getSecretKeyRef().getName())
								.get(variable.getValueFrom().getSecretKeyRef().getKey())));
		}
		return environment;
	}

	private Map<String, String> secret(String name) {
		return Objects.requireNonNull(this.secrets.get(name), () -> "The chart wants a secret " + name);
	}

	private boolean isReady(Probe probe) throws IOException, InterruptedException {
		assertThat(this.process.isAlive()).as(() -> output()).isTrue();
		try {
			return status(portNamed(probe.getHttpGet().getPort().getStrVal()), probe.getHttpGet().getPath()) == 200;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private String output() {
		try {
			return Files.readString(node.resolve("output"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private int portNamed(String name) {
		return container(this.manifests.server()).getPorts()
			.stream()
			.filter((candidate) -> candidate.getName().equals(name))
			.findFirst()
			.orElseThrow()
			.getContainerPort();
	}

	private static int status(int port, String path, String... headers) throws IOException, InterruptedException {
		return get(port, path, headers).statusCode();
	}

	private static HttpResponse<String> get(int port, String path, String... headers)
			throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
		if (headers.length > 0) {
			request.headers(headers);
		}
		return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	@Test
	void probeWhenTheJarRunsThenAnswered() {
		Container container = container(this.manifests.server());
		for (Probe probe : List.of(container.getStartupProbe(), container.getLivenessProbe(),
				container.getReadinessProbe())) {
			await().atMost(PATIENCE).until(() -> isReady(probe));
		}
	}

	@Test
	void actuatorWhenAskedWhereClientsAreThenNotThere() throws IOException, InterruptedException {
		assertThat(status(this.port, "/api/stocks")).isEqualTo(200);
		assertThat(status(this.port, "/actuator/health")).isEqualTo(404);
		assertThat(status(this.port, "/actuator/prometheus")).isEqualTo(404);
	}

	@Test
	void metricsWhenTheMonitorAsksThenAnswered() throws IOException, InterruptedException {
		Endpoint endpoint = this.manifests.one(ServiceMonitor.class).getSpec().getEndpoints().getFirst();
		Map<String, String> username = secret(endpoint.getBasicAuth().getUsername().getName());
		String credentials = username.get(endpoint.getBasicAuth().getUsername().getKey()) + ":"
				+ secret(endpoint.getBasicAuth().getPassword().getName())
					.get(endpoint.getBasicAuth().getPassword().getKey());
		int asked = portNamed(endpoint.getPort());
		assertThat(status(asked, endpoint.getPath())).isEqualTo(401);
		HttpResponse<String> answer = get(asked, endpoint.getPath(), "Authorization",
				"Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).contains("carillon_sessions{", "carillon_health{");
	}

	@Test
	void databaseWhenThereIsAnUrlThenUsed() throws Exception {
		try (var connection = this.database.getPostgresDatabase().getConnection();
				var tables = connection.getMetaData().getTables(null, "public", "flyway_schema_history", null)) {
			assertThat(tables.next()).isTrue();
		}
		try (var files = Files.list(node.resolve("data"))) {
			assertThat(files).isEmpty();
		}
	}

	@Test
	void testPodWhenItRunsThenPublishesAndReceives() throws IOException, InterruptedException {
		Pod pod = this.manifests.one(Pod.class);
		Map<String, String> environment = environment(container(pod.getSpec()));
		assertThat(environment.get("HOST")).isEqualTo(Chart.RELEASE + "-carillon");
		assertThat(smoke(environment)).contains("subscribed to /topic/helm-test.tester", "published and received");
		environment.keySet().removeAll(List.of("USERNAME", "PASSWORD"));
		assertThat(smoke(environment)).contains("a guest cannot publish");
	}

	/** Runs the script of the test pod against this machine instead of the Service. */
	private String smoke(Map<String, String> environment) throws IOException, InterruptedException {
		String script = this.manifests.all(ConfigMap.class)
			.stream()
			.map((map) -> map.getData().get("smoke.sh"))
			.filter(Objects::nonNull)
			.findFirst()
			.orElseThrow();
		ProcessBuilder builder = new ProcessBuilder("bash",
				Files.writeString(node.resolve("smoke.sh"), script).toString());
		builder.environment().putAll(environment);
		builder.environment().put("HOST", "localhost");
		builder.environment().put("PORT", Integer.toString(this.port));
		Process smoke = builder.redirectErrorStream(true).start();
		String output = new String(smoke.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(smoke.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(smoke.exitValue()).as(output).isZero();
		return output;
	}

}
