package dev.carillon.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All families of topics; the most specific pattern that matches a destination decides.
 */
public final class TopicPolicies {

	private final List<TopicPolicy> bySpecificity;

	/**
	 * Checks the families and orders them.
	 * @throws IllegalArgumentException if a value is impossible, or if two equally
	 * specific patterns can match the same destination; the message names the key
	 */
	public TopicPolicies(TopicProperties properties) {
		List<TopicPolicy> policies = new ArrayList<>();
		properties.topics().forEach((name, family) -> policies.add(policy(name, family)));
		policies.sort((a, b) -> a.pattern().compareTo(b.pattern()));
		for (int i = 0; i < policies.size(); i++) {
			for (int j = i + 1; j < policies.size(); j++) {
				checkDistinct(policies.get(i), policies.get(j));
			}
		}
		this.bySpecificity = List.copyOf(policies);
	}

	private static void checkDistinct(TopicPolicy a, TopicPolicy b) {
		if (a.pattern().compareTo(b.pattern()) == 0 && a.pattern().overlaps(b.pattern())) {
			throw new IllegalArgumentException(
					"carillon.topics.%s.pattern and carillon.topics.%s.pattern are equally specific and can match the same destination: %s and %s"
						.formatted(a.family(), b.family(), a.pattern(), b.pattern()));
		}
	}

	private static TopicPolicy policy(String name, TopicProperties.Family family) {
		String key = "carillon.topics." + name + ".";
		if (family.pattern() == null) {
			throw new IllegalArgumentException(key + "pattern is missing");
		}
		DestinationPattern pattern;
		try {
			pattern = DestinationPattern.of(family.pattern());
		}
		catch (Refusal ex) {
			throw new IllegalArgumentException(key + "pattern: " + ex.reason(), ex);
		}
		check(pattern.names().stream().distinct().count() == pattern.names().size(),
				key + "pattern has a name twice: " + pattern);
		TopicProperties.LogBounds log = family.log();
		check(log.entries() >= 1 && log.entries() <= 1_000_000, key + "log.entries must be 1 to 1000000");
		check(log.bytes().toBytes() >= 1024, key + "log.bytes must be at least 1KB");
		check(log.keep().toMillis() >= 100, key + "log.keep must be at least 100ms");
		check(family.replay() >= 0 && family.replay() <= log.entries(), key + "replay must be 0 to log.entries");
		check(family.maxLag() >= 0, key + "max-lag must be at least 0");
		check(family.maxLag() == 0 || family.replay() <= family.maxLag(), key + "replay must not be above max-lag");
		check(!family.staleAfter().isNegative(), key + "stale-after must be at least 0");
		check(family.sendRate() >= 0, key + "send-rate must be at least 0");
		check(family.messageSize().toBytes() >= 1, key + "message-size must be at least 1B");
		return new TopicPolicy(name, pattern, access(key + "subscribe", family.subscribe(), pattern),
				access(key + "send", family.send(), pattern), family.wildcards(),
				new TopicPolicy.Log(log.entries(), log.bytes(), log.keep()), family.replay(), family.slow(),
				(family.maxLag() == 0) ? Long.MAX_VALUE : family.maxLag(),
				family.staleAfter().isZero() ? null : family.staleAfter(), family.sendRate(), family.messageSize(),
				family.presence());
	}

	private static void check(boolean possible, String message) {
		if (!possible) {
			throw new IllegalArgumentException(message);
		}
	}

	private static Access access(String key, String text, DestinationPattern pattern) {
		Access access;
		try {
			access = Access.parse(text);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(key + ": " + ex.getMessage(), ex);
		}
		check(!(access instanceof Access.User(String variable)) || pattern.names().contains(variable),
				key + " names a variable that the pattern " + pattern + " does not have");
		return access;
	}

	/**
	 * The policy of a destination, if any family has it.
	 */
	public Optional<TopicPolicy> find(Destination destination) {
		for (TopicPolicy policy : this.bySpecificity) {
			if (policy.pattern().matches(destination)) {
				return Optional.of(policy);
			}
		}
		return Optional.empty();
	}

	/**
	 * The policy of a destination.
	 * @throws Refusal if no family has it
	 */
	public TopicPolicy require(Destination destination) {
		return find(destination).orElseThrow(() -> new Refusal(Refusal.Code.UNKNOWN_DESTINATION,
				"No family of topics has the destination " + destination));
	}

	/**
	 * The families whose topics a pattern can reach, the most specific first.
	 */
	public List<TopicPolicy> reachable(DestinationPattern pattern) {
		return this.bySpecificity.stream().filter((policy) -> policy.pattern().overlaps(pattern)).toList();
	}

	public List<TopicPolicy> all() {
		return this.bySpecificity;
	}

}
