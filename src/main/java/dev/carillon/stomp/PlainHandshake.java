package dev.carillon.stomp;

import java.util.List;
import java.util.Map;

import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.websocket.core.WebSocketExtensionRegistry;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;

import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeHandler;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/**
 * A handshake that accepts no extension, so that frames are as RFC 6455 alone has them.
 * <p>
 * Spring leaves extensions to Jetty, which accepts those that it knows; so it is made to
 * know none. Nothing else here wants any, see {@link JettyUpgrade}.
 */
final class PlainHandshake implements HandshakeHandler {

	private final HandshakeHandler handshake = new DefaultHandshakeHandler();

	@Override
	public boolean doHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			Map<String, Object> attributes) {
		if (request instanceof ServletServerHttpRequest servlet) {
			ServletContextHandler context = ServletContextHandler
				.getServletContextHandler(servlet.getServletRequest().getServletContext());
			WebSocketExtensionRegistry extensions = WebSocketServerComponents
				.ensureWebSocketComponents(context.getServer(), context)
				.getExtensionRegistry();
			List.copyOf(extensions.getAvailableExtensionNames()).forEach(extensions::unregister);
		}
		return this.handshake.doHandshake(request, response, handler, attributes);
	}

}
