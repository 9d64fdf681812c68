package dev.carillon.security;

import java.io.IOException;

import dev.carillon.topic.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;

/**
 * Refuses requests of other origins' pages with a problem document that says what
 * decided.
 */
public final class ProblemCors extends DefaultCorsProcessor {

	private final ProblemResponses problems;

	ProblemCors(ProblemResponses problems) {
		this.problems = problems;
	}

	/** What has no configuration is not for other origins, so a browser need not ask. */
	@Override
	public boolean processRequest(@Nullable CorsConfiguration config, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		if (config == null && CorsUtils.isPreFlightRequest(request)) {
			rejectRequest(new ServletServerHttpResponse(response));
			return false;
		}
		return super.processRequest(config, request, response);
	}

	@Override
	protected boolean handleInternal(ServerHttpRequest request, ServerHttpResponse response, CorsConfiguration config,
			boolean preFlightRequest) throws IOException {
		if (checkOrigin(config, request.getHeaders().getOrigin()) == null) {
			refuse(response,
					"Pages of this origin may not ask; carillon.security.allowed-origins names those that may");
			return false;
		}
		return super.handleInternal(request, response, config, preFlightRequest);
	}

	/** The origin is not the reason, or nothing here is for pages of other origins. */
	@Override
	protected void rejectRequest(ServerHttpResponse response) throws IOException {
		refuse(response, "Pages of other origins may not use this method here, or not with these headers");
	}

	private void refuse(ServerHttpResponse response, String reason) throws IOException {
		this.problems.write(((ServletServerHttpResponse) response).getServletResponse(),
				new Refusal(Refusal.Code.ACCESS_DENIED, reason));
	}

}
