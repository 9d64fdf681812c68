package dev.carillon.stomp;

import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import dev.carillon.security.LimitsProperties;
import dev.carillon.topic.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handler methods for users without a session: what they send or ask takes the way of a
 * SEND or SUBSCRIBE, with its rules, limits and conversions, and is answered here.
 * <p>
 * Send rates are the caller's to take, since they are counted for each session. A stage
 * completes when a RECEIPT would be sent, with what the method answers
 * ({@code @SubscribeMapping}, {@code @SendToUser}) while it runs, or fails with a
 * {@link Refusal}. The handler method runs on the calling thread.
 */
public final class ApplicationCalls {

	/** What the destinations of handler methods begin with. */
	public static final String PREFIX = CarillonBroker.APPLICATION;

	private static final Logger logger = LoggerFactory.getLogger(ApplicationCalls.class);

	private static final byte[] NO_BODY = {};

	private final StompGateway gateway;

	private final LimitsProperties limits;

	ApplicationCalls(StompGateway gateway, LimitsProperties limits) {
		this.gateway = gateway;
		this.limits = limits;
	}

	/**
	 * Sends something to the method that handles a destination.
	 * @param headers as those of a SEND, such as {@code content-type} and
	 * {@code message-key}
	 */
	public CompletionStage<Optional<Object>> send(Principal user, String destination, Map<String, String> headers,
			byte[] body) {
		return call(user, StompFrame.Command.SEND, destination, headers, body);
	}

	/** Asks the method that answers subscriptions of a destination. */
	public CompletionStage<Optional<Object>> ask(Principal user, String destination) {
		return call(user, StompFrame.Command.SUBSCRIBE, destination, Map.of(), NO_BODY);
	}

	private CompletionStage<Optional<Object>> call(Principal user, StompFrame.Command command, String destination,
			Map<String, String> headers, byte[] body) {
		Map<String, String> all = new LinkedHashMap<>(headers);
		all.put("destination", destination);
		Exchange exchange = Exchange.ofRequest();
		try {
			check(destination, body);
			StompFrame frame = new StompFrame(command, all, body);
			frame.check();
			this.gateway.dispatch(user, frame, exchange);
		}
		catch (RuntimeException ex) {
			exchange.fail(ex);
		}
		return exchange.done().handle((_, failure) -> {
			if (failure != null) {
				throw refusal(destination, failure);
			}
			return Optional.ofNullable(exchange.answer());
		});
	}

	private void check(String destination, byte[] body) {
		if (!destination.startsWith(PREFIX)) {
			throw new Refusal(Refusal.Code.BAD_VALUE, "destination must begin with " + PREFIX);
		}
		if (body.length > this.limits.frameBytes()) {
			throw new Refusal(Refusal.Code.TOO_LARGE,
					"The body is above the limit carillon.limits.frame-size of " + this.limits.frameBytes());
		}
	}

	private static Refusal refusal(String destination, Throwable failure) {
		Refusal refusal = Refusal.of(failure);
		if (refusal.code() == Refusal.Code.INTERNAL) {
			logger.error("A request for {} failed", destination, failure);
		}
		return refusal;
	}

}
