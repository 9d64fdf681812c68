package dev.carillon.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.security.DestinationRules;
import dev.carillon.security.LimitsProperties;
import dev.carillon.security.SendRates;
import dev.carillon.security.Refusals;
import dev.carillon.security.UserDestinations;
import dev.carillon.stomp.ApplicationCalls;
import dev.carillon.topic.Destination;
import dev.carillon.topic.Idempotency;
import dev.carillon.topic.Position;
import dev.carillon.topic.Publication;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.TopicPolicy;
import dev.carillon.topic.Topics;
import dev.carillon.topic.Trace;
import dev.carillon.topic.Tracing;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/publish}: one message, or several in a list, to topics and queues or
 * to the application.
 * <p>
 * All are judged before the first is published; then each is published by itself, in
 * order, and answered with its position, with what the application answers when it is
 * done, or with what went wrong.
 */
@RestController
final class PublishController {

	/** Headers that are the service's to set. */
	private static final Set<String> RESERVED = Set.of("destination", "message-id", "subscription", "ack",
			"published-at", "missed", "redelivered", "stale", "content-length", "receipt", "transaction", "message-key",
			"content-type");

	/** What a request may hold; a field that is misspelt must not go unnoticed. */
	private static final Set<String> FIELDS = Set.of("destination", "body", "json", "base64", "contentType", "headers",
			"messageKey");

	private final Topics topics;

	private final DestinationRules rules;

	private final Idempotency idempotency;

	private final SendRates rates;

	private final LimitsProperties limits;

	private final HttpProperties properties;

	private final Refusals refusals;

	private final Tracing tracing;

	private final ApplicationCalls application;

	private final JsonMapper json;

	PublishController(Topics topics, DestinationRules rules, Idempotency idempotency, SendRates rates,
			LimitsProperties limits, HttpProperties properties, Refusals refusals, Tracing tracing,
			ApplicationCalls application, JsonMapper json) {
		this.topics = topics;
		this.rules = rules;
		this.idempotency = idempotency;
		this.rates = rates;
		this.limits = limits;
		this.properties = properties;
		this.refusals = refusals;
		this.tracing = tracing;
		this.application = application;
		this.json = json;
	}

	/**
	 * What a publisher sends.
	 *
	 * @param destination where to
	 * @param body text
	 * @param json or any JSON
	 * @param base64 or bytes
	 * @param contentType what the body is; by default text or JSON or bytes
	 * @param headers what subscribers see beside it
	 * @param messageKey publishes once however often it is sent
	 */
	record Request(@Nullable String destination, @Nullable String body, @Nullable JsonNode json,
			@Nullable String base64, @Nullable String contentType, @Nullable Map<String, String> headers,
			@Nullable String messageKey) {
	}

	/**
	 * What became of one message.
	 *
	 * @param destination where it went
	 * @param position where it stands in the log, if it is one of a topic
	 * @param answer what the application answers to it, if it does
	 * @param code why it does not
	 * @param detail why, for a person
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Result(String destination, @Nullable String position, @Nullable Object answer, @Nullable String code,
			@Nullable String detail) {

		static Result of(String destination, Throwable failure) {
			Refusal refusal = Refusal.of(failure);
			return new Result(destination, null, null, refusal.code().text(), refusal.reason());
		}

	}

	/** One message that may be published. */
	private record Judged(Destination destination, TopicPolicy policy, Publication publication, @Nullable String key) {

		boolean isForApplication() {
			return this.destination.toString().startsWith(ApplicationCalls.PREFIX);
		}

	}

	@PostMapping("/api/publish")
	CompletionStage<ResponseEntity<Object>> publish(@RequestBody JsonNode body, Authentication user) {
		List<Judged> judged = new ArrayList<>();
		for (Request request : requests(body)) {
			judged.add(judge(request, user));
		}
		List<CompletableFuture<Result>> results = judged.stream()
			.map((message) -> message.isForApplication() ? hand(message, user) : publish(message, user))
			.toList();
		return CompletableFuture.allOf(results.toArray(CompletableFuture<?>[]::new))
			.thenApply((_) -> answer(body.isArray(), results.stream().map(CompletableFuture::join).toList()));
	}

	private List<Request> requests(JsonNode body) {
		List<Request> requests = new ArrayList<>();
		if (!body.isArray()) {
			requests.add(request(body));
			return requests;
		}
		if (body.size() > this.properties.maxPublications()) {
			throw new Refusal(Refusal.Code.TOO_LARGE, "The list has " + body.size()
					+ " messages; carillon.http.max-publications allows " + this.properties.maxPublications());
		}
		for (JsonNode one : body) {
			requests.add(request(one));
		}
		return requests;
	}

	private Request request(JsonNode one) {
		if (!one.isObject()) {
			throw new Refusal(Refusal.Code.BAD_VALUE, "A message must be a JSON object with a destination");
		}
		for (String field : one.propertyNames()) {
			if (!FIELDS.contains(field)) {
				throw new Refusal(Refusal.Code.BAD_VALUE,
						"A message has no field of this name; it may have " + String.join(", ", new TreeSet<>(FIELDS)));
			}
		}
		try {
			return this.json.treeToValue(one, Request.class);
		}
		catch (JacksonException ex) {
			throw new Refusal(Refusal.Code.BAD_VALUE, "A field of a message has a value of the wrong kind");
		}
	}

	private Judged judge(Request request, Authentication user) {
		if (request.destination() == null) {
			throw new Refusal(Refusal.Code.BAD_VALUE, "destination must be given");
		}
		Destination destination = UserDestinations.resolve(request.destination(), user);
		TopicPolicy policy = this.rules.check(user, DestinationRules.Action.SEND, destination);
		this.rates.take(user, policy);
		Map<String, String> headers = headers(request);
		if (request.messageKey() != null) {
			headers.put("message-key", request.messageKey());
		}
		byte[] bytes = bytes(request);
		String given = request.contentType();
		headers.put("content-type", (given != null) ? given : (request.json() != null) ? "application/json"
				: (request.base64() != null) ? "application/octet-stream" : "text/plain;charset=UTF-8");
		return new Judged(destination, policy, new Publication(headers, bytes), request.messageKey());
	}

	/** The headers of a message, within the limits that hold for frames. */
	private Map<String, String> headers(Request request) {
		Map<String, String> headers = new HashMap<>();
		Map<String, String> given = (request.headers() != null) ? request.headers() : Map.of();
		if (given.size() > this.limits.headerCount()) {
			throw new Refusal(Refusal.Code.TOO_LARGE, "The message has " + given.size()
					+ " headers; carillon.limits.headers allows " + this.limits.headers());
		}
		long size = 0;
		for (Map.Entry<String, String> header : given.entrySet()) {
			if (header.getValue() == null) {
				throw new Refusal(Refusal.Code.BAD_VALUE, "headers must have text as values");
			}
			headers.put(allowed(header.getKey()), header.getValue());
			size += header.getKey().length() + header.getValue().length();
		}
		if (size > this.limits.headerBytes()) {
			throw new Refusal(Refusal.Code.TOO_LARGE, "The headers have " + size
					+ " characters; carillon.limits.header-size allows " + this.limits.headerSize().toBytes());
		}
		return headers;
	}

	private static String allowed(String name) {
		if (name.isEmpty() || RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
			throw new Refusal(Refusal.Code.BAD_VALUE,
					"headers must not have an empty name or one that the service sets, such as message-id");
		}
		return name;
	}

	private byte[] bytes(Request request) {
		int given = ((request.body() != null) ? 1 : 0) + ((request.json() != null) ? 1 : 0)
				+ ((request.base64() != null) ? 1 : 0);
		if (given > 1) {
			throw new Refusal(Refusal.Code.BAD_VALUE, "Only one of body, json and base64 can be given");
		}
		if (request.json() != null) {
			return this.json.writeValueAsBytes(request.json());
		}
		if (request.base64() != null) {
			try {
				return Base64.getDecoder().decode(request.base64());
			}
			catch (IllegalArgumentException ex) {
				throw new Refusal(Refusal.Code.BAD_VALUE, "base64 is not Base64");
			}
		}
		return (request.body() != null) ? request.body().getBytes(StandardCharsets.UTF_8) : new byte[0];
	}

	/** Hands a message to the method of the application that handles its destination. */
	private CompletableFuture<Result> hand(Judged message, Authentication user) {
		String destination = message.destination().toString();
		Publication publication = message.publication();
		return this.application.send(user, destination, publication.headers(), publication.body())
			.handle((answer, failure) -> (failure != null) ? Result.of(destination, failure)
					: new Result(destination, null, answer.orElse(null), null, null))
			.toCompletableFuture();
	}

	private CompletableFuture<Result> publish(Judged message, Authentication user) {
		String destination = message.destination().toString();
		Publication publication = message.publication();
		Trace trace = this.tracing.begin(destination, publication.headers()::get);
		CompletionStage<Position> published = publish(message,
				(trace != null) ? new Publication(publication.headers(), publication.body(), trace) : publication,
				user);
		if (trace != null) {
			published.whenComplete((_, failure) -> trace.published(failure));
		}
		return published
			.handle((position, failure) -> (failure != null) ? Result.of(destination, failure)
					: new Result(destination, position.toString(), null, null, null))
			.toCompletableFuture();
	}

	private CompletionStage<Position> publish(Judged message, Publication publication, Authentication user) {
		String key = message.key();
		if (key == null) {
			return this.topics.publish(message.destination(), publication);
		}
		try {
			return this.idempotency.once(message.policy(), user.getName(), key,
					() -> this.topics.publish(message.destination(), publication));
		}
		catch (Refusal refusal) {
			return CompletableFuture.failedFuture(refusal);
		}
	}

	/**
	 * A list is answered with a list; a single message by itself, or with its problem.
	 */
	private ResponseEntity<Object> answer(boolean isList, List<Result> results) {
		if (isList) {
			results.stream()
				.map(Result::code)
				.filter(Objects::nonNull)
				.forEach((code) -> this.refusals.note(Refusals.Adapter.HTTP, codeOf(code)));
			return ResponseEntity.ok(results);
		}
		Result only = results.getFirst();
		if (only.code() == null) {
			return ResponseEntity.ok(only);
		}
		throw new Refusal(codeOf(String.valueOf(only.code())), String.valueOf(only.detail()));
	}

	private static Refusal.Code codeOf(String text) {
		return Arrays.stream(Refusal.Code.values())
			.filter((code) -> code.text().equals(text))
			.findFirst()
			.orElseThrow();
	}

}
