package dev.carillon.security;

import java.security.Principal;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.carillon.topic.Access;
import dev.carillon.topic.AccessRule;
import dev.carillon.topic.Destination;
import dev.carillon.topic.DestinationPattern;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.Topic;
import dev.carillon.topic.TopicPolicies;
import dev.carillon.topic.TopicPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;

/**
 * Judges every SUBSCRIBE and SEND by the policy of the destination; what no policy allows
 * is refused. Any thread, never blocks.
 */
public final class DestinationRules {

	/** What somebody wants to do. */
	public enum Action {

		/** Receive what is published. */
		SUBSCRIBE,
		/** Publish. */
		SEND

	}

	private final TopicPolicies policies;

	private final Map<String, AccessRule> rules;

	/**
	 * Brings families and the application's rules together.
	 * @throws IllegalArgumentException if a family names a rule that does not exist
	 */
	public DestinationRules(TopicPolicies policies, Collection<AccessRule> rules) {
		this.policies = policies;
		this.rules = rules.stream().collect(Collectors.toUnmodifiableMap(AccessRule::name, Function.identity()));
		policies.all().forEach((policy) -> {
			checkExists(policy.subscribe(), "carillon.topics." + policy.family() + ".subscribe");
			checkExists(policy.send(), "carillon.topics." + policy.family() + ".send");
		});
	}

	private void checkExists(Access access, String key) {
		if (access instanceof Access.Rule(String name) && !this.rules.containsKey(name)) {
			throw new IllegalArgumentException(key + " names the rule " + name + ", which does not exist");
		}
	}

	/**
	 * Checks whether somebody may do something with a destination.
	 * @return the policy that allows it
	 * @throws Refusal if no policy does; the message names the rule that decided
	 */
	public TopicPolicy check(Principal who, Action action, Destination destination) {
		TopicPolicy policy = this.policies.require(destination);
		Access access = (action == Action.SUBSCRIBE) ? policy.subscribe() : policy.send();
		if (!permits(access, who, policy.pattern().match(destination))) {
			throw new Refusal(Refusal.Code.ACCESS_DENIED, "%s may not %s %s: the rule of %s is %s: %s"
				.formatted(who.getName(), words(action), destination, policy.family(), word(action), access));
		}
		return policy;
	}

	/**
	 * Checks whether somebody may subscribe to a pattern: at least one family must allow
	 * wildcards and somebody like this to subscribe. Each topic is still judged by
	 * itself.
	 * @throws Refusal if none does
	 */
	public void checkPattern(Principal who, DestinationPattern pattern) {
		Refusal refusal = new Refusal(Refusal.Code.UNKNOWN_DESTINATION,
				"No family of topics has destinations like " + pattern);
		for (TopicPolicy policy : this.policies.reachable(pattern)) {
			if (!policy.wildcards()) {
				refusal = new Refusal(Refusal.Code.ACCESS_DENIED,
						"The family " + policy.family() + " does not allow wildcards in " + pattern);
			}
			else if (isJudgedByTopic(policy.subscribe()) || permits(policy.subscribe(), who, Map.of())) {
				return;
			}
			else {
				refusal = new Refusal(Refusal.Code.ACCESS_DENIED,
						"%s may not subscribe to %s: the rule of %s is subscribe: %s".formatted(who.getName(), pattern,
								policy.family(), policy.subscribe()));
			}
		}
		throw refusal;
	}

	/**
	 * Whether somebody may follow a topic.
	 */
	public boolean mayFollow(Principal who, Topic topic) {
		return permits(topic.policy().subscribe(), who, topic.policy().pattern().match(topic.destination()));
	}

	/**
	 * What is said to somebody who may not follow a topic any more.
	 */
	public static Refusal withdrawn(@Nullable String who, Topic topic) {
		return new Refusal(Refusal.Code.ACCESS_DENIED, "%s may not follow %s any more: the rule of %s is subscribe: %s"
			.formatted(who, topic, topic.policy().family(), topic.policy().subscribe()));
	}

	/**
	 * Whether a wildcard of somebody may reach a topic.
	 */
	public boolean mayReach(Principal who, TopicPolicy policy, Destination destination) {
		return policy.wildcards() && permits(policy.subscribe(), who, policy.pattern().match(destination));
	}

	private boolean permits(Access access, Principal who, @Nullable Map<String, String> variables) {
		return switch (access) {
			case Access.Anyone() -> true;
			case Access.Authenticated() -> !(who instanceof Guest);
			case Access.Role(String role) -> hasRole(who, role);
			case Access.User(String variable) ->
				variables != null && Destination.encode(who.getName()).equals(variables.get(variable));
			case Access.Rule(String name) -> {
				AccessRule rule = this.rules.get(name);
				yield rule != null && variables != null && rule.permits(who, variables);
			}
			case Access.Nobody() -> false;
		};
	}

	/** Whether only a topic's name can tell. */
	private static boolean isJudgedByTopic(Access access) {
		return access instanceof Access.User || access instanceof Access.Rule;
	}

	private static boolean hasRole(Principal who, String role) {
		return who instanceof Authentication authentication && authentication.getAuthorities()
			.stream()
			.anyMatch((authority) -> ("ROLE_" + role).equals(authority.getAuthority()));
	}

	private static String words(Action action) {
		return (action == Action.SUBSCRIBE) ? "subscribe to" : "send to";
	}

	private static String word(Action action) {
		return (action == Action.SUBSCRIBE) ? "subscribe" : "send";
	}

}
