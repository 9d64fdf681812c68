package dev.carillon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The npm workspace in {@code frontend/}, whose tests run in a Node process for each
 * file.
 * <p>
 * A process that takes longer than its limit is ended, and in any case nothing that it
 * has started outlives it.
 */
final class Frontend {

	private static final Duration INSTALL_LIMIT = Duration.ofMinutes(10);

	private static final Duration FILE_LIMIT = Duration.ofMinutes(8);

	private final JsonMapper json = JsonMapper.builder().build();

	private final Path root;

	private final Path output;

	/**
	 * Opens the workspace.
	 * @param root where it is
	 * @param output where the output of processes is kept
	 */
	Frontend(Path root, Path output) {
		this.root = root.toAbsolutePath();
		this.output = output.toAbsolutePath();
	}

	/**
	 * What became of one test.
	 *
	 * @param name its name after those of its groups
	 * @param millis how long it took
	 * @param failure what was thrown, or null if it has passed
	 * @param skipped whether it did not run
	 */
	record Result(String name, long millis, @Nullable String failure, boolean skipped) {
	}

	/**
	 * What became of a test file.
	 *
	 * @param exitCode 0 if all is well
	 * @param results the tests that ended, in order
	 * @param errors what the process said beside its results
	 */
	record Run(int exitCode, List<Result> results, String errors) {
	}

	/**
	 * Installs what the lock file names and builds what the tests use, unless that is
	 * done already.
	 */
	void install() {
		Run run = run(this.root, "build", INSTALL_LIMIT, Map.of(), List.of("node", "build.mjs"));
		if (run.exitCode() != 0) {
			throw new IllegalStateException("The front end could not be built:\n" + run.errors());
		}
	}

	/**
	 * The test files of the workspace {@code e2e}, by name.
	 */
	List<String> testFiles() {
		try (Stream<Path> files = Files.list(this.root.resolve("e2e/test"))) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(".test.mjs"))
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Runs one test file.
	 */
	Run test(String file, Map<String, String> environment) {
		return run(this.root.resolve("e2e"), file, FILE_LIMIT, environment,
				List.of("node", "--test", "--test-reporter=./support/lines.reporter.mjs", "test/" + file));
	}

	private Run run(Path directory, String name, Duration limit, Map<String, String> environment,
			List<String> command) {
		try {
			Files.createDirectories(this.output);
			Path out = this.output.resolve(name + ".out");
			Path err = this.output.resolve(name + ".err");
			ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
				.redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
				.redirectOutput(out.toFile())
				.redirectError(err.toFile());
			builder.environment().putAll(environment);
			// The runner of this test may itself run below another one.
			builder.environment().remove("NODE_TEST_CONTEXT");
			int exitCode = await(start(builder), limit);
			return new Run(exitCode, results(out), Files.readString(err));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Process start(ProcessBuilder builder) {
		try {
			return builder.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(
					"%s cannot be started; the tests of the front end need Node.js 20.19 or newer with npm on the PATH"
						.formatted(builder.command().getFirst()),
					ex);
		}
	}

	private static int await(Process process, Duration limit) {
		try {
			return process.waitFor(limit.toSeconds(), TimeUnit.SECONDS) ? process.exitValue() : Integer.MIN_VALUE;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Integer.MIN_VALUE;
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		}
	}

	private List<Result> results(Path out) throws IOException {
		return Files.readAllLines(out)
			.stream()
			.filter((line) -> line.startsWith("{\"name\":"))
			.map((line) -> this.json.readValue(line, Result.class))
			.toList();
	}

}
