package dev.carillon.stomp;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.SubscribableChannel;
import org.springframework.messaging.handler.HandlerMethod;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.handler.invocation.HandlerMethodReturnValueHandler;
import org.springframework.messaging.simp.SimpMessageMappingInfo;
import org.springframework.messaging.simp.SimpMessageSendingOperations;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.messaging.simp.annotation.SubscribeMapping;
import org.springframework.messaging.simp.annotation.support.SendToMethodReturnValueHandler;
import org.springframework.messaging.simp.annotation.support.SubscriptionMethodReturnValueHandler;
import org.springframework.web.socket.messaging.WebSocketAnnotationMethodMessageHandler;

/**
 * Spring's annotated handler methods, with failures that reach the client: an exception
 * nobody handles, and a destination no method has, refuse the frame instead of vanishing
 * in a log.
 * <p>
 * A method may return a {@link CompletionStage}; the RECEIPT then waits for it.
 */
final class HandlerMethods extends WebSocketAnnotationMethodMessageHandler {

	HandlerMethods(SubscribableChannel inbound, MessageChannel outbound, SimpMessageSendingOperations template) {
		super(inbound, outbound, template);
	}

	@Override
	protected void processHandlerMethodException(HandlerMethod method, Exception failure, Message<?> message) {
		Exchange exchange = Exchange.of(message);
		if (exchange != null && getExceptionHandlerMethod(method, failure) == null) {
			exchange.fail(BadPayload.refusalOf(failure));
		}
		else {
			super.processHandlerMethodException(method, failure, message);
		}
	}

	@Override
	protected void handleNoMatch(Set<SimpMessageMappingInfo> known, String destination, Message<?> message) {
		Exchange exchange = Exchange.of(message);
		if (exchange != null) {
			exchange.fail(new Refusal(Refusal.Code.UNKNOWN_DESTINATION,
					"Nothing in the application handles " + getDestination(message)));
		}
	}

	@Override
	protected List<? extends HandlerMethodReturnValueHandler> initReturnValueHandlers() {
		List<HandlerMethodReturnValueHandler> handlers = new ArrayList<>();
		handlers.add(new Confirmed());
		for (HandlerMethodReturnValueHandler handler : super.initReturnValueHandlers()) {
			boolean mayAnswer = handler instanceof SendToMethodReturnValueHandler
					|| handler instanceof SubscriptionMethodReturnValueHandler;
			handlers.add(mayAnswer ? new Answering(handler) : handler);
		}
		return handlers;
	}

	/**
	 * Keeps answers in the exchange, for those who ask without a session; what would be
	 * sent to their session only is not sent.
	 *
	 * @param sender sends the answer to sessions
	 */
	private record Answering(HandlerMethodReturnValueHandler sender) implements HandlerMethodReturnValueHandler {

		@Override
		public boolean supportsReturnType(MethodParameter type) {
			return this.sender.supportsReturnType(type);
		}

		@Override
		public void handleReturnValue(@Nullable Object value, MethodParameter type, Message<?> message)
				throws Exception {
			Exchange exchange = Exchange.of(message);
			boolean isKept = exchange != null && Exchange.isAlone(message) && keep(exchange, value, type);
			if (!isKept) {
				this.sender.handleReturnValue(value, type, message);
			}
		}

		/** Whether it is for whoever asked only; what others get as well is sent too. */
		private boolean keep(Exchange exchange, @Nullable Object value, MethodParameter type) {
			boolean toSession = this.sender instanceof SubscriptionMethodReturnValueHandler;
			SendToUser toUser = toSession ? null : toUser(type);
			if (value != null && (toSession || toUser != null)) {
				exchange.answer(value);
			}
			return toSession || (toUser != null && !toUser.broadcast());
		}

		private static @Nullable SendToUser toUser(MethodParameter type) {
			SendToUser ofMethod = AnnotatedElementUtils.findMergedAnnotation(type.getAnnotatedElement(),
					SendToUser.class);
			return (ofMethod != null) ? ofMethod
					: AnnotatedElementUtils.findMergedAnnotation(type.getDeclaringClass(), SendToUser.class);
		}

	}

	/** A stage whose end confirms the frame and whose value nobody is sent. */
	private static final class Confirmed implements HandlerMethodReturnValueHandler {

		@Override
		public boolean supportsReturnType(MethodParameter type) {
			return CompletionStage.class.isAssignableFrom(type.getParameterType())
					&& !type.hasMethodAnnotation(SendTo.class) && !type.hasMethodAnnotation(SendToUser.class)
					&& !type.hasMethodAnnotation(SubscribeMapping.class);
		}

		@Override
		public void handleReturnValue(@Nullable Object value, MethodParameter type, Message<?> message) {
			Exchange exchange = Exchange.of(message);
			if (exchange != null && value instanceof CompletionStage<?> stage) {
				exchange.await(stage);
			}
		}

	}

}
