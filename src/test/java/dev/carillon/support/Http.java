package dev.carillon.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An HTTP client of one user of the demo profile, whose password is the name.
 *
 * @param port of the service on this machine
 * @param user the name, or null for a guest
 */
public record Http(int port, @Nullable String user) {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private static final JsonMapper JSON = new JsonMapper();

	/**
	 * What came back.
	 *
	 * @param status the status
	 * @param text the body
	 */
	public record Answer(int status, String text) {

		public JsonNode json() {
			return JSON.readTree(this.text);
		}

	}

	public Answer get(String path) {
		return exchange("GET", path, HttpRequest.BodyPublishers.noBody());
	}

	/** Posts JSON, with further header names and values. */
	public Answer post(String path, String json, String... headers) {
		return exchange("POST", path, HttpRequest.BodyPublishers.ofString(json),
				Stream.concat(Stream.of("Content-Type", "application/json"), Arrays.stream(headers))
					.toArray(String[]::new));
	}

	/** Deletes something, with header names and values. */
	public Answer delete(String path, String... headers) {
		return exchange("DELETE", path, HttpRequest.BodyPublishers.noBody(), headers);
	}

	private Answer exchange(String method, String path, HttpRequest.BodyPublisher body, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.method(method, body);
		if (this.user != null) {
			byte[] credentials = (this.user + ":" + this.user).getBytes(StandardCharsets.UTF_8);
			request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
		}
		if (headers.length > 0) {
			request.headers(headers);
		}
		try {
			HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
			return new Answer(response.statusCode(), response.body());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
