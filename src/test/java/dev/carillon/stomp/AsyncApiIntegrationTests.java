package dev.carillon.stomp;

import java.io.IOException;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.carillon.delivery.CloseCode;
import dev.carillon.support.JsonSchema;
import dev.carillon.support.RawStomp;
import dev.carillon.support.http.Service;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.TopicPolicies;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.annotation.support.SimpAnnotationMethodMessageHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract at {@code /asyncapi.yaml} against the running service: what it names
 * exists, what exists it names, its examples are accepted, and what comes is as it says.
 */
class AsyncApiIntegrationTests {

	private static final JsonMapper JSON = JsonMapper.shared();

	/** What bodies are read as that handler methods take as bytes. */
	private static final Map<String, String> READ_AS = Map.of("/app/scores.create", "dev.carillon.scores.Opening",
			"/app/scores.{match}.event", "dev.carillon.scores.Report", "/app/scores.{match}.withdraw",
			"dev.carillon.scores.ScoresController$Withdrawal", "/app/latency", "dev.carillon.latency.Report");

	/** Needs a token that ends soon, see the tests of bearer tokens. */
	private static final Set<String> NOT_SEEN_HERE = Set.of("own/expiry", "own/anything");

	private static Service service;

	private static Map<String, Object> document;

	private static JsonSchema schemas;

	/** The messages that were seen, as channel/message. */
	private final Set<String> seen = new TreeSet<>();

	/** The last body of each channel. */
	private final Map<String, JsonNode> last = new TreeMap<>();

	@BeforeAll
	static void start() {
		service = Service.demo("spring.datasource.url=jdbc:h2:mem:asyncapi;DB_CLOSE_DELAY=-1",
				"carillon.scores.simulator.enabled=false", "carillon.stocks.simulator.rate=5",
				"carillon.limits.send-rate=0");
		document = new Yaml().load(service.api().get("/asyncapi.yaml").raw().body());
		schemas = new JsonSchema(document);
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Map<String, Object>> channels() {
		return (Map<String, Map<String, Object>>) document.get("channels");
	}

	private static Stream<Map<String, Object>> destinations() {
		return channels().values().stream().filter((channel) -> channel.get("address") != null);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Map<String, Object>> messages(String channel) {
		Map<String, Map<String, Object>> messages = new LinkedHashMap<>();
		((Map<String, Map<String, String>>) channels().get(channel).get("messages")).forEach(
				(name, reference) -> messages.put(name, (Map<String, Object>) schemas.resolve(reference.get("$ref"))));
		return messages;
	}

	/** The names of the channels that are received from, or sent to. */
	@SuppressWarnings("unchecked")
	private static Set<String> channelsOf(String action) {
		return ((Map<String, Map<String, Object>>) document.get("operations")).values()
			.stream()
			.filter((operation) -> action.equals(operation.get("action")))
			.map((operation) -> ((Map<String, String>) operation.get("channel")).get("$ref").replace("#/channels/", ""))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	@SuppressWarnings("unchecked")
	private static Set<String> fields(String channel) {
		Map<String, Object> message = messages(channel).values().iterator().next();
		return (schemaOf(message).get("properties") instanceof Map<?, ?> properties)
				? new TreeSet<>((Set<String>) properties.keySet()) : Set.of();
	}

	/** What the body of a message looks like; nothing if it may be anything. */
	@SuppressWarnings("unchecked")
	private static Map<String, Object> schemaOf(Map<String, Object> message) {
		return (message.get("payload") instanceof Map<?, ?> payload && payload.get("$ref") instanceof String reference)
				? (Map<String, Object>) schemas.resolve(reference) : Map.of();
	}

	// What there is

	@Test
	void familiesWhenConfiguredThenInTheDocument() {
		Map<String, String> configured = new TreeMap<>();
		service.bean(TopicPolicies.class)
			.all()
			.stream()
			.filter((family) -> !family.family().startsWith("h-"))
			.forEach((family) -> configured.put(family.family(), family.pattern().toString()));
		assertThat(destinations().map((channel) -> channel.get("x-family")).distinct().map(String::valueOf))
			.containsExactlyInAnyOrderElementsOf(configured.keySet());
		Map<String, String> documented = new TreeMap<>();
		destinations().filter((channel) -> channel.containsKey("x-pattern"))
			.forEach((channel) -> documented.put((String) channel.get("x-family"), (String) channel.get("x-pattern")));
		assertThat(configured).containsAllEntriesOf(documented);
		assertThat(configured)
			.allSatisfy((family, pattern) -> assertThat(pattern.startsWith("/app/") || documented.containsKey(family))
				.as(family)
				.isTrue());
	}

	@Test
	void handlersWhenMappedThenInTheDocumentWithTheFieldsOfTheirBodies() {
		Map<String, String> mapped = new TreeMap<>();
		Map<String, Set<String>> bodies = new TreeMap<>();
		service.bean(SimpAnnotationMethodMessageHandler.class)
			.getHandlerMethods()
			.forEach((mapping, handler) -> mapping.getDestinationConditions().getPatterns().forEach((pattern) -> {
				String address = "/app/" + pattern;
				boolean isSent = mapping.getMessageTypeMessageCondition().getMessageType() == SimpMessageType.MESSAGE;
				mapped.put(address, isSent ? "receive" : "send");
				if (isSent) {
					bodies.put(address, components(address, handler.getMethod().getParameters()));
				}
			}));
		Map<String, String> documented = new TreeMap<>();
		Map<String, Set<String>> fields = new TreeMap<>();
		for (String action : List.of("receive", "send")) {
			for (String name : channelsOf(action)) {
				String address = (String) channels().get(name).get("address");
				if (address.startsWith("/app/")) {
					documented.put(address, action);
				}
				if (address.startsWith("/app/") && action.equals("receive")) {
					fields.put(address, fields(name));
				}
			}
		}
		assertThat(mapped).hasSizeGreaterThan(10);
		assertThat(documented).isEqualTo(mapped);
		assertThat(fields).isEqualTo(bodies);
	}

	private static Set<String> components(String address, Parameter[] parameters) {
		for (Parameter parameter : parameters) {
			if (parameter.isAnnotationPresent(Payload.class)) {
				Class<?> type = parameter.getType();
				if (READ_AS.containsKey(address)) {
					type = type(READ_AS.get(address));
				}
				return Arrays.stream(type.getRecordComponents())
					.map(RecordComponent::getName)
					.collect(Collectors.toCollection(TreeSet::new));
			}
		}
		return Set.of();
	}

	private static Class<?> type(String name) {
		try {
			return Class.forName(name);
		}
		catch (ClassNotFoundException ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void closeCodesWhenInTheDocumentThenThoseOfTheEnum() {
		assertThat(listed("x-close-codes")
			.map((row) -> List.of(row.get("code"), row.get("name"), row.get("reason"), row.get("reconnect"))))
			.containsExactlyElementsOf(Arrays.stream(CloseCode.values())
				.map((code) -> List.<Object>of(code.number(), code.name().toLowerCase(Locale.ROOT), code.reason(),
						code.reconnect().name().toLowerCase(Locale.ROOT)))
				.toList());
	}

	@Test
	void errorCodesWhenInTheDocumentThenThoseOfTheEnum() {
		List<String> codes = Arrays.stream(Refusal.Code.values()).map(Refusal.Code::text).toList();
		assertThat(listed("x-error-codes").map((row) -> List.of(row.get("code"), row.get("closes"))))
			.containsExactlyElementsOf(Arrays.stream(Refusal.Code.values())
				.map((code) -> List.<Object>of(code.text(), StompConnection.closeCode(new Refusal(code, "")).number()))
				.toList());
		assertThat(((Map<?, ?>) headers("Error").get("code")).get("enum")).isEqualTo(codes);
	}

	@SuppressWarnings("unchecked")
	private static Stream<Map<String, Object>> listed(String name) {
		return ((List<Map<String, Object>>) document.get(name)).stream();
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> headers(String frame) {
		return (Map<String, Object>) schemas.resolve("#/components/schemas/" + frame + "Headers/properties");
	}

	@Test
	void headersWhenTheCodeKnowsThemThenInTheDocumentAndTheOtherWayRound() throws IOException {
		Set<String> documented = new TreeSet<>();
		((Map<?, ?>) schemas.resolve("#/components/schemas")).keySet()
			.stream()
			.map(String::valueOf)
			.filter((name) -> name.endsWith("Headers"))
			.forEach((name) -> documented.addAll(headers(name.replace("Headers", "")).keySet()));
		Set<String> known = new TreeSet<>();
		StringBuilder all = new StringBuilder();
		Pattern use = Pattern
			.compile("(?:\\.(?:header|require|plainHeader|receiptHeader|getFirstNativeHeader|apply)\\(|number\\(frame, "
					+ "|more\\.put\\(|Map\\.of\\()\\s*\"([A-Za-z-]+)\"");
		try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/carillon"))) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".java")).toList()) {
				String text = Files.readString(file);
				all.append(text);
				if (file.toString().matches(".*/(stomp|delivery)/.*|.*/(InboundGuard|SpanTracing)\\.java")) {
					use.matcher(text).results().map((match) -> match.group(1)).forEach(known::add);
				}
			}
		}
		known.remove("authorization");
		assertThat(known).hasSizeGreaterThan(25);
		assertThat(documented).containsAll(known);
		// STOMP wants it and nobody here needs it.
		documented.remove("host");
		assertThat(documented).allSatisfy((name) -> assertThat(all).contains("\"" + name + "\""));
	}

	@Test
	void referencesWhenFollowedThenLeadSomewhere() {
		assertThat(schemas.references()).hasSizeGreaterThan(50)
			.allSatisfy((reference) -> assertThat(schemas.resolve(reference)).as(reference).isNotNull());
	}

	@Test
	void examplesWhenCheckedThenAsTheirSchemasSay() {
		int checked = 0;
		for (String channel : channels().keySet()) {
			for (Map<String, Object> message : messages(channel).values()) {
				for (JsonNode example : examples(message)) {
					checked++;
					assertThat(schemas.problems(message.get("payload"), example)).as("%s", example).isEmpty();
				}
			}
		}
		assertThat(checked).isGreaterThan(20);
	}

	@SuppressWarnings("unchecked")
	private static List<JsonNode> examples(Map<String, Object> message) {
		return ((List<Map<String, Object>>) message.getOrDefault("examples", List.of())).stream()
			.map((example) -> (JsonNode) JSON.valueToTree(example.get("payload")))
			.toList();
	}

	private static List<JsonNode> examples(String channel) {
		return examples(messages(channel).values().iterator().next());
	}

	// What happens

	@Test
	void serviceWhenExamplesAreSentThenTakesThemAndAnswersAsDocumented() {
		try (RawStomp moderator = RawStomp.user(service.port(), "moderator");
				RawStomp bob = RawStomp.user(service.port(), "bob");
				RawStomp scorer = RawStomp.user(service.port(), "scorer");
				RawStomp operator = RawStomp.user(service.port(), "operator")) {
			assertThat(headerProblems("Connected", bob.connected())).isEmpty();
			chat(moderator, bob);
			stocks(bob);
			crossedAlert();
			scores(scorer);
			subscribe(bob, "queue", "/queue/work");
			scorer.published("/queue/work", "any body");
			expect(bob, "queue", "anything");
			subscribe(bob, "lab", "/topic/lab.race");
			bob.published("/topic/lab.race", "1");
			expect(bob, "lab", "anything");
			subscribe(bob, "notices", "/topic/notices.maintenance");
			operator.published("/topic/notices.maintenance", "\"back at noon\"");
			expect(bob, "notices", "anything");
		}
		Set<String> documented = new TreeSet<>();
		channelsOf("send").forEach(
				(channel) -> messages(channel).keySet().forEach((message) -> documented.add(channel + "/" + message)));
		documented.removeAll(NOT_SEEN_HERE);
		assertThat(this.seen).isEqualTo(documented);
	}

	private void chat(RawStomp moderator, RawStomp bob) {
		subscribe(moderator, "chat", "/topic/chat.general");
		subscribe(moderator, "typing", "/topic/typing.general");
		subscribe(moderator, "presence", "/topic/presence.chat.general");
		subscribe(moderator, "direct", "/user/queue/chat");
		subscribe(bob, "direct", "/user/queue/chat");
		subscribe(bob, "mentions", "/user/queue/mentions");
		send(moderator, "chatSend", "/app/chat.general.send", (example) -> known(moderator, example, "replyTo"));
		expect(bob, "mentions", "chatMention");
		send(moderator, "chatEdit", "/app/chat.general.edit", (example) -> known(moderator, example, "id"));
		expect(moderator, "chat", "chatEdited");
		send(moderator, "chatReact", "/app/chat.general.react", (example) -> known(moderator, example, "id"));
		expect(moderator, "chat", "chatReaction");
		send(moderator, "chatRead", "/app/chat.general.read", (example) -> known(moderator, example, "id"));
		expect(moderator, "direct", "chatRead");
		moderator.published("/app/chat.general.typing", "");
		expect(moderator, "typing", "chatTyping");
		send(moderator, "chatDirect", "/app/chat.direct", (example) -> example);
		expect(bob, "direct", "chatDirect");
		send(moderator, "chatSlow", "/app/chat.general.slow", (example) -> example);
		send(moderator, "chatMute", "/app/chat.general.mute", (example) -> example);
		send(moderator, "chatDelete", "/app/chat.general.delete", (example) -> known(moderator, example, "id"));
		expect(moderator, "chat", "chatDeleted");
		expect(moderator, "presence", "attendance");
	}

	private void stocks(RawStomp bob) {
		subscribe(bob, "stocks", "/topic/stocks.AAPL");
		expect(bob, "stocks", "quote");
		subscribe(bob, "alerts", "/user/queue/alerts");
		send(bob, "alertsAdd", "/app/stocks.alerts.add", (example) -> example);
		expect(bob, "alerts", "alertEvent");
		subscribe(bob, "alertsList", "/app/stocks.alerts");
		expect(bob, "alertsList", "alertList");
		String id = this.last.get("alertsList").get(0).path("id").asString();
		send(bob, "alertsRemove", "/app/stocks.alerts.remove", (example) -> example.put("id", id));
		send(bob, "latency", "/app/latency", (example) -> example);
	}

	/** Alerts so close to the price that its next moves cross one. */
	private void crossedAlert() {
		try (RawStomp alice = RawStomp.user(service.port(), "alice", "soft-errors:true")) {
			subscribe(alice, "alerts", "/user/queue/alerts");
			subscribe(alice, "stocks", "/topic/stocks.AAPL");
			this.last.remove("alerts");
			while (!this.last.containsKey("alerts")
					|| !this.last.get("alerts").path("event").asString().equals("crossed")) {
				RawStomp.Answer frame = alice.message();
				check(frame);
				if (frame.header("subscription").equals("stocks")) {
					// Refused if the price has moved on by then.
					BigDecimal price = this.last.get("stocks").path("price").decimalValue();
					wish(alice, "above", price.add(new BigDecimal("0.01")));
					wish(alice, "below", price.subtract(new BigDecimal("0.01")));
				}
			}
			assertThat(this.last.get("alerts").has("quote")).isTrue();
		}
	}

	private static void wish(RawStomp client, String direction, BigDecimal price) {
		client.publish("/app/stocks.alerts.add",
				JSON.createObjectNode()
					.put("symbol", "AAPL")
					.put("direction", direction)
					.put("price", price.toPlainString())
					.toString(),
				"content-type:application/json");
	}

	private void scores(RawStomp scorer) {
		subscribe(scorer, "scoresAnswers", "/user/queue/scores");
		subscribe(scorer, "scores", "/topic/scores.*.*");
		send(scorer, "scoresCreate", "/app/scores.create", (example) -> example);
		expect(scorer, "scoresAnswers", "accepted");
		for (String kind : List.of("created", "event", "withdrawal")) {
			if (kind.equals("event")) {
				send(scorer, "scoresEvent", "/app/scores.final.event", (example) -> example);
			}
			if (kind.equals("withdrawal")) {
				send(scorer, "scoresWithdraw", "/app/scores.final.withdraw", (example) -> example);
			}
			do {
				check(scorer.message());
			}
			while (!this.last.containsKey("scores") || !this.last.get("scores").path("kind").asString().equals(kind));
		}
	}

	/** An example that names a message, which has to be one that exists. */
	private ObjectNode known(RawStomp client, ObjectNode example, String field) {
		if (example.has(field)) {
			expect(client, "chat", "chatMessage");
			example.put(field, this.last.get("chat").path("id").asLong());
		}
		return example;
	}

	private void subscribe(RawStomp client, String channel, String destination) {
		assertThat(headerProblems("Receipt", client.subscribe(channel, destination))).isEmpty();
	}

	private void send(RawStomp client, String channel, String destination, Function<ObjectNode, ObjectNode> adapt) {
		List<JsonNode> examples = examples(channel);
		assertThat(examples).as(channel).isNotEmpty();
		for (JsonNode example : examples) {
			RawStomp.Answer receipt = client.published(destination,
					adapt.apply(((ObjectNode) example).deepCopy()).toString(), "content-type:application/json");
			assertThat(headerProblems("Receipt", receipt)).isEmpty();
		}
	}

	/** Reads on until a channel has brought a message. */
	private void expect(RawStomp client, String channel, String message) {
		while (!this.seen.contains(channel + "/" + message)) {
			check(client.message());
		}
	}

	private void check(RawStomp.Answer frame) {
		assertThat(headerProblems("Message", frame)).isEmpty();
		assertThat(headers("Message").keySet()).containsAll(frame.headers().keySet());
		String channel = frame.header("subscription");
		JsonNode body = channel.equals("queue") ? JSON.valueToTree(frame.text()) : JSON.readTree(frame.text());
		Map<String, List<String>> problems = new LinkedHashMap<>();
		messages(channel).forEach((name, message) -> {
			List<String> found = schemas.problems(message.get("payload"), body);
			if (found.isEmpty()) {
				this.seen.add(channel + "/" + name);
			}
			else {
				problems.put(name, found);
			}
		});
		assertThat(problems).as("%s in %s", frame, channel).hasSize(messages(channel).size() - 1);
		this.last.put(channel, body);
	}

	private static List<String> headerProblems(String frame, RawStomp.Answer answer) {
		return schemas.problems(schemas.resolve("#/components/schemas/" + frame + "Headers"),
				JSON.valueToTree(answer.headers()));
	}

	@Test
	void sendWhenAFieldIsWrongThenTheErrorNamesIt() {
		int tried = 0;
		try (RawStomp moderator = RawStomp.user(service.port(), "moderator", "soft-errors:true");
				RawStomp scorer = RawStomp.user(service.port(), "scorer", "soft-errors:true")) {
			for (String channel : channelsOf("receive")) {
				String address = (String) channels().get(channel).get("address");
				for (String field : fields(channel)) {
					ObjectNode body = ((ObjectNode) examples(channel).getFirst()).deepCopy();
					body.set(field, JSON.createObjectNode().set("odd", JSON.createArrayNode().add(1)));
					RawStomp client = address.contains("scores") ? scorer : moderator;
					client.publish(address.replace("{room}", "general").replace("{match}", "final"), body.toString(),
							"content-type:application/json");
					RawStomp.Answer error = client.error();
					tried++;
					assertThat(headerProblems("Error", error)).isEmpty();
					assertThat(error.header("code")).as("%s of %s", field, address).isEqualTo("bad-value");
					assertThat(error.header("message")).as(address).contains(field);
				}
			}
		}
		assertThat(tried).isGreaterThan(15);
	}

	@Test
	void sendWhenAFieldIsMissingThenTheErrorNamesIt() {
		int tried = 0;
		try (RawStomp moderator = RawStomp.user(service.port(), "moderator", "soft-errors:true");
				RawStomp scorer = RawStomp.user(service.port(), "scorer", "soft-errors:true")) {
			for (String channel : channelsOf("receive")) {
				String address = (String) channels().get(channel).get("address");
				for (String field : required(channel)) {
					ObjectNode body = ((ObjectNode) examples(channel).getFirst()).deepCopy();
					body.remove(field);
					RawStomp client = address.contains("scores") ? scorer : moderator;
					client.publish(address.replace("{room}", "general").replace("{match}", "final"), body.toString(),
							"content-type:application/json");
					RawStomp.Answer error = client.error();
					tried++;
					assertThat(error.header("code")).as("%s of %s", field, address).isEqualTo("bad-value");
					assertThat(error.header("message")).as(address).contains(field);
				}
			}
		}
		assertThat(tried).isGreaterThan(10);
	}

	@SuppressWarnings("unchecked")
	private static List<String> required(String channel) {
		Map<String, Object> message = messages(channel).values().iterator().next();
		return (schemaOf(message).get("required") instanceof List<?> names) ? (List<String>) names : List.of();
	}

	@Test
	void documentWhenServedThenTheOneInDocs() throws IOException {
		assertThat(service.api().get("/asyncapi.yaml").raw().body())
			.isEqualTo(Files.readString(Path.of("docs/asyncapi.yaml"), StandardCharsets.UTF_8));
	}

}
