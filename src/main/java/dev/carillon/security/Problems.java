package dev.carillon.security;

import dev.carillon.topic.Refusal;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
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

	/**
	 * The headers that go with a code. A 401 has no challenge for Basic, so that no
	 * browser opens its own dialogue.
	 */
	public static HttpHeaders headers(Refusal.Code code) {
		HttpHeaders headers = new HttpHeaders();
		headers.setCacheControl("no-store");
		switch (status(code)) {
			case UNAUTHORIZED -> headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
			case TOO_MANY_REQUESTS -> headers.set(HttpHeaders.RETRY_AFTER, "1");
			case SERVICE_UNAVAILABLE -> headers.set(HttpHeaders.RETRY_AFTER, "5");
			default -> {
				// nothing more to say
			}
		}
		return headers;
	}

	/**
	 * The code of a status that comes from the layers below.
	 */
	public static Refusal.Code code(HttpStatusCode status) {
		return switch (status.value()) {
			case 401 -> Refusal.Code.LOGIN_FAILED;
			case 403 -> Refusal.Code.ACCESS_DENIED;
			case 404 -> Refusal.Code.NOT_FOUND;
			case 409 -> Refusal.Code.CONFLICT;
			case 413 -> Refusal.Code.TOO_LARGE;
			case 429 -> Refusal.Code.RATE_LIMITED;
			case 503 -> Refusal.Code.UNAVAILABLE;
			default -> status.is5xxServerError() ? Refusal.Code.INTERNAL : Refusal.Code.BAD_FRAME;
		};
	}

}
