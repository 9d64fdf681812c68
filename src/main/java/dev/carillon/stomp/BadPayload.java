package dev.carillon.stomp;

import java.util.stream.Collectors;

import dev.carillon.topic.Refusal;
import tools.jackson.databind.DatabindException;

import org.springframework.messaging.MessageHandlingException;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.annotation.support.MethodArgumentNotValidException;
import org.springframework.messaging.handler.invocation.MethodArgumentResolutionException;
import org.springframework.validation.BindingResult;
import org.springframework.validation.FieldError;

/**
 * Words for a body that a handler method cannot take.
 */
final class BadPayload {

	private BadPayload() {
	}

	/**
	 * The failure as a refusal where the body is to blame, else as it is.
	 */
	static Throwable refusalOf(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof Refusal) {
				return cause;
			}
			if (cause instanceof MethodArgumentNotValidException invalid && invalid.getBindingResult() != null) {
				return new Refusal(Refusal.Code.BAD_VALUE, fieldOf(invalid.getBindingResult()));
			}
			if (cause instanceof MessageConversionException) {
				return new Refusal(Refusal.Code.BAD_VALUE, formOf(cause));
			}
			if (isMissing(cause)) {
				return new Refusal(Refusal.Code.BAD_VALUE, "A header or the body of this frame is missing");
			}
		}
		return failure;
	}

	private static String formOf(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof DatabindException bad && !bad.getPath().isEmpty()) {
				return bad.getPath()
					.stream()
					.map((step) -> (step.getPropertyName() != null) ? step.getPropertyName()
							: Integer.toString(step.getIndex()))
					.collect(Collectors.joining(".")) + " has a value of the wrong kind";
			}
		}
		return "The body does not have the form this destination expects";
	}

	/** Resolvers of arguments say so in one way or the other. */
	private static boolean isMissing(Throwable cause) {
		return cause.getCause() == null && (cause instanceof MethodArgumentResolutionException
				|| cause.getClass() == MessageHandlingException.class);
	}

	private static String fieldOf(BindingResult result) {
		FieldError error = result.getFieldError();
		return (error != null) ? error.getField() + " " + error.getDefaultMessage() : "The body is not valid";
	}

}
