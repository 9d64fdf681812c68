package dev.carillon.http;

import java.util.concurrent.CompletionException;

import dev.carillon.security.Problems;
import dev.carillon.security.Refusals;
import dev.carillon.topic.Refusal;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * The one place where exceptions of HTTP requests become problem documents (RFC 9457);
 * nothing internal is in them.
 */
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {

	private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

	private final Refusals refusals;

	ProblemAdvice(Refusals refusals) {
		this.refusals = refusals;
	}

	@ExceptionHandler(Refusal.class)
	ResponseEntity<ProblemDetail> refused(Refusal refusal) {
		this.refusals.note(Refusals.Adapter.HTTP, refusal.code());
		return ResponseEntity.status(Problems.status(refusal.code()))
			.headers(Problems.headers(refusal.code()))
			.body(Problems.of(refusal));
	}

	@ExceptionHandler(Exception.class)
	ResponseEntity<ProblemDetail> failed(Exception failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		if (cause instanceof HttpException undecodable && undecodable.getCode() < 500) {
			// The server finds this out when somebody asks for a parameter.
			return refused(new Refusal(Refusal.Code.BAD_VALUE, "The query cannot be decoded"));
		}
		Refusal refusal = Refusal.of(cause);
		if (refusal.code() == Refusal.Code.INTERNAL) {
			log.error("A request failed", cause);
		}
		return refused(refusal);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException failure,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		Refusal refusal = Refusal.of(failure);
		if (refusal.code() == Refusal.Code.INTERNAL) {
			refusal = new Refusal(Refusal.Code.BAD_VALUE, "The body is not the JSON this expects");
		}
		this.refusals.note(Refusals.Adapter.HTTP, refusal.code());
		return handleExceptionInternal(failure, Problems.of(refusal), headers, Problems.status(refusal.code()),
				request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(NoResourceFoundException failure,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		Refusal refusal = new Refusal(Refusal.Code.NOT_FOUND, "There is nothing at this path");
		return handleExceptionInternal(failure, Problems.of(refusal), headers, status, request);
	}

	/** What is wrong with a parameter is a wrong value, whatever else the status says. */
	@Override
	protected @Nullable ResponseEntity<Object> handleTypeMismatch(TypeMismatchException failure, HttpHeaders headers,
			HttpStatusCode status, WebRequest request) {
		Refusal refusal = new Refusal(Refusal.Code.BAD_VALUE,
				failure.getPropertyName() + " has a value of the wrong kind");
		return handleExceptionInternal(failure, Problems.of(refusal), headers, status, request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
			MissingServletRequestParameterException failure, HttpHeaders headers, HttpStatusCode status,
			WebRequest request) {
		Refusal refusal = new Refusal(Refusal.Code.BAD_VALUE, failure.getParameterName() + " must be given");
		return handleExceptionInternal(failure, Problems.of(refusal), headers, status, request);
	}

	/** Every other problem has a code too. */
	@Override
	protected ResponseEntity<Object> createResponseEntity(@Nullable Object body, HttpHeaders headers,
			HttpStatusCode status, WebRequest request) {
		if (body instanceof ProblemDetail problem
				&& (problem.getProperties() == null || !problem.getProperties().containsKey("code"))) {
			problem.setProperty("code", Problems.code(status).text());
		}
		HttpHeaders more = Problems.headers(Problems.code(status));
		more.putAll(headers);
		return new ResponseEntity<>(body, more, status);
	}

}
