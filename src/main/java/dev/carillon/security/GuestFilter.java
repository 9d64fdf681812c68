package dev.carillon.security;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Makes whoever sends no credentials with an HTTP request a {@link Guest}.
 */
final class GuestFilter extends OncePerRequestFilter {

	/**
	 * All guests who come by HTTP are the same to us: they have no connection to tell
	 * them apart.
	 */
	private static final Guest GUEST = new Guest("http");

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (SecurityContextHolder.getContext().getAuthentication() == null) {
			SecurityContext context = SecurityContextHolder.createEmptyContext();
			context.setAuthentication(GUEST);
			SecurityContextHolder.setContext(context);
		}
		chain.doFilter(request, response);
	}

	@Override
	protected boolean shouldNotFilterAsyncDispatch() {
		return false;
	}

}
