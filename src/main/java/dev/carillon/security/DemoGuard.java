package dev.carillon.security;

import java.net.InetAddress;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Stops the start where the demo users, whose passwords everybody knows, could be reached
 * from a network.
 */
@Component
@Profile("demo")
class DemoGuard {

	DemoGuard(ServerProperties server) {
		check(server.getAddress());
	}

	private static void check(@Nullable InetAddress address) {
		if (address == null || !address.isLoopbackAddress()) {
			throw new IllegalStateException("The demo profile has users with well-known passwords, so server.address "
					+ "must be a loopback address, not " + ((address != null) ? address.getHostAddress() : "all")
					+ "; use another profile, such as --spring.profiles.active=production, to be reached from a network");
		}
	}

}
