import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A short working day of the service, from which the JVM learns what to keep in the AOT
 * cache: it starts, is probed, serves a page and a subscriber, and is told to stop.
 * <p>
 * Takes the directory that {@code assemble} fills. Fails if anything of that day fails.
 */
final class Training {

	private static final Pattern PORT = Pattern.compile("Jetty started on port (\\d+)");

	private static final int PATIENCE_SECONDS = 300;

	private Training() {
	}

	public static void main(String[] arguments) throws Exception {
		Path directory = Path.of(arguments[0]).toAbsolutePath();
		Path home = Files.createTempDirectory("training");
		Process service = start(directory, home);
		try (BufferedReader output = service.inputReader()) {
			work(awaitStart(output));
			// Not Process.destroy, which closes the output.
			service.toHandle().destroy();
			output.lines().forEach(System.out::println);
			if (!service.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
				throw new IllegalStateException("The service does not end");
			}
		}
		finally {
			service.destroyForcibly();
			delete(home);
		}
	}

	private static Process start(Path directory, Path home) throws IOException {
		List<String> options = Files.readAllLines(directory.resolve("java.options"))
			.stream()
			.map((option) -> option.replace("-XX:AOTCache=", "-XX:AOTCacheOutput="))
			.toList();
		List<String> command = Stream
			.of(List.of(directory.resolve("runtime/bin/java").toString()), options,
					// Or it names each class that cannot be kept.
					List.of("-Xlog:aot=error", "-jar", directory.resolve("carillon.jar").toString(), "--spring.profiles.active=training",
							"--spring.main.banner-mode=off", "--server.port=0", "--server.address=127.0.0.1",
							"--spring.datasource.url=jdbc:h2:mem:training", "--carillon.drain.period=1s"))
			.flatMap(List::stream)
			.toList();
		return new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true).start();
	}

	private static int awaitStart(BufferedReader output) throws IOException {
		int port = 0;
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			System.out.println(line);
			Matcher matcher = PORT.matcher(line);
			if (matcher.find()) {
				port = Integer.parseInt(matcher.group(1));
			}
			if (line.contains("Started Carillon in")) {
				return port;
			}
		}
		throw new IllegalStateException("The service has ended before it began");
	}

	private static void work(int port) throws Exception {
		try (HttpClient client = HttpClient.newHttpClient()) {
			for (String path : List.of("/", "/actuator/health/liveness", "/actuator/health/readiness", "/api/stocks")) {
				HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
				int status = client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
				if (status != 200) {
					throw new IllegalStateException(path + " answers " + status);
				}
			}
			Quotes quotes = new Quotes();
			WebSocket socket = client.newWebSocketBuilder()
				.subprotocols("v12.stomp")
				.buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), quotes)
				.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
			socket.sendText("CONNECT\naccept-version:1.2\nhost:localhost\n\n\0", true).join();
			socket.sendText("SUBSCRIBE\nid:0\ndestination:/topic/stocks.*\n\n\0", true).join();
			quotes.first.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
			socket.sendText("DISCONNECT\nreceipt:bye\n\n\0", true).join();
			quotes.closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
	}

	private static void delete(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
				Files.delete(file);
			}
		}
	}

	/** Waits for the first quote. */
	private static final class Quotes implements WebSocket.Listener {

		private final CompletableFuture<Void> first = new CompletableFuture<>();

		private final CompletableFuture<Void> closed = new CompletableFuture<>();

		@Override
		public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
			if (text.toString().startsWith("MESSAGE")) {
				this.first.complete(null);
			}
			if (text.toString().startsWith("ERROR")) {
				this.first.completeExceptionally(new IllegalStateException(text.toString()));
			}
			return WebSocket.Listener.super.onText(socket, text, last);
		}

		@Override
		public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
			this.closed.complete(null);
			return WebSocket.Listener.super.onClose(socket, code, reason);
		}

	}

}
