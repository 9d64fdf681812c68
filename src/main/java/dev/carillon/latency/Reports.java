package dev.carillon.latency;

import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.carillon.latency.Report.Delay;
import dev.carillon.security.DestinationRules;
import dev.carillon.topic.Destination;
import org.jspecify.annotations.Nullable;

/**
 * Takes reports from those who may follow the topics that they are about. A report counts
 * as a whole or not at all. Any thread, never blocks.
 * <p>
 * Nobody can tell whether a report is true; that is why nothing but figures for people
 * depends on it.
 */
final class Reports {

	/** The most delays of one report. */
	static final int MOST_DELAYS = 50;

	/** The longest delay; who waits longer than that does not look any more. */
	static final Duration LONGEST = Duration.ofMinutes(10);

	private static final String TOPICS = "/topic/";

	private final DestinationRules rules;

	private final Latencies latencies;

	Reports(DestinationRules rules, Latencies latencies) {
		this.rules = rules;
		this.latencies = latencies;
	}

	private record Judged(String family, Duration delay) {
	}

	/**
	 * Counts what is in a report.
	 * @throws dev.carillon.topic.Refusal if something of it is not possible, with the
	 * name of the field; or if its sender may not follow one of the topics
	 */
	void take(byte[] body, Principal sender) {
		List<@Nullable Delay> delays = Report.read(body).delays();
		if (delays == null || delays.isEmpty() || delays.size() > MOST_DELAYS) {
			throw Report.bad("delays must have 1 to " + MOST_DELAYS + " entries");
		}
		List<Judged> judged = new ArrayList<>(delays.size());
		for (int i = 0; i < delays.size(); i++) {
			judged.add(judge("delays[" + i + "]", delays.get(i), sender));
		}
		judged.forEach((one) -> this.latencies.record(one.family(), one.delay()));
	}

	private Judged judge(String field, @Nullable Delay delay, Principal sender) {
		String destination = (delay != null) ? delay.destination() : null;
		Double millis = (delay != null) ? delay.millis() : null;
		if (destination == null || !destination.startsWith(TOPICS)) {
			throw Report.bad(field + ".destination must be a topic below " + TOPICS);
		}
		if (millis == null || !(millis >= 0 && millis <= LONGEST.toMillis())) {
			throw Report.bad(field + ".millis must be 0 to " + LONGEST.toMillis());
		}
		String family = this.rules.check(sender, DestinationRules.Action.SUBSCRIBE, Destination.of(destination))
			.family();
		return new Judged(family, Duration.ofNanos(Math.round(millis * 1_000_000)));
	}

}
