package dev.carillon.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks JSON against the schemas of a document, as far as our documents use JSON Schema:
 * {@code $ref}, {@code type}, {@code properties}, {@code required},
 * {@code additionalProperties}, {@code items}, {@code enum}, {@code const},
 * {@code oneOf}, {@code minimum}, {@code maximum}, {@code minLength}, {@code maxLength},
 * {@code minItems} and {@code maxItems}. A keyword it does not know is a problem, so that
 * none is taken for checked that is not.
 */
public final class JsonSchema {

	private static final List<String> WORDS = List.of("description", "format", "default");

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Map<String, Object> document;

	public JsonSchema(Map<String, Object> document) {
		this.document = document;
	}

	/** What a reference such as {@code #/components/schemas/X} points at, or null. */
	public Object resolve(String reference) {
		Object at = this.document;
		for (String step : reference.substring(2).split("/")) {
			at = (at instanceof Map<?, ?> map) ? map.get(step) : null;
		}
		return at;
	}

	/** All references in the document, as often as they are there. */
	public List<String> references() {
		List<String> references = new ArrayList<>();
		collect(this.document, references);
		return references;
	}

	private static void collect(Object node, List<String> references) {
		if (node instanceof Map<?, ?> map) {
			map.forEach((key, value) -> {
				if ("$ref".equals(key)) {
					references.add((String) value);
				}
				collect(value, references);
			});
		}
		else if (node instanceof List<?> list) {
			list.forEach((value) -> collect(value, references));
		}
	}

	/** What is wrong with a value; nothing if it is as the schema says. */
	public List<String> problems(Object schema, JsonNode value) {
		List<String> problems = new ArrayList<>();
		check(schema, value, "", problems);
		return problems;
	}

	private void check(Object schema, JsonNode value, String path, List<String> problems) {
		if (!(schema instanceof Map<?, ?> rules)) {
			problems.add(path + ": there is no schema");
			return;
		}
		rules.forEach((word, rule) -> {
			boolean isRight = switch ((String) word) {
				case "$ref" -> {
					check(resolve((String) rule), value, path, problems);
					yield true;
				}
				case "type" -> types(rule).stream().anyMatch((type) -> isOf(type, value));
				case "enum" -> ((List<?>) rule).stream().anyMatch((one) -> JSON.valueToTree(one).equals(value));
				case "const" -> JSON.valueToTree(rule).equals(value);
				case "oneOf" -> ((List<?>) rule).stream().filter((one) -> problems(one, value).isEmpty()).count() == 1;
				case "required" -> ((List<?>) rule).stream().allMatch((name) -> value.has((String) name));
				case "minimum" -> !value.isNumber() || value.asDouble() >= ((Number) rule).doubleValue();
				case "maximum" -> !value.isNumber() || value.asDouble() <= ((Number) rule).doubleValue();
				case "minLength" -> !value.isString() || value.asString().length() >= ((Number) rule).intValue();
				case "maxLength" -> !value.isString() || value.asString().length() <= ((Number) rule).intValue();
				case "minItems" -> !value.isArray() || value.size() >= ((Number) rule).intValue();
				case "maxItems" -> !value.isArray() || value.size() <= ((Number) rule).intValue();
				case "items" -> {
					for (int i = 0; i < value.size() && value.isArray(); i++) {
						check(rule, value.get(i), path + "/" + i, problems);
					}
					yield true;
				}
				case "properties" -> {
					((Map<?, ?>) rule).forEach((name, one) -> {
						if (value.has((String) name)) {
							check(one, value.get((String) name), path + "/" + name, problems);
						}
					});
					yield true;
				}
				case "additionalProperties" -> {
					additional(rules, rule, value, path, problems);
					yield true;
				}
				default -> WORDS.contains(word);
			};
			if (!isRight) {
				problems.add(path + ": " + word + " " + rule + " and not " + value);
			}
		});
	}

	private void additional(Map<?, ?> rules, Object rule, JsonNode value, String path, List<String> problems) {
		Map<?, ?> known = (rules.get("properties") instanceof Map<?, ?> properties) ? properties : Map.of();
		if (!value.isObject()) {
			return;
		}
		for (String name : value.propertyNames()) {
			if (!known.containsKey(name)) {
				if (Boolean.FALSE.equals(rule)) {
					problems.add(path + ": there is no " + name);
				}
				else {
					check(rule, value.get(name), path + "/" + name, problems);
				}
			}
		}
	}

	private static List<?> types(Object rule) {
		return (rule instanceof List<?> several) ? several : List.of(rule);
	}

	private static boolean isOf(Object type, JsonNode value) {
		return switch ((String) type) {
			case "object" -> value.isObject();
			case "array" -> value.isArray();
			case "string" -> value.isString();
			case "integer" -> value.isIntegralNumber();
			case "number" -> value.isNumber();
			case "boolean" -> value.isBoolean();
			case "null" -> value.isNull();
			default -> false;
		};
	}

}
