package dev.carillon.scores;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.support.GenericApplicationContext;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.JacksonJsonMessageConverter;
import org.springframework.messaging.handler.HandlerMethod;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.annotation.support.SimpAnnotationMethodMessageHandler;
import org.springframework.messaging.support.ExecutorSubscribableChannel;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.util.AntPathMatcher;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link ScoresController} behind Spring's own dispatch of messages.
 */
class ScoresControllerTests {

	private final Board board = new Board();

	private final List<Message<?>> answers = new ArrayList<>();

	private final List<Exception> failures = new ArrayList<>();

	private SimpAnnotationMethodMessageHandler handler;

	@BeforeEach
	void setUp() {
		ExecutorSubscribableChannel answering = new ExecutorSubscribableChannel();
		answering.subscribe(this.answers::add);
		SimpMessagingTemplate template = new SimpMessagingTemplate(answering);
		template.setMessageConverter(new JacksonJsonMessageConverter());
		GenericApplicationContext context = new GenericApplicationContext();
		context.registerBean(ScoresController.class,
				() -> new ScoresController(this.board.scoreboard, new MatchJson()));
		context.refresh();
		this.handler = new SimpAnnotationMethodMessageHandler(new ExecutorSubscribableChannel(), answering, template) {

			@Override
			protected void processHandlerMethodException(HandlerMethod method, Exception failure, Message<?> message) {
				ScoresControllerTests.this.failures.add(failure);
			}

		};
		this.handler.setApplicationContext(context);
		this.handler.setDestinationPrefixes(List.of("/app/"));
		this.handler.setPathMatcher(new AntPathMatcher("."));
		this.handler.afterPropertiesSet();
	}

	@Test
	void reportWhenScorerReportsThenAnswerGoesToTheUser() {
		send("/app/scores.create", """
				{"id":"final","fixture":{"kind":"soccer","home":"Reds","away":"Blues"}}""", null);
		send("/app/scores.final.event", """
				{"event":{"kind":"period-start"}}""", null);
		send("/app/scores.final.event", """
				{"event":{"kind":"goal","team":"home"}}""", null);
		send("/app/scores.final.withdraw", """
				{"number":2}""", null);
		assertThat(this.failures).isEmpty();
		assertThat(this.answers).extracting(ScoresControllerTests::destination)
			.containsOnly("/user/sam/queue/scores")
			.hasSize(4);
		assertThat(this.answers).extracting(ScoresControllerTests::body)
			.last()
			.isEqualTo("{\"match\":\"final\",\"destination\":\"/topic/scores.soccer.final\",\"number\":3}");
		assertThat(this.board.scoreboard.timeline("final").match().score()).isEqualTo(Tally.ZERO);
	}

	@Test
	void reportWhenKeyIsRepeatedThenSameAnswer() {
		String match = this.board.soccer();
		for (int i = 0; i < 2; i++) {
			send("/app/scores." + match + ".event", """
					{"event":{"kind":"period-start"}}""", "start");
		}
		assertThat(this.failures).isEmpty();
		assertThat(body(this.answers.get(0))).isEqualTo(body(this.answers.get(1)));
		assertThat(this.board.scoreboard.timeline(match).number()).isOne();
	}

	@Test
	void reportWhenRefusedThenNoAnswerAndRefusalIsThrown() {
		String match = this.board.soccer();
		send("/app/scores." + match + ".event", """
				{"event":{"kind":"goal","team":"home"}}""", null);
		send("/app/scores." + match + ".event", "", null);
		send("/app/scores." + match + ".withdraw", "{}", null);
		assertThat(this.answers).isEmpty();
		assertThat(this.failures).extracting(Exception::getMessage)
			.satisfiesExactly((message) -> assertThat(message).contains("has not begun"),
					(message) -> assertThat(message).isNotBlank(),
					(message) -> assertThat(message).contains("number is missing"));
	}

	private void send(String destination, String body, @Nullable String key) {
		SimpMessageHeaderAccessor headers = SimpMessageHeaderAccessor.create(SimpMessageType.MESSAGE);
		headers.setDestination(destination);
		headers.setSessionId("s1");
		headers.setSessionAttributes(new HashMap<>());
		headers.setUser(UsernamePasswordAuthenticationToken.authenticated("sam", null,
				AuthorityUtils.createAuthorityList("ROLE_SCORER")));
		if (key != null) {
			headers.setNativeHeader("message-key", key);
		}
		headers.setLeaveMutable(true);
		this.handler.handleMessage(
				MessageBuilder.createMessage(body.getBytes(StandardCharsets.UTF_8), headers.getMessageHeaders()));
	}

	private static @Nullable String destination(Message<?> message) {
		return SimpMessageHeaderAccessor.getDestination(message.getHeaders());
	}

	private static String body(Message<?> message) {
		return new String((byte[]) message.getPayload(), StandardCharsets.UTF_8);
	}

}
