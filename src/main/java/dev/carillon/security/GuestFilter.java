package dev.carillon.security;

import java.io.IOException;

import dev.carillon.topic.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Makes whoever sends no credentials with an HTTP request a {@link Guest}. All guests of
 * an address are the same one: they have no connection to tell them apart.
 * <p>
 * Credentials that nobody here understands are refused rather than overlooked.
 */
final class GuestFilter extends OncePerRequestFilter {

	private final ProblemResponses problems;

	GuestFilter(ProblemResponses problems) {
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (SecurityContextHolder.getContext().getAuthentication() == null) {
			if (request.getHeader(HttpHeaders.AUTHORIZATION) != null) {
				this.problems.write(response, new Refusal(Refusal.Code.LOGIN_FAILED,
						"The Authorization header is of a kind that is not accepted here"));
				return;
			}
			SecurityContext context = SecurityContextHolder.createEmptyContext();
			context.setAuthentication(new Guest("http-" + Addresses.groupOf(request.getRemoteAddr())));
			SecurityContextHolder.setContext(context);
		}
		chain.doFilter(request, response);
	}

	@Override
	protected boolean shouldNotFilterAsyncDispatch() {
		return false;
	}

}
