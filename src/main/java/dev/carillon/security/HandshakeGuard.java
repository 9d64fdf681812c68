package dev.carillon.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Map;

import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
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

	private final CorsConfiguration origins = new CorsConfiguration();

	private final Tickets tickets;

	private final Tokens tokens;

	private final Admissions admissions;

	private final JsonMapper json;

	public HandshakeGuard(List<String> allowedOrigins, Tickets tickets, Tokens tokens, Admissions admissions,
			JsonMapper json) {
		this.origins.setAllowedOriginPatterns(allowedOrigins);
		this.tickets = tickets;
		this.tokens = tokens;
		this.admissions = admissions;
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
			Admissions.Admission admission = this.admissions.admit(address(request));
			attributes.put(ADMISSION, admission);
			try {
				if (user != null) {
					admission.identify(user.getName());
				}
			}
			catch (Refusal refusal) {
				admission.leave();
				throw refusal;
			}
			return true;
		}
		catch (Refusal refusal) {
			refuse(response, refusal);
			return false;
		}
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
		UriComponents uri = UriComponentsBuilder.fromUri(request.getURI()).build();
		String ticket = uri.getQueryParams().getFirst("ticket");
		if (ticket != null) {
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
		return String.valueOf(request.getRemoteAddress().getAddress() != null
				? request.getRemoteAddress().getAddress().getHostAddress()
				: request.getRemoteAddress().getHostString());
	}

	private void refuse(ServerHttpResponse response, Refusal refusal) throws IOException {
		HttpStatus status = Problems.status(refusal.code());
		response.setStatusCode(status);
		response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		response.getHeaders().setCacheControl("no-store");
		if (status == HttpStatus.SERVICE_UNAVAILABLE || status == HttpStatus.TOO_MANY_REQUESTS) {
			response.getHeaders().set(HttpHeaders.RETRY_AFTER, "5");
		}
		response.getBody().write(this.json.writeValueAsString(Problems.of(refusal)).getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			@Nullable Exception failure) {
		// a failed upgrade is noticed by the handshake handler, which has the attributes
	}

}
