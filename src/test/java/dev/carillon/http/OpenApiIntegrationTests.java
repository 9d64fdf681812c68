package dev.carillon.http;

import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.carillon.support.JsonSchema;
import dev.carillon.support.http.Service;
import dev.carillon.topic.Refusal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The document against what is really mapped.
 */
class OpenApiIntegrationTests {

	private static Service service;

	private static Map<String, Object> document;

	@BeforeAll
	static void start() {
		service = Service.demo();
		document = new Yaml().load(service.api().get("/openapi.yaml").raw().body());
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	/** What a client can send: "GET /api/x" with parameters such as "query limit". */
	private static Map<String, Set<String>> mapped() {
		Map<String, Set<String>> operations = new TreeMap<>();
		service.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
			.getHandlerMethods()
			.forEach((mapping, handler) -> {
				for (String path : mapping.getPatternValues()) {
					if (path.startsWith("/api/")) {
						mapping.getMethodsCondition()
							.getMethods()
							.forEach((method) -> operations.put(method + " " + path,
									parameters(handler.getMethod().getParameters())));
					}
				}
			});
		return operations;
	}

	private static Set<String> parameters(Parameter[] parameters) {
		Set<String> names = new TreeSet<>();
		for (Parameter parameter : parameters) {
			MergedAnnotations annotations = MergedAnnotations.from(parameter);
			add(names, "query", annotations.get(RequestParam.class), parameter);
			add(names, "header", annotations.get(RequestHeader.class), parameter);
			add(names, "path", annotations.get(PathVariable.class), parameter);
			MergedAnnotation<RequestBody> body = annotations.get(RequestBody.class);
			if (body.isPresent()) {
				names.add("body" + (body.getBoolean("required") ? " required" : ""));
			}
		}
		return names;
	}

	private static void add(Set<String> names, String place, MergedAnnotation<?> annotation, Parameter parameter) {
		if (annotation.isPresent()) {
			String given = annotation.getString("name");
			boolean needed = annotation.getBoolean("required") && annotation.getValue("defaultValue", String.class)
				.orElse(ValueConstants.DEFAULT_NONE)
				.equals(ValueConstants.DEFAULT_NONE) && !isNullable(parameter);
			names.add(place + " " + (given.isEmpty() ? parameter.getName() : given) + (needed ? " required" : ""));
		}
	}

	private static boolean isNullable(Parameter parameter) {
		return parameter.getAnnotatedType().isAnnotationPresent(org.jspecify.annotations.Nullable.class);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Set<String>> documented() {
		Map<String, Set<String>> operations = new TreeMap<>();
		((Map<String, Map<String, Map<String, Object>>>) document.get("paths"))
			.forEach((path, methods) -> methods.forEach((method, operation) -> {
				Set<String> names = new TreeSet<>();
				List<Map<String, Object>> parameters = (List<Map<String, Object>>) operation.getOrDefault("parameters",
						List.of());
				parameters.forEach((one) -> names.add(one.get("in") + " " + one.get("name")
						+ (Boolean.TRUE.equals(one.get("required")) ? " required" : "")));
				if (operation.get("requestBody") instanceof Map<?, ?> body) {
					names.add("body" + (Boolean.TRUE.equals(body.get("required")) ? " required" : ""));
				}
				operations.put(method.toUpperCase(Locale.ROOT) + " " + path, names);
			}));
		return operations;
	}

	@Test
	void documentWhenComparedWithTheMappingsThenBothSayTheSame() {
		assertThat(mapped()).hasSizeGreaterThan(5);
		assertThat(documented()).containsExactlyEntriesOf(mapped());
	}

	@Test
	void documentWhenItRefersToSomethingThenThatExists() {
		JsonSchema schemas = new JsonSchema(document);
		assertThat(schemas.references()).isNotEmpty()
			.allSatisfy((reference) -> assertThat(schemas.resolve(reference)).as(reference).isNotNull());
	}

	@Test
	void documentWhenItListsCodesThenAllOfThem() {
		Object at = document;
		for (String step : List.of("components", "schemas", "Problem", "properties", "code", "enum")) {
			at = ((Map<?, ?>) at).get(step);
		}
		assertThat(at).asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(String.class))
			.containsExactlyElementsOf(Arrays.stream(Refusal.Code.values()).map(Refusal.Code::text).toList());
	}

	/** The fields of what is answered, for the documents that this package writes. */
	@Test
	void documentWhenItDescribesRecordsThenTheirFields() {
		Map<String, Class<?>> records = new LinkedHashMap<>();
		records.put("Message", MessageBody.class);
		records.put("MessagePage", MessagePage.class);
		records.put("Publication", PublishController.Request.class);
		records.put("Published", PublishController.Result.class);
		records.put("Seen", EchoController.Seen.class);
		records.put("Ticket", TicketsController.Ticket.class);
		records.put("Who", SignInController.Who.class);
		records.put("Credentials", SignInController.Credentials.class);
		Map<?, ?> schemas = (Map<?, ?>) ((Map<?, ?>) document.get("components")).get("schemas");
		records.forEach((name, type) -> {
			Map<?, ?> properties = (Map<?, ?>) ((Map<?, ?>) schemas.get(name)).get("properties");
			List<String> fields = Arrays.stream(type.getRecordComponents())
				.map((component) -> component.getName())
				.toList();
			assertThat(properties.keySet().stream().map(String::valueOf).toList()).as(name)
				.containsExactlyInAnyOrderElementsOf(fields);
		});
	}

}
