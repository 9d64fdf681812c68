package dev.carillon.sockjs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests of a client, each over a TCP connection of its own.
 *
 * @param base the address of the service
 * @param from the address the client has
 * @param headers names and values that all requests have
 */
record Http(URI base, String from, String... headers) {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	static Http of(int port, String... headers) {
		return new Http(URI.create("http://127.0.0.1:" + port), "127.0.0.1", headers);
	}

	Http from(String address) {
		return new Http(this.base, address, this.headers);
	}

	Http with(String... more) {
		return new Http(this.base, this.from, more);
	}

	HttpResponse<String> get(String path) {
		return send("GET", path, "");
	}

	HttpResponse<String> post(String path, String body) {
		return send("POST", path, body);
	}

	HttpResponse<String> send(String method, String path, String body) {
		try (HttpClient client = client()) {
			return client.send(request(path).method(method, publisher(body)).build(),
					HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static HttpRequest.BodyPublisher publisher(String body) {
		return body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
	}

	private HttpRequest.Builder request(String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.base.resolve(path)).timeout(PATIENCE);
		return (this.headers.length > 0) ? request.headers(this.headers) : request;
	}

	HttpClient client() {
		try {
			return HttpClient.newBuilder()
				.version(HttpClient.Version.HTTP_1_1)
				.localAddress(InetAddress.getByName(this.from))
				.build();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A request whose response is read line by line as it comes. */
	Lines stream(String method, String path) {
		HttpClient client = client();
		try {
			HttpResponse<Stream<String>> response = client.send(
					request(path).method(method, HttpRequest.BodyPublishers.noBody()).build(),
					HttpResponse.BodyHandlers.ofLines());
			assertThat(response.statusCode()).isEqualTo(200);
			return new Lines(client, response.body().iterator());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A response, line by line.
	 *
	 * @param client closed to leave
	 * @param lines the lines
	 */
	record Lines(HttpClient client, Iterator<String> lines) implements AutoCloseable {

		/** The next line, or null at the end. */
		String next() {
			return this.lines.hasNext() ? this.lines.next() : null;
		}

		@Override
		public void close() {
			this.client.shutdownNow();
			this.client.close();
		}

	}

	/**
	 * A request whose response is read from the socket, and can be left in the middle.
	 */
	Response open(String method, String path) throws IOException {
		Socket socket = new Socket();
		socket.bind(new InetSocketAddress(this.from, 0));
		socket.connect(new InetSocketAddress(this.base.getHost(), this.base.getPort()));
		socket.setSoTimeout((int) PATIENCE.toMillis());
		StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
		head.append("Host: ").append(this.base.getAuthority()).append("\r\n");
		for (int i = 0; i < this.headers.length; i += 2) {
			head.append(this.headers[i]).append(": ").append(this.headers[i + 1]).append("\r\n");
		}
		head.append("Connection: close\r\nContent-Length: 0\r\n\r\n");
		socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.US_ASCII));
		return new Response(socket,
				new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)));
	}

	/**
	 * A response, line by line with head and all.
	 *
	 * @param socket closed to leave
	 * @param lines the lines
	 */
	record Response(Socket socket, BufferedReader lines) implements AutoCloseable {

		/** The next line that begins with something; null if the response ends before. */
		String line(String start) throws IOException {
			String line = this.lines.readLine();
			while (line != null && !line.startsWith(start)) {
				line = this.lines.readLine();
			}
			return line;
		}

		@Override
		public void close() {
			try {
				this.socket.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
