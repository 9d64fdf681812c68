package dev.carillon.observability;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * What endpoints have in common: bounded lists, and loops that are asked with patience.
 */
final class Answer {

	static final int DEFAULT_LIMIT = 50;

	static final int MAX_LIMIT = 200;

	private static final Duration PATIENCE = Duration.ofSeconds(3);

	private Answer() {
	}

	/**
	 * The limit asked for, or the default.
	 * @throws InvalidEndpointRequestException if it is not possible
	 */
	static int limit(@Nullable Integer asked) {
		int limit = (asked != null) ? asked : DEFAULT_LIMIT;
		if (limit < 1 || limit > MAX_LIMIT) {
			throw bad("limit must be 1 to " + MAX_LIMIT);
		}
		return limit;
	}

	static InvalidEndpointRequestException bad(String reason) {
		return new InvalidEndpointRequestException(reason, reason);
	}

	/**
	 * What the delivery loops answer.
	 * @throws IllegalStateException if one of them is stuck
	 */
	static <T> T of(CompletableFuture<T> asked) {
		try {
			return asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			throw new IllegalStateException("A delivery loop did not answer within " + PATIENCE.toSeconds() + " s", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for the delivery loops", ex);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("A delivery loop could not answer", ex);
		}
	}

}
