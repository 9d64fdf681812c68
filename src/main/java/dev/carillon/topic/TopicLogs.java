package dev.carillon.topic;

/**
 * Makes the log of a topic.
 */
@FunctionalInterface
public interface TopicLogs {

	/**
	 * Makes a new, empty log.
	 * @param destination whose log it is
	 * @param policy its bounds
	 * @param news see {@link TopicLog}
	 */
	TopicLog create(Destination destination, TopicPolicy policy, Runnable news);

}
