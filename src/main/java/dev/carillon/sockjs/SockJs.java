package dev.carillon.sockjs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

import dev.carillon.delivery.CloseCode;
import dev.carillon.security.HandshakeGuard;
import dev.carillon.topic.Refusal;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.CorsProcessor;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import org.springframework.web.socket.server.HandshakeHandler;
import org.springframework.web.util.UriUtils;

/**
 * The URLs of SockJS 0.3: greeting, info, the page for iframes, and below
 * {@code /<server>/<session>/} one for each transport.
 * <p>
 * Who may open a session is decided by the {@link HandshakeGuard}; later requests have to
 * come from the same {@link Caller}. Cookies play no part.
 */
public final class SockJs implements HttpRequestHandler, CorsConfigurationSource {

	private static final String TEXT = "text/plain;charset=UTF-8";

	private static final Pattern IFRAME = Pattern.compile("iframe[0-9-.a-z_]*\\.html");

	/** Names of servers and sessions, which must not have dots. */
	private static final Pattern NAME = Pattern.compile("[^./\\\\\\p{Cntrl}]{1,128}");

	/** What may be called: nothing that could be more than a name. */
	private static final Pattern CALLBACK = Pattern.compile("[a-zA-Z0-9_.-]{1,128}");

	private static final WebSocketHandler NO_SUB_PROTOCOLS = new AbstractWebSocketHandler() {
	};

	private static final String YEAR = Long.toString(Duration.ofDays(365).toSeconds());

	private final SockJsProperties properties;

	private final SockJsSessions sessions;

	private final SockJsClients clients;

	private final HandshakeGuard guard;

	private final HandshakeHandler upgrade;

	private final IframePage iframe;

	private final String ancestors;

	private final CorsConfiguration cors = new CorsConfiguration();

	/**
	 * SockJS.
	 * @param upgrade opens the WebSockets; their frames are to be handled by
	 * {@link #socket}
	 */
	public SockJs(SockJsProperties properties, SockJsSessions sessions, SockJsClients clients, HandshakeGuard guard,
			List<String> allowedOrigins, HandshakeHandler upgrade) {
		this.properties = properties;
		this.sessions = sessions;
		this.clients = clients;
		this.guard = guard;
		this.upgrade = upgrade;
		this.ancestors = IframePage.ancestors(allowedOrigins);
		this.iframe = new IframePage(properties.clientLibraryUrl(), this.ancestors);
		this.cors.setAllowedOriginPatterns(allowedOrigins);
		this.cors.setAllowedMethods(List.of("GET", "POST", "OPTIONS"));
		this.cors.setAllowedHeaders(List.of("*"));
		// The client always asks with credentials; there are none that count here.
		this.cors.setAllowCredentials(true);
		this.cors.setMaxAge(Duration.ofDays(365));
	}

	/**
	 * Handles the frames of a WebSocket.
	 * @param attributes what the handshake has found out
	 */
	public static FrameHandler socket(SockJsSessions sessions, SockJsClients clients, Map<String, Object> attributes) {
		return new SockJsSocket(sessions, clients, attributes);
	}

	@Override
	public @Nullable CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
		return this.cors;
	}

	/**
	 * Answers preflight requests the way the protocol wants.
	 * @param cors decides
	 */
	public static CorsProcessor corsProcessor(CorsProcessor cors) {
		return (config, request, response) -> {
			boolean allowed = cors.processRequest(config, request, response);
			if (allowed && CorsUtils.isPreFlightRequest(request)) {
				options(response);
			}
			return allowed;
		};
	}

	private static void options(HttpServletResponse response) {
		response.setStatus(HttpServletResponse.SC_NO_CONTENT);
		response.setHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=" + YEAR);
		response.setHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, YEAR);
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
		String path = path(request);
		if (path.isEmpty() || path.equals("/")) {
			if (isMethod("GET", request, response)) {
				answer(response, HttpServletResponse.SC_OK, "Welcome to SockJS!\n");
			}
			return;
		}
		String[] segments = (path.startsWith("/") ? path.substring(1) : path).split("/", -1);
		if (segments.length == 1 && segments[0].equals("info")) {
			info(request, response);
		}
		else if (segments.length == 1 && IFRAME.matcher(segments[0]).matches()) {
			if (isMethod("GET", request, response)) {
				this.iframe.write(request, response);
			}
		}
		else if (segments.length == 3 && isName(segments[0]) && isName(segments[1])) {
			transport(decode(segments[1]), segments[2], request, response);
		}
		else {
			response.setStatus(HttpServletResponse.SC_NOT_FOUND);
		}
	}

	/** What follows {@code /sockjs}; the mapping leaves out a slash at the end. */
	private static String path(HttpServletRequest request) {
		String path = (String) request.getAttribute(HandlerMapping.PATH_WITHIN_HANDLER_MAPPING_ATTRIBUTE);
		return request.getRequestURI().endsWith("/") ? path + "/" : path;
	}

	private static boolean isName(String segment) {
		return NAME.matcher(decode(segment)).matches();
	}

	private static String decode(String segment) {
		return UriUtils.decode(segment, StandardCharsets.UTF_8);
	}

	private void info(HttpServletRequest request, HttpServletResponse response) throws IOException {
		if (isMethod("GET", request, response)) {
			noCache(response);
			response.setContentType("application/json;charset=UTF-8");
			long entropy = ThreadLocalRandom.current().nextLong(1L << 32);
			response.getOutputStream()
				.print("{\"websocket\":true,\"origins\":[\"*:*\"],\"cookie_needed\":false,\"entropy\":" + entropy
						+ "}");
		}
	}

	private void transport(String id, String name, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		switch (name) {
			case "websocket" -> webSocket(request, response);
			case "xhr_send" -> {
				if (isMethod("POST", request, response)) {
					send(id, request, request.getInputStream(), response, HttpServletResponse.SC_NO_CONTENT);
				}
			}
			case "jsonp_send" -> {
				if (isMethod("POST", request, response)) {
					String type = request.getContentType();
					InputStream body = request.getInputStream();
					boolean form = type != null && type.startsWith("application/x-www-form-urlencoded");
					send(id, request, form ? new FormField(body, "d") : body, response, HttpServletResponse.SC_OK);
				}
			}
			default -> {
				Transport transport = Transport.of(name);
				if (transport == null) {
					response.setStatus(HttpServletResponse.SC_NOT_FOUND);
				}
				else if (isMethod(transport.method(), request, response)) {
					receive(id, transport, request, response);
				}
			}
		}
	}

	// WebSocket

	private void webSocket(HttpServletRequest request, HttpServletResponse response) throws IOException {
		if (!isMethod("GET", request, response)) {
			return;
		}
		// Before the guard: a proxy that lets no upgrade pass must not cost a ticket.
		if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
			answer(response, HttpServletResponse.SC_BAD_REQUEST, "Can \"Upgrade\" only to \"WebSocket\".");
			return;
		}
		ServletServerHttpRequest handshake = new ServletServerHttpRequest(request);
		try (ServletServerHttpResponse answer = new ServletServerHttpResponse(response)) {
			Map<String, Object> attributes = new ConcurrentHashMap<>();
			if (this.guard.beforeHandshake(handshake, answer, NO_SUB_PROTOCOLS, attributes)) {
				this.upgrade.doHandshake(handshake, answer, NO_SUB_PROTOCOLS, attributes);
			}
		}
	}

	// Receiving

	private void receive(String id, Transport transport, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		String callback = "";
		if (transport.callsBack()) {
			callback = request.getParameter("c");
			if (callback == null || !CALLBACK.matcher(callback).matches()) {
				answer(response, HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
						(callback == null) ? "\"callback\" parameter required" : "invalid \"callback\" parameter");
				return;
			}
		}
		SockJsSession session = this.sessions.find(id);
		if (session == null) {
			session = open(id, transport, request, response);
		}
		else if (!isOf(session, request) || session.transport() != transport) {
			response.setStatus(HttpServletResponse.SC_NOT_FOUND);
			return;
		}
		if (session != null) {
			wait(session, callback, request, response);
		}
	}

	private @Nullable SockJsSession open(String id, Transport transport, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		Map<String, Object> attributes = new ConcurrentHashMap<>();
		try (ServletServerHttpResponse answer = new ServletServerHttpResponse(response)) {
			if (!this.guard.beforeHandshake(new ServletServerHttpRequest(request), answer, NO_SUB_PROTOCOLS,
					attributes)) {
				return null;
			}
		}
		boolean proved = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
		Caller caller = Caller.of(request,
				(proved && attributes.get(HandshakeGuard.USER) instanceof Principal user) ? user : null);
		try {
			SockJsSession session = this.sessions.open(id, transport, caller, attributes, this.clients);
			boolean mine = session.attributes() == attributes
					|| (session.caller().equals(caller) && session.transport() == transport);
			if (!mine) {
				response.setStatus(HttpServletResponse.SC_NOT_FOUND);
			}
			return mine ? session : null;
		}
		catch (RuntimeException ex) {
			HandshakeGuard.leave(attributes);
			throw ex;
		}
	}

	private void wait(SockJsSession session, String callback, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		Transport transport = session.transport();
		noCache(response);
		response.setContentType(transport.contentType());
		if (transport.isStreaming()) {
			// Tells nginx and others that speak its language not to hold the stream back.
			response.setHeader("X-Accel-Buffering", "no");
		}
		if (transport == Transport.HTML_FILE) {
			response.setHeader("Content-Security-Policy",
					"default-src 'none'; script-src 'unsafe-inline'; frame-ancestors " + this.ancestors);
		}
		if (transport.isStreaming()) {
			response.getOutputStream().write(transport.prelude(callback));
			response.flushBuffer();
		}
		AsyncContext exchange = request.startAsync(request, response);
		exchange.setTimeout(0);
		ServletReceiver receiver = new ServletReceiver(Asked.of(request), exchange, transport, callback,
				this.properties.streamBytesLimit().toBytes());
		exchange.addListener(new Lost(session, receiver));
		session.receive(receiver);
	}

	/**
	 * Tells a session that a request is gone.
	 *
	 * @param session which session
	 * @param receiver which request
	 */
	private record Lost(SockJsSession session, ServletReceiver receiver) implements AsyncListener {

		@Override
		public void onError(AsyncEvent event) {
			this.session.lost(this.receiver);
			this.receiver.finish();
		}

		@Override
		public void onComplete(AsyncEvent event) {
			this.session.lost(this.receiver);
		}

		@Override
		public void onTimeout(AsyncEvent event) {
			// there is none
		}

		@Override
		public void onStartAsync(AsyncEvent event) {
			// once is all
		}

	}

	// Sending

	private void send(String id, HttpServletRequest request, InputStream body, HttpServletResponse response, int status)
			throws IOException {
		SockJsSession session = this.sessions.find(id);
		if (session == null || session.isOver() || !isOf(session, request)) {
			response.setStatus(HttpServletResponse.SC_NOT_FOUND);
			return;
		}
		// GET requests of the same origin do not name it; the ticket in CONNECT is bound
		// to it.
		String origin = request.getHeader(HttpHeaders.ORIGIN);
		if (origin != null) {
			session.attributes().put(HandshakeGuard.ORIGIN, origin);
		}
		session.heard(Asked.connectionOf(request));
		noCache(response);
		try {
			session.accept(this.sessions.messages(), body);
			answer(response, status, (status == HttpServletResponse.SC_OK) ? "ok" : "");
		}
		catch (Messages.TooLong ex) {
			session.end(CloseCode.TOO_BIG);
			answer(response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, String.valueOf(ex.getMessage()));
		}
		catch (Messages.Malformed ex) {
			answer(response, HttpServletResponse.SC_INTERNAL_SERVER_ERROR, String.valueOf(ex.getMessage()));
		}
	}

	private boolean isOf(SockJsSession session, HttpServletRequest request) {
		try {
			Principal user = this.guard.bearer(new ServletServerHttpRequest(request));
			return session.caller().equals(Caller.of(request, user));
		}
		catch (Refusal _) {
			return false;
		}
	}

	// Answers

	private static boolean isMethod(String method, HttpServletRequest request, HttpServletResponse response) {
		if (request.getMethod().equals(method)) {
			return true;
		}
		response.setHeader(HttpHeaders.ALLOW, method + ", OPTIONS");
		if (request.getMethod().equals("OPTIONS")) {
			options(response);
		}
		else {
			response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
		}
		return false;
	}

	private static void noCache(HttpServletResponse response) {
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store, no-cache, no-transform, must-revalidate, max-age=0");
	}

	private static void answer(HttpServletResponse response, int status, String text) throws IOException {
		response.setStatus(status);
		response.setContentType(TEXT);
		response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
	}

}
