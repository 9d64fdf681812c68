package dev.carillon.sockjs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.awaitility.Awaitility.await;

/**
 * An nginx in front of the service that knows nothing of WebSocket: the upgrade headers
 * stay behind, responses are buffered as nginx does by default, and each request has a
 * connection of its own.
 */
final class Nginx implements AutoCloseable {

	private static final List<String> PATHS = List.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx");

	private final Process process;

	private final int port;

	Nginx(Path directory, int service) throws IOException {
		String executable = Stream.of(PATHS)
			.flatMap(List::stream)
			.filter((path) -> Files.isExecutable(Path.of(path)))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(
					"nginx is missing: install the package nginx (apt-get install nginx-light); this test needs it"));
		this.port = freePort();
		Files.createDirectories(directory.resolve("temp"));
		Files.writeString(directory.resolve("nginx.conf"), configuration(service));
		this.process = new ProcessBuilder(executable, "-p", directory.toString(), "-c", "nginx.conf", "-e", "error.log")
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve("output.log").toFile())
			.start();
		await().atMost(Duration.ofSeconds(20)).until(this::isListening);
	}

	private String configuration(int service) {
		return """
				daemon off;
				master_process off;
				pid nginx.pid;
				error_log error.log;
				events {}
				http {
					access_log off;
					client_body_temp_path temp/body;
					proxy_temp_path temp/proxy;
					fastcgi_temp_path temp/fastcgi;
					uwsgi_temp_path temp/uwsgi;
					scgi_temp_path temp/scgi;
					server {
						listen 127.0.0.1:%d;
						location / {
							proxy_pass http://127.0.0.1:%d;
							proxy_set_header Host $http_host;
							proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
						}
					}
				}
				""".formatted(this.port, service);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private boolean isListening() {
		if (!this.process.isAlive()) {
			throw new IllegalStateException("nginx has ended with " + this.process.exitValue());
		}
		try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			return true;
		}
		catch (IOException _) {
			return false;
		}
	}

	int port() {
		return this.port;
	}

	@Override
	public void close() throws InterruptedException {
		this.process.destroy();
		if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
			this.process.destroyForcibly().waitFor();
		}
	}

}
