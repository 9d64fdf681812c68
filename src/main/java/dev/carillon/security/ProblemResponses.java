package dev.carillon.security;

import java.io.IOException;

import dev.carillon.topic.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/**
 * What Spring Security refuses, as problem documents.
 */
final class ProblemResponses implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {

	private final JsonMapper json;

	private final Refusals refusals;

	ProblemResponses(JsonMapper json, Refusals refusals) {
		this.refusals = refusals;
		this.json = json;
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
			throws IOException {
		write(response, (failure instanceof LoginThrottle.Throttled throttled) ? throttled.refusal()
				: new Refusal(Refusal.Code.LOGIN_FAILED, "This needs credentials that are known here"));
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException rejected)
			throws IOException {
		write(response, new Refusal(Refusal.Code.BAD_FRAME,
				"The method, the path or a header of this request has a form that is not allowed"));
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
			throws IOException {
		if (denied instanceof CsrfException) {
			write(response, new Refusal(Refusal.Code.ACCESS_DENIED,
					"A request with a session cookie needs the X-XSRF-TOKEN header"));
		}
		else if (request.getUserPrincipal() == null || request.getUserPrincipal() instanceof Guest) {
			write(response, new Refusal(Refusal.Code.LOGIN_FAILED, "This needs credentials that are known here"));
		}
		else {
			write(response, new Refusal(Refusal.Code.ACCESS_DENIED, "This needs a role that the user does not have"));
		}
	}

	/** Answers a request with a problem document. */
	void write(HttpServletResponse response, Refusal refusal) throws IOException {
		this.refusals.note(Refusals.Adapter.HTTP, refusal.code());
		response.setStatus(Problems.status(refusal.code()).value());
		Problems.headers(refusal.code()).forEach((name, values) -> response.setHeader(name, values.getFirst()));
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.getOutputStream().write(this.json.writeValueAsBytes(Problems.of(refusal)));
	}

}
