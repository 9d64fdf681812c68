package dev.carillon.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the image contains, made and started as the Dockerfile does it, without a
 * container: assembled by the same script, started by its ENTRYPOINT with its ENV, as a
 * user who may write nowhere but in the working directory.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ImageIntegrationTests {

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	private static final String USER = "10001";

	private static final String HOME = "/opt/carillon";

	private final String dockerfile = read(Path.of("Dockerfile"));

	private final int port = freePort();

	private final int managementPort = freePort();

	private Path root;

	/** What is {@link #HOME} in the image. */
	private Path home;

	private Map<Path, FileTime> assembled;

	private Process service;

	/** Stands for a collector of traces: what was posted to it. */
	private final List<String> traces = new CopyOnWriteArrayList<>();

	private HttpServer collector;

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@BeforeAll
	void assembleAndStart() throws IOException, InterruptedException {
		this.root = Files.createTempDirectory("image",
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
		this.home = this.root.resolve("home");
		run(Map.of("JAVA_HOME", System.getProperty("java.home")), Path.of("docker", "assemble").toString(),
				System.getProperty("carillon.jar", "target/carillon.jar"), this.home.toString());
		this.assembled = modified();
		Path work = this.root.resolve("work");
		run(Map.of(), isRoot() ? List.of("install", "-d", "-o", USER, "-g", USER, "-m", "750", work.toString())
				: List.of("install", "-d", "-m", "750", work.toString()));
		List<String> command = new ArrayList<>();
		if (isRoot()) {
			command
				.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups", "--no-new-privs"));
		}
		command.addAll(entryPoint());
		ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile())
			.redirectErrorStream(true)
			.redirectOutput(this.root.resolve("output").toFile());
		builder.environment().clear();
		builder.environment().putAll(environment());
		builder.environment().put("SERVER_PORT", Integer.toString(this.port));
		builder.environment().put("MANAGEMENT_SERVER_PORT", Integer.toString(this.managementPort));
		startCollector();
		builder.environment()
			.put("MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT",
					"http://127.0.0.1:" + this.collector.getAddress().getPort() + "/v1/traces");
		builder.environment().put("MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_SCHEDULEDELAY", "50ms");
		builder.environment().put("MANAGEMENT_TRACING_SAMPLING_PROBABILITY", "1");
		// Without its cache it would start as well, only later.
		builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on -Xmx256m");
		this.service = builder.start();
		await().atMost(PATIENCE).until(this::isHealthy);
	}

	private void startCollector() throws IOException {
		this.collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.collector.createContext("/v1/traces", (exchange) -> {
			this.traces.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
			exchange.sendResponseHeaders(200, -1);
			exchange.close();
		});
		this.collector.start();
	}

	@AfterAll
	void remove() throws IOException, InterruptedException {
		if (this.service != null) {
			this.service.destroyForcibly().waitFor();
		}
		if (this.collector != null) {
			this.collector.stop(0);
		}
		run(Map.of(), "chmod", "-R", "u+w", this.root.toString());
		FileSystemUtils.deleteRecursively(this.root);
	}

	/** As the Dockerfile says, but in our directory. */
	private List<String> entryPoint() {
		Matcher matcher = Pattern.compile("^ENTRYPOINT (\\[.*])$", Pattern.MULTILINE).matcher(this.dockerfile);
		assertThat(matcher.find()).isTrue();
		return Stream.of(new JsonMapper().readValue(matcher.group(1), String[].class))
			.map((word) -> word.replace(HOME, this.home.toString()))
			.toList();
	}

	private Map<String, String> environment() {
		Map<String, String> environment = new TreeMap<>();
		Matcher matcher = Pattern.compile("^(?:ENV| ) +([A-Z_]+)=(\\S+)", Pattern.MULTILINE).matcher(this.dockerfile);
		while (matcher.find()) {
			environment.put(matcher.group(1), matcher.group(2));
		}
		assertThat(environment).containsEntry("SPRING_PROFILES_ACTIVE", "production")
			.containsKeys("SERVER_PORT", "MANAGEMENT_SERVER_PORT");
		return environment;
	}

	private boolean isHealthy() throws IOException, InterruptedException {
		assertThat(this.service.isAlive()).as(() -> read(this.root.resolve("output"))).isTrue();
		return health(this.managementPort) == 0;
	}

	/** What HEALTHCHECK runs. */
	private static int health(int port) throws IOException, InterruptedException {
		return new ProcessBuilder("docker/health", Integer.toString(port)).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start()
			.waitFor();
	}

	private static boolean isRoot() throws IOException {
		return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
	}

	private static String run(Map<String, String> environment, String... command)
			throws IOException, InterruptedException {
		return run(environment, List.of(command));
	}

	private static String run(Map<String, String> environment, List<String> command)
			throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().putAll(environment);
		Process process = builder.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
		return output;
	}

	@Test
	void healthWhenNobodyListensThenNot() throws IOException, InterruptedException {
		assertThat(health(freePort())).isNotZero();
	}

	@Test
	void runtimeWhenReducedThenWithoutWhatOnlyBuildsNeed() throws IOException, InterruptedException {
		String modules = run(Map.of(), this.home.resolve("runtime/bin/java").toString(), "--list-modules");
		assertThat(modules).contains("java.base@25", "java.sql@", "jdk.jcmd@")
			.doesNotContain("jdk.compiler", "jdk.jlink");
		assertThat(size(this.home.resolve("runtime"))).isLessThan(size(Path.of(System.getProperty("java.home"))) / 2);
	}

	/** All files with the times of their last changes. */
	private Map<Path, FileTime> modified() throws IOException {
		Map<Path, FileTime> modified = new TreeMap<>();
		try (Stream<Path> files = Files.walk(this.home)) {
			for (Path file : files.toList()) {
				modified.put(file, Files.getLastModifiedTime(file));
			}
		}
		return modified;
	}

	private static long size(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter(Files::isRegularFile).mapToLong((file) -> file.toFile().length()).sum();
		}
	}

	@Test
	void processWhenStartedThenNobodyInParticular() throws IOException {
		String status = read(Path.of("/proc", Long.toString(this.service.pid()), "status"));
		if (isRoot()) {
			assertThat(status).containsPattern("Uid:\\s+10001\\s+10001\\s+10001").containsPattern("CapEff:\\s+0{16}");
		}
		else {
			assertThat(status).containsPattern("CapEff:\\s+0{16}");
		}
		assertThat(this.dockerfile).contains("USER " + USER + ":" + USER);
	}

	@Test
	void directoryWhenTheServiceRunsThenNotWrittenTo() throws IOException {
		assertThat(modified()).isEqualTo(this.assembled);
		try (Stream<Path> files = Files.walk(this.home)) {
			assertThat(files).allSatisfy(
					(file) -> assertThat(Files.getPosixFilePermissions(file)).asString().doesNotContain("WRITE"));
		}
		try (Stream<Path> files = Files.walk(this.root.resolve("work"))) {
			assertThat(files).anyMatch((file) -> file.toString().endsWith("carillon.mv.db"));
		}
	}

	@Test
	void filesWhenCopiedThenAllOfThem() throws IOException {
		try (Stream<Path> files = Files.list(this.home)) {
			assertThat(files)
				.allSatisfy((file) -> assertThat(this.dockerfile).contains(HOME + "/" + file.getFileName()));
		}
	}

	@Test
	void toolsWhenTheRuntimeIsReducedThenStillLookInside() throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		if (isRoot()) {
			command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups"));
		}
		command.addAll(List.of(this.home.resolve("runtime/bin/jcmd").toString(), Long.toString(this.service.pid()),
				"Thread.print"));
		assertThat(run(Map.of(), command)).contains("delivery-0");
	}

	/** The sender is found by name; no class of ours says which modules it needs. */
	@Test
	void tracesWhenThereIsACollectorThenArriveFromTheReducedRuntime() throws IOException, InterruptedException {
		try (HttpClient client = HttpClient.newHttpClient()) {
			URI uri = URI.create("http://127.0.0.1:" + this.port + "/api/stocks");
			assertThat(client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
				.statusCode()).isEqualTo(200);
		}
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(this.traces).as(() -> read(this.root.resolve("output")))
				.anyMatch((spans) -> spans.contains("/api/stocks")));
		assertThat(read(this.root.resolve("output"))).doesNotContain("ClassNotFoundException", "NoClassDefFoundError");
	}

	@Test
	@Order(Integer.MAX_VALUE)
	void stopWhenToldThenEndsByItself() throws InterruptedException {
		assertThat(this.dockerfile).contains("STOPSIGNAL SIGTERM");
		this.service.toHandle().destroy();
		assertThat(this.service.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(this.service.exitValue()).isEqualTo(143);
	}

}
