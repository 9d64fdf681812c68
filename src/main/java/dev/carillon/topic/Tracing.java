package dev.carillon.topic;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Chooses which of the messages that publishers send are followed.
 */
@FunctionalInterface
public interface Tracing {

	/** Follows none. */
	Tracing NONE = (_, _) -> null;

	/**
	 * A message has come in. Any thread, must not block.
	 * @param destination where it shall go, in the publisher's words
	 * @param headers its headers by their names, of which {@code traceparent} and
	 * {@code tracestate} say what it is part of (W3C Trace Context)
	 * @return null if it is not followed
	 */
	@Nullable Trace begin(String destination, Function<String, @Nullable String> headers);

}
