package dev.carillon.http;

import dev.carillon.security.RequestHead;
import dev.carillon.topic.Topics;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/echo}: what the service saw of the request and what its clock showed,
 * so that a page can tell how large the head of its requests is and compare clocks.
 */
@RestController
final class EchoController {

	private final Topics topics;

	EchoController(Topics topics) {
		this.topics = topics;
	}

	/**
	 * The answer.
	 *
	 * @param now the clock of the service, in milliseconds since 1970
	 * @param request the head of the request
	 */
	record Seen(long now, RequestHead request) {
	}

	@GetMapping("/api/echo")
	ResponseEntity<Seen> echo(HttpServletRequest request) {
		return ResponseEntity.ok()
			.cacheControl(CacheControl.noStore())
			.body(new Seen(this.topics.clock().millis(), RequestHead.of(request)));
	}

}
