package dev.carillon.support;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.carillon.topic.Refusal;
import jakarta.annotation.PreDestroy;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.event.EventListener;
import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.MessageExceptionHandler;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.messaging.simp.annotation.SubscribeMapping;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.web.socket.messaging.AbstractSubProtocolEvent;
import org.springframework.web.socket.messaging.SessionConnectEvent;
import org.springframework.web.socket.messaging.SessionConnectedEvent;
import org.springframework.web.socket.messaging.SessionDisconnectEvent;
import org.springframework.web.socket.messaging.SessionSubscribeEvent;
import org.springframework.web.socket.messaging.SessionUnsubscribeEvent;

/**
 * An application that uses each of Spring's idioms once.
 */
@TestConfiguration(proxyBeanMethods = false)
public class TryApplication {

	/**
	 * What clients send.
	 *
	 * @param name somebody
	 * @param count how often
	 */
	public record Greeting(@NotBlank String name, @Positive int count) {
	}

	/** An exception with words that no client should read. */
	public static class SecretException extends RuntimeException {

		public SecretException() {
			super("the password is swordfish");
		}

	}

	/** Stages that handler methods return and tests complete. */
	@Component
	public static class Stages {

		private final Map<String, CompletableFuture<String>> stages = new ConcurrentHashMap<>();

		public CompletableFuture<String> stage(String name) {
			return this.stages.computeIfAbsent(name, (_) -> new CompletableFuture<>());
		}

	}

	/** What has happened to each session, in its order. */
	@Component
	public static class SessionEvents {

		private final Map<String, List<String>> events = new ConcurrentHashMap<>();

		@EventListener
		void record(AbstractSubProtocolEvent event) {
			String word = switch (event) {
				case SessionConnectEvent _ -> "connect";
				case SessionConnectedEvent _ -> "connected";
				case SessionSubscribeEvent _ -> "subscribe";
				case SessionUnsubscribeEvent _ -> "unsubscribe";
				case SessionDisconnectEvent disconnect -> "disconnect " + disconnect.getCloseStatus().getCode();
				default -> event.getClass().getSimpleName();
			};
			String user = (event.getUser() != null) ? event.getUser().getName() : "nobody";
			of(SimpMessageHeaderAccessor.getSessionId(event.getMessage().getHeaders())).add(word + " " + user);
		}

		public List<String> of(String session) {
			return this.events.computeIfAbsent(session, (_) -> new CopyOnWriteArrayList<>());
		}

	}

	/** Counts the calls of one session. */
	@Component
	@Scope(scopeName = "websocket", proxyMode = ScopedProxyMode.TARGET_CLASS)
	public static class Calls {

		private static final List<Integer> ENDED = new CopyOnWriteArrayList<>();

		private int count;

		int next() {
			return ++this.count;
		}

		@PreDestroy
		void end() {
			ENDED.add(this.count);
		}

		/** The counts of the sessions that are over. */
		public static List<Integer> ended() {
			return ENDED;
		}

	}

	@Controller
	static class TryController {

		private final SimpMessagingTemplate template;

		private final Stages stages;

		private final Calls calls;

		TryController(SimpMessagingTemplate template, Stages stages, Calls calls) {
			this.template = template;
			this.stages = stages;
			this.calls = calls;
		}

		@MessageMapping("try.greet.{room}")
		@SendTo("/topic/open.greetings.{room}")
		Map<String, Object> greet(@DestinationVariable String room, @Valid @Payload Greeting greeting,
				Principal principal, @Header("message-key") String key) {
			return Map.of("room", room, "from", principal.getName(), "to", greeting.name(), "count", greeting.count(),
					"key", key);
		}

		@SubscribeMapping("try.state.{room}")
		Map<String, String> state(@DestinationVariable String room) {
			if (room.equals("closed")) {
				throw new Refusal(Refusal.Code.NOT_FOUND, "There is no room closed");
			}
			return Map.of("state", "of " + room);
		}

		@MessageMapping("try.mine")
		@SendToUser("/queue/answers")
		String mine(String question) {
			return "all of you: " + question;
		}

		@MessageMapping("try.here")
		@SendToUser(destinations = "/queue/answers", broadcast = false)
		String here(String question) {
			return "only here: " + question;
		}

		@MessageMapping("try.template")
		void template(@Payload Greeting greeting) {
			this.template.convertAndSend("/topic/open.template", greeting, Map.<String, Object>of("tone", "friendly"));
			this.template.convertAndSendToUser("bob", "/queue/template", greeting);
		}

		@MessageMapping("try.nowhere")
		void nowhere() {
			this.template.convertAndSend("/topic/unknown", "x");
		}

		@MessageMapping("try.refuse")
		void refuse() {
			throw new Refusal(Refusal.Code.RATE_LIMITED, "Not so fast");
		}

		@MessageMapping("try.fail")
		void fail() {
			throw new SecretException();
		}

		@MessageMapping("try.handled")
		void handled() {
			throw new IllegalStateException("handled");
		}

		@MessageExceptionHandler
		@SendToUser(destinations = "/queue/answers", broadcast = false)
		String handle(IllegalStateException ex) {
			return "handled here: " + ex.getMessage();
		}

		@MessageMapping("try.later.{name}")
		CompletionStage<String> later(@DestinationVariable String name) {
			return this.stages.stage(name);
		}

		@MessageMapping("try.count")
		@SendToUser(destinations = "/queue/answers", broadcast = false)
		String count() {
			return "call " + this.calls.next();
		}

	}

}
