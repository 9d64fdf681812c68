package dev.carillon.support.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.carillon.Carillon;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The whole service on a port of its own, until it is closed.
 */
public final class Service implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private final int port;

	private Service(ConfigurableApplicationContext context) {
		this.context = context;
		this.port = ((WebServerApplicationContext) context).getWebServer().getPort();
	}

	/**
	 * Starts it with the demo users, families to try things on, and properties as on the
	 * command line but without the dashes.
	 */
	public static Service demo(String... properties) {
		return start("demo", properties);
	}

	/** Starts it with the demo users and with beans of a test. */
	public static Service demoWith(Class<?> configuration, String... properties) {
		return start("demo", List.of(Carillon.class, configuration), properties);
	}

	/** Starts it in a profile. */
	public static Service start(String profile, String... properties) {
		return start(profile, List.of(Carillon.class), properties);
	}

	private static Service start(String profile, List<Class<?>> sources, String... properties) {
		List<String> arguments = new ArrayList<>(List.of("--spring.profiles.active=" + profile, "--server.port=0",
				"--spring.main.banner-mode=off", "--spring.jmx.enabled=false"));
		arguments.addAll(family("open", "/topic/open.**", "anyone", "anyone", "wildcards=true", "log.entries=1000",
				"log.bytes=64MB", "message-size=1MB"));
		arguments
			.addAll(family("members", "/topic/members.{name}", "authenticated", "authenticated", "wildcards=true"));
		arguments.addAll(family("scorers", "/topic/scorers.{name}", "role:SCORER", "role:SCORER", "wildcards=true"));
		arguments.addAll(family("short", "/topic/short.{name}", "anyone", "anyone", "log.entries=4"));
		arguments.addAll(family("slow", "/topic/slow.{name}", "anyone", "anyone", "send-rate=3"));
		arguments.addAll(Arrays.stream(properties).map((property) -> "--" + property).toList());
		return new Service(
				new SpringApplicationBuilder(sources.toArray(Class<?>[]::new)).run(arguments.toArray(String[]::new)));
	}

	private static List<String> family(String name, String pattern, String subscribe, String send, String... more) {
		String key = "--carillon.topics.h-" + name + ".";
		List<String> arguments = new ArrayList<>(
				List.of(key + "pattern=" + pattern, key + "subscribe=" + subscribe, key + "send=" + send));
		Arrays.stream(more).map((property) -> key + property).forEach(arguments::add);
		return arguments;
	}

	public int port() {
		return this.port;
	}

	/** The absolute address of a path. */
	public URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	public <T> T bean(String name, Class<T> type) {
		return this.context.getBean(name, type);
	}

	/** A client without credentials. */
	public Api api() {
		return new Api(this, null);
	}

	/** A client that sends the credentials of a demo user, whose password is its name. */
	public Api api(String user) {
		return new Api(this, Api.basic(user, user));
	}

	/** A client that sends an Authorization header. */
	public Api authorized(String header) {
		return new Api(this, header);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
