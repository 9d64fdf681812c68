package dev.carillon.http;

import java.util.concurrent.CompletionStage;

import dev.carillon.stomp.ApplicationCalls;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/request}: the one answer that a SUBSCRIBE of a destination below
 * {@code /app/} would get.
 */
@RestController
final class RequestController {

	private final ApplicationCalls application;

	private final JsonMapper json;

	RequestController(ApplicationCalls application, JsonMapper json) {
		this.application = application;
		this.json = json;
	}

	@GetMapping("/api/request")
	CompletionStage<ResponseEntity<JsonNode>> request(@RequestParam String destination, Authentication user) {
		return this.application.ask(user, destination)
			.thenApply((answer) -> answer.map((value) -> this.json.<JsonNode>valueToTree(value))
				.map((body) -> ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body))
				.orElseGet(() -> ResponseEntity.noContent().build()));
	}

}
