package dev.carillon.stomp;

import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletCoreRequest;
import org.eclipse.jetty.ee11.servlet.ServletCoreResponse;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeFailureException;
import org.springframework.web.socket.server.RequestUpgradeStrategy;

/**
 * Upgrades a request to a WebSocket whose frames go straight to their handler, without
 * the layers for message objects in between.
 * <p>
 * The user is who a ticket or token has proved; the servlet's, who may come from a
 * cookie, is ignored. No extension is accepted: compressing for each session by itself
 * costs more than it saves here (see {@code docs/benchmarks.md}), and bytes that all
 * sessions share cannot be compressed differently for each.
 */
final class JettyUpgrade implements RequestUpgradeStrategy {

	/** The size of what is read at once, in bytes; a longer frame arrives in pieces. */
	private static final int INPUT_BUFFER = 4096;

	private final Function<Map<String, Object>, FrameHandler> endpoints;

	/**
	 * An upgrade.
	 * @param endpoints makes who receives the frames, from the attributes of a handshake
	 */
	JettyUpgrade(Function<Map<String, Object>, FrameHandler> endpoints) {
		this.endpoints = endpoints;
	}

	@Override
	public String[] getSupportedVersions() {
		return new String[] { "13" };
	}

	@Override
	public List<WebSocketExtension> getSupportedExtensions(ServerHttpRequest request) {
		return List.of();
	}

	@Override
	public void upgrade(ServerHttpRequest request, ServerHttpResponse response, @Nullable String selectedProtocol,
			List<WebSocketExtension> selectedExtensions, @Nullable Principal user, WebSocketHandler handler,
			Map<String, Object> attributes) {
		HttpServletRequest servletRequest = ((ServletServerHttpRequest) request).getServletRequest();
		HttpServletResponse servletResponse = ((ServletServerHttpResponse) response).getServletResponse();
		WebSocketMappings mappings = WebSocketMappings
			.ensureMappings(ServletContextHandler.getServletContextHandler(servletRequest.getServletContext()));
		Request coreRequest = ServletCoreRequest.wrap(servletRequest);
		Response coreResponse = ServletCoreResponse.wrap(coreRequest, servletResponse, false);
		FrameHandler endpoint = this.endpoints.apply(attributes);
		try (Blocker.Callback done = Blocker.callback()) {
			if (!mappings.upgrade(new Negotiator(endpoint, selectedProtocol), coreRequest, coreResponse, done, null)) {
				throw new HandshakeFailureException("The request is no WebSocket handshake");
			}
			done.block();
		}
		catch (IOException ex) {
			throw new HandshakeFailureException("The handshake could not be answered", ex);
		}
	}

	/**
	 * Sets up the session.
	 *
	 * @param endpoint who receives the frames
	 * @param protocol the sub-protocol that was agreed upon, if any
	 */
	record Negotiator(FrameHandler endpoint, @Nullable String protocol) implements WebSocketNegotiator {

		@Override
		public FrameHandler negotiate(ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
			if (this.protocol != null) {
				response.setAcceptedSubProtocol(this.protocol);
			}
			response.setExtensions(List.of());
			return this.endpoint;
		}

		@Override
		public void customize(Configuration configuration) {
			// Heart-beats and deadlines are the session's, so Jetty is not to close for
			// silence;
			// a frame of any length arrives in pieces and is measured as it grows.
			configuration.setIdleTimeout(Duration.ZERO);
			configuration.setAutoFragment(true);
			configuration.setMaxFrameSize(0);
			configuration.setInputBufferSize(INPUT_BUFFER);
		}

	}

}
