package dev.carillon.support;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The service as a process of its own, with the demo users, a port that is free and a
 * database file that outlives it.
 */
public final class CarillonProcess implements AutoCloseable {

	private static final Pattern PORT = Pattern.compile("Jetty started on port (\\d+)");

	/** How long a start may take on a machine with other things to do. */
	private static final int PATIENCE_SECONDS = 120;

	private final Process process;

	private final List<String> output = new ArrayList<>();

	private final CompletableFuture<Integer> port = new CompletableFuture<>();

	private final CompletableFuture<Integer> started = new CompletableFuture<>();

	private final Thread reader;

	private CarillonProcess(Process process) {
		this.process = process;
		this.reader = Thread.ofPlatform().name("output-of-" + process.pid()).daemon().start(this::read);
	}

	/**
	 * Starts the service and waits until it is ready.
	 * @param home where it works and keeps its database
	 * @param arguments further properties, such as {@code --carillon.limits.send-rate=0};
	 * the port is any that is free unless {@code --server.port} is among them
	 */
	public static CarillonProcess start(Path home, String... arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xshare:auto", "-Xmx256m", "-cp", classPath(),
						"dev.carillon.Carillon", "--spring.main.banner-mode=off",
						"--spring.datasource.url=" + databaseUrl(home), "--carillon.scores.simulator.enabled=false",
						"--carillon.stocks.simulator.count=1", "--carillon.limits.send-rate=0"));
		if (Arrays.stream(arguments).noneMatch((argument) -> argument.startsWith("--server.port="))) {
			command.add("--server.port=0");
		}
		command.addAll(Arrays.asList(arguments));
		try {
			CarillonProcess started = new CarillonProcess(
					new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true).start());
			started.started.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
			return started;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Where the database of a process is; with the options of the default. */
	public static String databaseUrl(Path home) {
		return "jdbc:h2:async:" + home.resolve("carillon") + ";RETENTION_TIME=5000;DB_CLOSE_ON_EXIT=FALSE";
	}

	/** Without the tests, whose configurations would be found. */
	private static String classPath() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.endsWith("test-classes") && !entry.endsWith("test-classes/"))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private void read() {
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8))) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				read(line);
			}
		}
		catch (IOException ex) {
			read("The output could not be read: " + ex);
		}
		this.started
			.completeExceptionally(new IllegalStateException("The service has ended:\n" + String.join("\n", output())));
	}

	private void read(String line) {
		synchronized (this.output) {
			this.output.add(line);
		}
		Matcher matcher = PORT.matcher(line);
		if (matcher.find()) {
			this.port.complete(Integer.valueOf(matcher.group(1)));
		}
		if (line.contains("Started Carillon in")) {
			this.started.complete(this.port.join());
		}
	}

	public int port() {
		return this.started.join();
	}

	public long pid() {
		return this.process.pid();
	}

	/** What it has written so far. */
	public List<String> output() {
		synchronized (this.output) {
			return List.copyOf(this.output);
		}
	}

	/** Ends it at once, as {@code kill -9} does, and waits until it is gone. */
	public void kill() {
		this.process.destroyForcibly();
		awaitEnd();
	}

	/** Asks it to stop and waits until it has, and its last words are read. */
	public void stop() {
		// The process itself would close its output at once.
		this.process.toHandle().destroy();
		awaitEnd();
		try {
			this.reader.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private void awaitEnd() {
		try {
			if (!this.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
				throw new IllegalStateException("The process " + this.process.pid() + " does not end");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		if (this.process.isAlive()) {
			kill();
		}
	}

}
