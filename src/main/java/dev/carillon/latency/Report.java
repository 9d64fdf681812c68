package dev.carillon.latency;

import java.util.List;
import java.util.stream.Collectors;

import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a browser says.
 *
 * @param delays how late some messages were, picked at random
 */
record Report(@Nullable List<@Nullable Delay> delays) {

	/** The largest body, in bytes; more than {@link Reports#MOST_DELAYS} need. */
	static final int MAX_BODY = 24 * 1024;

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
		.build();

	/**
	 * How late one message was.
	 *
	 * @param destination its topic
	 * @param millis from its publication until it was there
	 */
	record Delay(@Nullable String destination, @Nullable Double millis) {
	}

	/**
	 * Reads what was sent.
	 * @throws Refusal if it is no report; the message names the field
	 */
	static Report read(byte[] body) {
		if (body.length > MAX_BODY) {
			throw new Refusal(Refusal.Code.TOO_LARGE,
					"A report has " + body.length + " bytes; " + MAX_BODY + " are allowed");
		}
		try {
			Report report = JSON.readValue(body, Report.class);
			if (report == null) {
				throw bad("A report must be a JSON object with the field delays");
			}
			return report;
		}
		catch (UnrecognizedPropertyException ex) {
			throw bad("A report has the field delays only, and each of these destination and millis");
		}
		catch (DatabindException ex) {
			throw bad(ex.getPath().isEmpty() ? "A report must be a JSON object with the field delays"
					: path(ex) + " has a value of the wrong kind");
		}
		catch (JacksonException ex) {
			throw bad("A report must be JSON");
		}
	}

	private static String path(DatabindException ex) {
		return ex.getPath()
			.stream()
			.map((step) -> (step.getPropertyName() != null) ? "." + step.getPropertyName()
					: "[" + step.getIndex() + "]")
			.collect(Collectors.joining())
			.substring(1);
	}

	static Refusal bad(String message) {
		return new Refusal(Refusal.Code.BAD_VALUE, message);
	}

}
