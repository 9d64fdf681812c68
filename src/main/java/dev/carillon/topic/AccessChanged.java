package dev.carillon.topic;

import java.util.Map;

/**
 * Application event: an {@link AccessRule} may answer otherwise than before, so those who
 * follow the topics it decides on are judged again. Published after the new answer holds,
 * on any thread; whoever listens does not block.
 *
 * @param rule the name of the rule
 * @param variables what the rule judges by; only topics whose pattern gives these values
 * to its named segments are concerned
 */
public record AccessChanged(String rule, Map<String, String> variables) {

	public AccessChanged {
		variables = Map.copyOf(variables);
	}

	/**
	 * Whether the right to follow a topic may have changed.
	 */
	public boolean concerns(Topic topic) {
		if (!(topic.policy().subscribe() instanceof Access.Rule(String name)) || !name.equals(this.rule)) {
			return false;
		}
		Map<String, String> given = topic.policy().pattern().match(topic.destination());
		return given != null && given.entrySet().containsAll(this.variables.entrySet());
	}

}
