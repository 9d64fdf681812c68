package dev.carillon.security;

import java.io.IOException;
import java.security.Principal;
import java.util.List;
import java.util.Map;

import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.WebUtils;

/**
 * Decides about a handshake before there is a socket: origin, ticket or token, how many
 * sessions there are, and whether the instance is about to stop.
 * <p>
 * Cookies play no part, so a page of another origin has nothing to ride on. A refusal is
 * an HTTP status with a problem document (RFC 9457).
 */
public final class HandshakeGuard implements HandshakeInterceptor {

	/** The attribute with the user whom a ticket or token has proved. */
	public static final String USER = HandshakeGuard.class.getName() + ".user";

	/** The attribute with the session's {@link Admissions.Admission}. */
	public static final String ADMISSION = HandshakeGuard.class.getName() + ".admission";

	/**
	 * The attribute with the origin of the page, if it is known; of the service's own
	 * pages too.
	 */
	public static final String ORIGIN = HandshakeGuard.class.getName() + ".origin";

	private static final Logger logger = LoggerFactory.getLogger(HandshakeGuard.class);

	private final CorsConfiguration origins = new CorsConfiguration();

	private final Tickets tickets;

	private final Tokens tokens;

	private final Admissions admissions;

	private final Refusals refusals;

	private final JsonMapper json;

	public HandshakeGuard(List<String> allowedOrigins, Tickets tickets, Tokens tokens, Admissions admissions,
			Refusals refusals, JsonMapper json) {
		this.origins.setAllowedOriginPatterns(allowedOrigins);
		this.tickets = tickets;
		this.tokens = tokens;
		this.admissions = admissions;
		this.refusals = refusals;
		this.json = json;
	}

	@Override
	public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			Map<String, Object> attributes) throws IOException {
		try {
			String origin = origin(request);
			checkOrigin(request, origin);
			if (origin != null) {
				attributes.put(ORIGIN, origin);
			}
			Principal user = identify(request, origin);
			if (user != null) {
				attributes.put(USER, user);
			}
			attributes.put(ADMISSION, admit(request, user));
			return true;
		}
		catch (RuntimeException ex) {
			Refusal refusal = Refusal.of(ex);
			if (refusal.code() == Refusal.Code.INTERNAL) {
				// Here, because Spring would log it with the query and so with the
				// ticket.
				logger.error("A handshake failed", ex);
			}
			refuse(response, refusal);
			return false;
		}
	}

	private Admissions.Admission admit(ServerHttpRequest request, @Nullable Principal user) {
		Admissions.Admission admission = this.admissions.admit(address(request));
		try {
			if (user != null) {
				admission.identify(user.getName());
			}
		}
		catch (Refusal refusal) {
			admission.leave();
			throw refusal;
		}
		return admission;
	}

	/**
	 * The origin of the page that asks, or null if no browser does. Script elements and
	 * event sources of the same origin send no Origin header; they are told from those of
	 * other pages by what browsers say instead (Fetch Metadata).
	 */
	private static @Nullable String origin(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		String origin = headers.getOrigin();
		String site = headers.getFirst("Sec-Fetch-Site");
		if (origin != null || site == null || site.equals("none")) {
			return origin;
		}
		if (site.equals("same-origin")) {
			return originOf(request.getURI().toString());
		}
		String referer = headers.getFirst(HttpHeaders.REFERER);
		return (referer != null) ? originOf(referer) : "null";
	}

	private static String originOf(String url) {
		try {
			UriComponents uri = UriComponentsBuilder.fromUriString(url).build();
			return uri.getScheme() + "://" + uri.getHost() + ((uri.getPort() >= 0) ? ":" + uri.getPort() : "");
		}
		catch (IllegalArgumentException _) {
			return "null";
		}
	}

	private void checkOrigin(ServerHttpRequest request, @Nullable String origin) {
		boolean own = (request.getHeaders().getOrigin() != null) ? WebUtils.isSameOrigin(request)
				: "same-origin".equals(request.getHeaders().getFirst("Sec-Fetch-Site"));
		if (origin != null && !own && this.origins.checkOrigin(origin) == null) {
			throw new Refusal(Refusal.Code.ACCESS_DENIED,
					"Pages of this origin may not connect; carillon.security.allowed-origins names those that may");
		}
	}

	private @Nullable Principal identify(ServerHttpRequest request, @Nullable String origin) {
		if (request instanceof ServletServerHttpRequest servlet
				&& servlet.getServletRequest().getAttribute(TicketFilter.TICKET) instanceof String ticket) {
			return this.tickets.redeem(ticket, origin);
		}
		return bearer(request);
	}

	/**
	 * Who the Authorization header proves, or null if there is none.
	 * @throws Refusal if it proves nobody
	 */
	public @Nullable Principal bearer(ServerHttpRequest request) {
		String authorization = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
		return (authorization != null) ? this.tokens.authenticate(authorization) : null;
	}

	private static String address(ServerHttpRequest request) {
		if (request instanceof ServletServerHttpRequest servlet) {
			return servlet.getServletRequest().getRemoteAddr();
		}
		return request.getRemoteAddress().getHostString();
	}

	private void refuse(ServerHttpResponse response, Refusal refusal) throws IOException {
		this.refusals.note(Refusals.Adapter.HANDSHAKE, refusal.code());
		response.setStatusCode(Problems.status(refusal.code()));
		response.getHeaders().putAll(Problems.headers(refusal.code()));
		response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		response.getBody().write(this.json.writeValueAsBytes(Problems.of(refusal)));
	}

	/**
	 * Whoever does the handshake {@linkplain #leave leaves} if no session comes of it.
	 */
	@Override
	public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			@Nullable Exception failure) {
		// nothing is left to do
	}

	/**
	 * Gives the place of a session back, if it has one; idempotent.
	 * @param attributes what a handshake has found out
	 */
	public static void leave(Map<String, Object> attributes) {
		if (attributes.get(ADMISSION) instanceof Admissions.Admission admission) {
			admission.leave();
		}
	}

}
