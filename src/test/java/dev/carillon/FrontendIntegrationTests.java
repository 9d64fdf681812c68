package dev.carillon;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import dev.carillon.Frontend.Result;
import dev.carillon.Frontend.Run;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Clients nobody here wrote, in Node and in Chromium, the console and the plain page,
 * against this service on a real port, and against the jar where a test ends the service.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = {
		"spring.datasource.url=jdbc:h2:mem:frontend;DB_CLOSE_DELAY=-1", "carillon.topics.lab.pattern=/topic/lab.**",
		"carillon.topics.lab.subscribe=anyone", "carillon.topics.lab.send=authenticated",
		"carillon.topics.lab.log.entries=20000", "carillon.topics.lab.log.bytes=16MB",
		// The tests send as fast as they can, and want heart-beats to come soon.
		"carillon.limits.send-rate=0", "carillon.stomp.heart-beat-send=500ms", "carillon.stomp.heart-beat-receive=2s" })
class FrontendIntegrationTests {

	private final Path target = Path.of("target").toAbsolutePath();

	private final Frontend frontend = new Frontend(Path.of("frontend"), this.target.resolve("frontend"));

	@TestFactory
	Stream<DynamicContainer> testsOfTheFrontEndWhenTheServiceRunsThenPass(@LocalServerPort int port) {
		this.frontend.install();
		Map<String, String> environment = Map.of("CARILLON_URL", "http://127.0.0.1:" + port, "CARILLON_SCREENSHOTS",
				this.target.resolve("screenshots").toString(), "CARILLON_JAR",
				this.target.resolve("carillon.jar").toString(), "CARILLON_JAVA",
				Path.of(System.getProperty("java.home"), "bin", "java").toString());
		return this.frontend.testFiles()
			.stream()
			.map((file) -> DynamicContainer.dynamicContainer(file,
					Stream.of(file).flatMap((name) -> tests(this.frontend.test(name, environment)))));
	}

	private static Stream<DynamicTest> tests(Run run) {
		Stream<DynamicTest> each = run.results()
			.stream()
			.map((result) -> DynamicTest.dynamicTest(result.name(), () -> verify(result)));
		return Stream.concat(each, Stream.of(DynamicTest.dynamicTest("all of the file has run", () -> verify(run))));
	}

	private static void verify(Result result) {
		if (result.failure() != null) {
			fail(result.failure());
		}
		assertThat(result.skipped()).as("skipped").isFalse();
	}

	private static void verify(Run run) {
		assertThat(run.results()).as(run.errors()).isNotEmpty();
		assertThat(run.exitCode()).as("exit code (%d after the time limit)\n%s", Integer.MIN_VALUE, run.errors())
			.isZero();
	}

}
