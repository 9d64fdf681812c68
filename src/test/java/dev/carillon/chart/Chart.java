package dev.carillon.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;

/**
 * The Helm chart of this repository, rendered by Helm itself and without a cluster.
 */
final class Chart {

	static final Path DIRECTORY = Path.of("helm", "carillon");

	static final String RELEASE = "release";

	static final String NAMESPACE = "messaging";

	/** The oldest Kubernetes that it is for. */
	private static final String KUBERNETES = "1.30.0";

	private static final String HOOK = "helm.sh/hook";

	/** What {@link #HOOK} is called in what is rendered here. */
	static final String RENDERED_HOOK = "rendered-hook";

	/** Where the chart stands with its hooks renamed: this Helm leaves hooks out. */
	private static final Path WITH_HOOKS = withHooks();

	private Chart() {
	}

	private static Path withHooks() {
		Path copy = Path.of("target", "chart-with-hooks");
		try (Stream<Path> files = Files.walk(DIRECTORY)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				Path to = copy.resolve(DIRECTORY.relativize(file));
				Files.createDirectories(to.getParent());
				Files.writeString(to, Files.readString(file).replace(HOOK, RENDERED_HOOK));
			}
			return copy;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static LintResult lint() {
		return new Helm(DIRECTORY).lint().strict().call();
	}

	/**
	 * Renders it.
	 * @param values a file with values
	 * @param settings further values by their paths, with numbers, booleans or strings
	 * @throws IllegalStateException with what Helm says, if it refuses the values
	 */
	static Manifests render(Path values, Map<String, ?> settings) {
		TemplateCommand command = new Helm(WITH_HOOKS).template()
			.withName(RELEASE)
			.withNamespace(NAMESPACE)
			.withKubeVersion(KUBERNETES)
			.withValuesFile(values);
		settings.forEach(command::set);
		return Manifests.parse(command.call());
	}

	static Manifests render(Path values) {
		return render(values, Map.of());
	}

	/** What Helm says after an installation. */
	static String notes(Path values) {
		String output = new Helm(DIRECTORY).install()
			.clientOnly()
			.dryRun()
			.withName(RELEASE)
			.withNamespace(NAMESPACE)
			.withKubeVersion(KUBERNETES)
			.withValuesFile(values)
			.call()
			.getOutput();
		return output.substring(output.indexOf("NOTES:"));
	}

	static Path ci(String name) {
		return DIRECTORY.resolve("ci").resolve(name + ".yaml");
	}

	/** All files of values that the chart is tried with. */
	static List<Path> ci() {
		try (Stream<Path> files = Files.list(DIRECTORY.resolve("ci"))) {
			return files.sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String read(String file) {
		try {
			return Files.readString(DIRECTORY.resolve(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
