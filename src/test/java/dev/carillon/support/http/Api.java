package dev.carillon.support.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls the service.
 */
public final class Api {

	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Service service;

	private final String authorization;

	Api(Service service, String authorization) {
		this.service = service;
		this.authorization = authorization;
	}

	/** The header of HTTP Basic. */
	public static String basic(String user, String password) {
		return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * An answer.
	 *
	 * @param status the status
	 * @param raw the response with its headers
	 */
	public record Answer(int status, HttpResponse<String> raw) {

		public String header(String name) {
			return this.raw.headers().firstValue(name).orElse(null);
		}

		public JsonNode json() {
			return JSON.readTree(this.raw.body());
		}

		public String text(String field) {
			return json().path(field).asString();
		}

		/** Asserts that this is a problem document that tells nothing internal. */
		public Answer isProblem(int expectedStatus, String code) {
			assertThat(this.status).as(this.raw.body()).isEqualTo(expectedStatus);
			assertThat(header("content-type")).startsWith("application/problem+json");
			assertThat(text("code")).isEqualTo(code);
			assertThat(json().path("status").asInt()).isEqualTo(expectedStatus);
			assertThat(this.raw.body()).doesNotContain("Exception", "\tat ", "org.springframework", "trace");
			return this;
		}

	}

	/** A request to a path, with pairs of header names and values. */
	public HttpRequest.Builder request(String path, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.service.uri(path)).timeout(Duration.ofSeconds(60));
		if (this.authorization != null) {
			request.header("Authorization", this.authorization);
		}
		return (headers.length > 0) ? request.headers(headers) : request;
	}

	public Answer get(String path, String... headers) {
		return send(request(path, headers).GET());
	}

	public CompletableFuture<Answer> getLater(String path, String... headers) {
		return CLIENT.sendAsync(request(path, headers).GET().build(), HttpResponse.BodyHandlers.ofString())
			.thenApply((response) -> new Answer(response.statusCode(), response));
	}

	public Answer post(String path, String body, String... headers) {
		return send(request(path, headers).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	public Answer method(String method, String path, String... headers) {
		return send(request(path, headers).method(method, HttpRequest.BodyPublishers.noBody()));
	}

	/** Publishes text. */
	public Answer publish(String destination, String body) {
		return post("/api/publish",
				JSON.writeValueAsString(java.util.Map.of("destination", destination, "body", body)));
	}

	public Answer send(HttpRequest.Builder request) {
		try {
			HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
			return new Answer(response.statusCode(), response);
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** A one-time ticket of this client's user. */
	public String ticket(String... headers) {
		Answer answer = post("/api/tickets", "", headers);
		assertThat(answer.status()).isEqualTo(200);
		return answer.text("ticket");
	}

	/** Opens an event stream. */
	public EventStream stream(String query, String... headers) {
		return new EventStream(CLIENT, request("/api/stream?" + query, headers).build());
	}

}
