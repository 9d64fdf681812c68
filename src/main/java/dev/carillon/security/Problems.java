package dev.carillon.security;

import dev.carillon.topic.Refusal;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * Refusals as HTTP says them: a status and a problem document (RFC 9457) with the member
 * {@code code}.
 */
public final class Problems {

	private Problems() {
	}

	/**
	 * The status of a code.
	 */
	public static HttpStatus status(Refusal.Code code) {
		return switch (code) {
			case BAD_FRAME, BAD_VALUE -> HttpStatus.BAD_REQUEST;
			case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
			case LOGIN_FAILED -> HttpStatus.UNAUTHORIZED;
			case ACCESS_DENIED -> HttpStatus.FORBIDDEN;
			case UNKNOWN_DESTINATION, NOT_FOUND -> HttpStatus.NOT_FOUND;
			case LIMIT_REACHED, RATE_LIMITED -> HttpStatus.TOO_MANY_REQUESTS;
			case QUEUE_FULL, UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
			case CONFLICT -> HttpStatus.CONFLICT;
			case INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
		};
	}

	/**
	 * The document of a refusal.
	 */
	public static ProblemDetail of(Refusal refusal) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status(refusal.code()), refusal.reason());
		problem.setProperty("code", refusal.code().text());
		return problem;
	}

}
