package dev.carillon.latency;

import java.security.Principal;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.stereotype.Controller;

/**
 * Reports over STOMP. Bodies are read as bytes, so that a mistake in them is refused with
 * the name of the field.
 */
@Controller
@ConditionalOnBooleanProperty(name = LatencyProperties.ENABLED, matchIfMissing = true)
final class LatencyController {

	private final Reports reports;

	LatencyController(Reports reports) {
		this.reports = reports;
	}

	@MessageMapping("latency")
	void report(@Payload byte[] report, Principal sender) {
		this.reports.take(report, sender);
	}

}
