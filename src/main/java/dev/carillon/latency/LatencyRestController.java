package dev.carillon.latency;

import dev.carillon.security.DestinationRules;
import dev.carillon.security.SendRates;
import dev.carillon.topic.Destination;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/latency}: a report from where there is no socket, by the rule and the
 * rates that hold for SEND.
 */
@RestController
@ConditionalOnBooleanProperty(name = LatencyProperties.ENABLED, matchIfMissing = true)
final class LatencyRestController {

	private static final Destination REPORTS = Destination.of("/app/latency");

	private final DestinationRules rules;

	private final SendRates rates;

	private final Reports reports;

	LatencyRestController(DestinationRules rules, SendRates rates, Reports reports) {
		this.rules = rules;
		this.rates = rates;
		this.reports = reports;
	}

	@PostMapping(path = "/api/latency", consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void report(@RequestBody byte[] report, Authentication sender) {
		this.rates.take(sender, this.rules.check(sender, DestinationRules.Action.SEND, REPORTS));
		this.reports.take(report, sender);
	}

}
