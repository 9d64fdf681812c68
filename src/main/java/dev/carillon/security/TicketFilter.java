package dev.carillon.security;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes the ticket out of the address of a handshake before anybody sees it, so that
 * whoever logs addresses logs no ticket.
 */
final class TicketFilter extends OncePerRequestFilter {

	/** The request attribute with the ticket. */
	static final String TICKET = TicketFilter.class.getName() + ".ticket";

	private static final String PARAMETER = "ticket=";

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String query = request.getQueryString();
		if (query == null || !query.contains(PARAMETER)) {
			chain.doFilter(request, response);
			return;
		}
		String[] parameters = query.split("&");
		Arrays.stream(parameters)
			.filter((parameter) -> parameter.startsWith(PARAMETER))
			.findFirst()
			.ifPresent((parameter) -> request.setAttribute(TICKET, parameter.substring(PARAMETER.length())));
		String rest = Arrays.stream(parameters)
			.filter((parameter) -> !parameter.startsWith(PARAMETER))
			.collect(Collectors.joining("&"));
		chain.doFilter(new WithoutTicket(request, rest.isEmpty() ? null : rest), response);
	}

	private static final class WithoutTicket extends HttpServletRequestWrapper {

		private final @Nullable String query;

		WithoutTicket(HttpServletRequest request, @Nullable String query) {
			super(request);
			this.query = query;
		}

		@Override
		public @Nullable String getQueryString() {
			return this.query;
		}

	}

}
