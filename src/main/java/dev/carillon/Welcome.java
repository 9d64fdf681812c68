package dev.carillon;

import java.net.InetAddress;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Says where the service can be opened in a browser.
 */
@Component
class Welcome {

	private static final Logger logger = LoggerFactory.getLogger(Welcome.class);

	private final ServerProperties server;

	Welcome(ServerProperties server) {
		this.server = server;
	}

	@EventListener
	void started(ServletWebServerInitializedEvent event) {
		String namespace = event.getApplicationContext().getServerNamespace();
		if (namespace == null) {
			logger.info("Carillon is listening: open {}", address(event.getWebServer().getPort()));
		}
	}

	private String address(int port) {
		String scheme = (this.server.getSsl() != null && this.server.getSsl().isEnabled()) ? "https" : "http";
		return "%s://%s:%d/".formatted(scheme, host(this.server.getAddress()), port);
	}

	private static String host(@Nullable InetAddress address) {
		return (address == null || address.isAnyLocalAddress() || address.isLoopbackAddress()) ? "localhost"
				: address.getHostAddress();
	}

}
