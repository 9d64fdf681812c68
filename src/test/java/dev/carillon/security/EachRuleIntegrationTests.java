package dev.carillon.security;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import dev.carillon.support.http.Api;
import dev.carillon.support.http.Service;
import dev.carillon.support.http.WsClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A refusal says which rule has decided, in the same words wherever it is asked for.
 */
class EachRuleIntegrationTests {

	private static Service service;

	@BeforeAll
	static void start() {
		service = Service.demo("spring.datasource.url=jdbc:h2:mem:each-rule;DB_CLOSE_DELAY=-1",
				"carillon.stocks.simulator.rate=0.001", "carillon.scores.simulator.enabled=false");
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	private static WsClient connect(String user, String... headers) {
		return user.isEmpty() ? WsClient.connect(service, headers)
				: WsClient.connect(service,
						Stream.concat(Stream.of("login:" + user, "passcode:" + user), Stream.of(headers))
							.toArray(String[]::new));
	}

	private static void ask(WsClient client, String command, String destination) {
		client.send(command, "", "id:1", "destination:" + destination);
	}

	private static Api.Answer ask(String user, String command, String destination) {
		Api api = user.isEmpty() ? service.api() : service.api(user);
		return command.equals("SEND") ? api.publish(destination, "x")
				: api.get("/api/stream?destination=" + URLEncoder.encode(destination, StandardCharsets.UTF_8));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					''    | SUBSCRIBE | /topic/members.x     | access-denied       | the rule of h-members is subscribe: authenticated
					''    | SEND      | /topic/members.x     | access-denied       | the rule of h-members is send: authenticated
					alice | SUBSCRIBE | /topic/scorers.x     | access-denied       | the rule of h-scorers is subscribe: role:SCORER
					alice | SEND      | /topic/scorers.x     | access-denied       | the rule of h-scorers is send: role:SCORER
					alice | SUBSCRIBE | /topic/scorers.*     | access-denied       | the rule of h-scorers is subscribe: role:SCORER
					alice | SUBSCRIBE | /user/bob/queue/x    | access-denied       | the rule of own is subscribe: user:{name}
					alice | SEND      | /user/queue/x        | access-denied       | the rule of own is send: nobody
					alice | SUBSCRIBE | /topic/chat.secret-1 | access-denied       | subscribe: rule:room
					alice | SUBSCRIBE | /topic/slow.*        | access-denied       | The family h-slow does not allow wildcards
					alice | SUBSCRIBE | /topic/nowhere       | unknown-destination | /topic/nowhere
					alice | SUBSCRIBE | /topic/nowhere.*     | unknown-destination | No family of topics
					alice | SEND      | /topic/nowhere       | unknown-destination | /topic/nowhere
					""")
	void refusalWhenARuleDecidesThenNamesItAsErrorAsSoftErrorAndAsProblem(String user, String command,
			String destination, String code, String words) {
		String message;
		try (WsClient client = connect(user)) {
			ask(client, command, destination);
			WsClient.Frame error = client.next("ERROR");
			message = withoutName(error.header("message"));
			assertThat(error.header("code")).isEqualTo(code);
			assertThat(message).contains(words);
			assertThat(client.closeCode()).isEqualTo(1008);
		}
		try (WsClient client = connect(user, "soft-errors:true")) {
			ask(client, command, destination);
			WsClient.Frame error = client.next("ERROR");
			assertThat(error.header("fatal")).isEqualTo("false");
			assertThat(withoutName(error.header("message"))).isEqualTo(message);
			client.subscribe("still", "/topic/open.here");
		}
		Api.Answer problem = ask(user, command, destination).isProblem(code.equals("access-denied") ? 403 : 404, code);
		assertThat(withoutName(problem.text("detail"))).isEqualTo(message);
	}

	/** Guests have a name of their own for each connection. */
	private static String withoutName(String message) {
		return message.replaceAll("guest-[^ ]+", "guest");
	}

}
