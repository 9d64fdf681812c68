package dev.carillon.chat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.context.support.StaticApplicationContext;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.JacksonJsonMessageConverter;
import org.springframework.messaging.handler.HandlerMethod;
import org.springframework.messaging.handler.invocation.HandlerMethodReturnValueHandler;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.annotation.support.SimpAnnotationMethodMessageHandler;
import org.springframework.messaging.support.ExecutorSubscribableChannel;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.util.AntPathMatcher;
import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;

class ChatControllerTests {

	private final ChatFixture fixture = new ChatFixture(TestDatabase.H2);

	private final Handler handler = new Handler();

	@BeforeEach
	void start() {
		this.handler.afterPropertiesSet();
		this.handler.register(new ChatController(this.fixture.chat, this.fixture.changes, this.fixture.typing));
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void sendWhenKeyIsInHeaderThenEventCarriesIt() {
		send("ann", "/app/chat.general.send", "{\"text\": \"hello\"}", "k");
		send("ann", "/app/chat.general.send", "{\"text\": \"hello\"}", "k");
		assertThat(this.handler.refusals).isEmpty();
		assertThat(this.fixture.published("/topic/chat.general")).singleElement()
			.satisfies((event) -> assertThat(event.get("key").asString()).isEqualTo("k"))
			.satisfies((event) -> assertThat(event.get("sender").asString()).isEqualTo("ann"));
	}

	@Test
	void commandsWhenSentThenEachHappens() {
		send("ann", "/app/chat.general.send", "{\"text\": \"one\"}");
		send("ann", "/app/chat.general.edit", "{\"id\": 1, \"text\": \"two\"}");
		send("bob", "/app/chat.general.react", "{\"id\": 1, \"emoji\": \"👍\", \"action\": \"add\"}");
		send("bob", "/app/chat.general.react", "{\"id\": 1, \"emoji\": \"👍\", \"action\": \"remove\"}");
		send("bob", "/app/chat.general.read", "{\"id\": 1}");
		send("bob", "/app/chat.general.send", "{\"text\": \"answer\", \"replyTo\": 1}");
		send("ann", "/app/chat.general.delete", "{\"id\": 1}");
		assertThat(this.handler.refusals).isEmpty();
		assertThat(types("/topic/chat.general")).containsExactly("message", "edited", "reaction", "reaction", "message",
				"deleted");
		assertThat(types("/user/bob/queue/chat")).containsExactly("read");
	}

	@Test
	void typingWhenRepeatedThenToldOncePerSecondAndNotStored() {
		send("ann", "/app/chat.general.typing", "");
		send("ann", "/app/chat.general.typing", "{}");
		this.fixture.clock.advance(Duration.ofSeconds(1));
		send("ann", "/app/chat.general.typing", "");
		assertThat(this.handler.refusals).isEmpty();
		assertThat(types("/topic/typing.general")).containsExactly("typing", "typing");
		assertThat(this.fixture.published("/topic/chat.general")).isEmpty();
	}

	@Test
	void directWhenSentThenReachesBothParties() {
		send("ann", "/app/chat.direct", "{\"to\": \"bob\", \"text\": \"psst\"}");
		assertThat(types("/user/ann/queue/chat")).containsExactly("direct");
		assertThat(types("/user/bob/queue/chat")).containsExactly("direct");
	}

	@Test
	void moderationWhenModeratorThenHolds() {
		this.fixture.changes.create(ChatFixture.ANN, "team", "", Room.Access.PUBLIC);
		send("ann", "/app/chat.team.slow", "{\"seconds\": 30}");
		send("ann", "/app/chat.team.mute", "{\"user\": \"eve\", \"seconds\": 30}");
		assertThat(this.handler.refusals).isEmpty();
		assertThat(this.fixture.rooms.readable("team", ChatFixture.ANN).slowSeconds()).isEqualTo(30);
		assertThat(this.fixture.rooms.mayWrite("team", "eve")).isFalse();
		send("bob", "/app/chat.team.slow", "{\"seconds\": 0}");
		send("ann", "/app/chat.team.slow", "{\"seconds\": -1}");
		send("ann", "/app/chat.team.mute", "{\"seconds\": 30}");
		assertThat(this.handler.refusals).extracting(Refusal::code)
			.containsExactly(Refusal.Code.ACCESS_DENIED, Refusal.Code.BAD_VALUE, Refusal.Code.BAD_VALUE);
	}

	@Test
	void commandsWhenFieldIsMissingThenRefusalNamesIt() {
		send("ann", "/app/chat.general.send", "{}");
		send("ann", "/app/chat.general.edit", "{\"text\": \"two\"}");
		send("ann", "/app/chat.general.react", "{\"id\": 1, \"emoji\": \"👍\"}");
		send("ann", "/app/chat.direct", "{\"text\": \"psst\"}");
		send("guest-1", "/app/chat.general.send", "{\"text\": \"hello\"}");
		assertThat(this.handler.refusals).extracting((refusal) -> refusal.reason().split(" ")[0])
			.containsExactly("text", "id", "action", "to", "Guests");
	}

	private List<String> types(String destination) {
		return this.fixture.published(destination)
			.stream()
			.map((JsonNode event) -> event.get("type").asString())
			.toList();
	}

	private void send(String user, String destination, String body) {
		send(user, destination, body, null);
	}

	private void send(String user, String destination, String body, @Nullable String key) {
		SimpMessageHeaderAccessor headers = SimpMessageHeaderAccessor.create(SimpMessageType.MESSAGE);
		headers.setSessionId("session");
		headers.setSessionAttributes(new HashMap<>());
		headers.setDestination(destination);
		headers.setContentType(MimeTypeUtils.APPLICATION_JSON);
		headers.setUser(user.startsWith("guest-") ? Users.guest(user) : Users.user(user));
		if (key != null) {
			headers.setNativeHeader("message-key", key);
		}
		this.handler.handleMessage(
				MessageBuilder.createMessage(body.getBytes(StandardCharsets.UTF_8), headers.getMessageHeaders()));
	}

	/**
	 * Spring's handling of annotated methods, which waits for what they return.
	 */
	private static final class Handler extends SimpAnnotationMethodMessageHandler {

		final List<Refusal> refusals = new CopyOnWriteArrayList<>();

		Handler() {
			super(new ExecutorSubscribableChannel(), new ExecutorSubscribableChannel(),
					new SimpMessagingTemplate(new ExecutorSubscribableChannel()));
			setApplicationContext(new StaticApplicationContext());
			setDestinationPrefixes(List.of("/app"));
			setPathMatcher(new AntPathMatcher("."));
			setMessageConverter(new JacksonJsonMessageConverter());
		}

		void register(Object controller) {
			detectHandlerMethods(controller);
		}

		@Override
		protected List<? extends HandlerMethodReturnValueHandler> initReturnValueHandlers() {
			List<HandlerMethodReturnValueHandler> handlers = new ArrayList<>();
			handlers.add(new Waiting());
			handlers.addAll(super.initReturnValueHandlers());
			return handlers;
		}

		@Override
		protected void processHandlerMethodException(HandlerMethod method, Exception failure, Message<?> message) {
			Refusal refusal = Refusal.of(failure);
			assertThat(refusal.code()).as("%s", failure).isNotEqualTo(Refusal.Code.INTERNAL);
			this.refusals.add(refusal);
		}

	}

	private static final class Waiting implements HandlerMethodReturnValueHandler {

		@Override
		public boolean supportsReturnType(MethodParameter type) {
			return CompletionStage.class.isAssignableFrom(type.getParameterType());
		}

		@Override
		public void handleReturnValue(@Nullable Object value, MethodParameter type, Message<?> message) {
			try {
				((CompletionStage<?>) Objects.requireNonNull(value)).toCompletableFuture().join();
			}
			catch (CompletionException ex) {
				throw Refusal.of(ex);
			}
		}

	}

}
