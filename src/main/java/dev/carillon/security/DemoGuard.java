package dev.carillon.security;

import java.net.InetAddress;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Stops the start where the demo users, whose passwords everybody knows, could be reached
 * from a network.
 */
@Component
@Profile("demo")
class DemoGuard {

	DemoGuard(ServerProperties server, Environment environment) {
		check("server.address", server.getAddress());
		if (ManagementPortType.get(environment) == ManagementPortType.DIFFERENT) {
			check("management.server.address", environment.getProperty("management.server.address", InetAddress.class));
		}
	}

	private static void check(String key, @Nullable InetAddress address) {
		if (address == null || !address.isLoopbackAddress()) {
			throw new IllegalStateException("The demo profile has users with well-known passwords, so " + key
					+ " must be a loopback address, not " + ((address != null) ? address.getHostAddress() : "all")
					+ "; use another profile, such as --spring.profiles.active=production, to be reached from a network");
		}
	}

}
