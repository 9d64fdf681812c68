package dev.carillon.scores;

import java.util.List;
import java.util.stream.Collectors;

import dev.carillon.topic.Refusal;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Matches and events as JSON, with refusals that name the field.
 * <p>
 * It has a mapper of its own: what is stored and published must not change with the
 * settings of the web layer.
 */
final class MatchJson {

	/** The largest body of a request, in bytes; more than any report needs. */
	private static final int MAX_BODY = 8 * 1024;

	private final JsonMapper mapper = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	/**
	 * Reads what a client sent.
	 * @throws Refusal if it is not what the type describes
	 */
	<T> T read(byte[] body, Class<T> type) {
		if (body.length > MAX_BODY) {
			throw new Refusal(Refusal.Code.TOO_LARGE,
					"The body has " + body.length + " bytes; " + MAX_BODY + " are allowed");
		}
		try {
			T value = this.mapper.readValue(body, type);
			return Fields.required("The body", value);
		}
		catch (JacksonException ex) {
			throw refusal(ex);
		}
	}

	/**
	 * Reads what was stored.
	 */
	<T> T read(String stored, Class<T> type) {
		return this.mapper.readValue(stored, type);
	}

	String write(Object value) {
		return this.mapper.writeValueAsString(value);
	}

	private static Refusal refusal(JacksonException ex) {
		for (Throwable cause = ex.getCause(); cause != null; cause = cause.getCause()) {
			if (cause instanceof Refusal refusal) {
				return refusal;
			}
		}
		return Fields.bad(switch (ex) {
			case UnrecognizedPropertyException unknown -> path(unknown) + " is not a field that is known here";
			case InvalidTypeIdException type ->
				path(type, "kind") + ((type.getTypeId() == null) ? " is missing" : " is not one of those that exist");
			case InvalidFormatException format when format.getTargetType().isEnum() ->
				path(format) + " has a value that does not exist";
			case DatabindException other when !other.getPath().isEmpty() ->
				path(other) + " is missing or has a value of the wrong type";
			case DatabindException _ -> "The body is not a JSON object of the expected form";
			default -> "The body is not JSON";
		});
	}

	private static String path(DatabindException ex, String... last) {
		String path = ex.getPath()
			.stream()
			.map((reference) -> (reference.getPropertyName() != null) ? reference.getPropertyName()
					: Integer.toString(reference.getIndex()))
			.collect(Collectors.joining("."));
		return List.of(last).stream().reduce(path, (a, b) -> a.isEmpty() ? b : a + "." + b);
	}

}
