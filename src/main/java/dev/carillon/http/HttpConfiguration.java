package dev.carillon.http;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.carillon.delivery.Delivery;
import dev.carillon.security.Refusals;
import dev.carillon.topic.Topics;
import org.eclipse.jetty.server.Connector;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * Wires what HTTP requests that last need.
 */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {

	/** Answers requests that have waited, and writes event streams. */
	@Bean(destroyMethod = "shutdown")
	ExecutorService httpWriter() {
		return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-writer-", 0).factory());
	}

	@Bean
	LongPolls longPolls(Topics topics, ExecutorService httpWriter) {
		return new LongPolls(topics, httpWriter);
	}

	@Bean
	StreamEnds streamEnds(Delivery delivery, JsonMapper json, Refusals refusals) {
		StreamEnds ends = new StreamEnds(json, refusals);
		delivery.addListener(ends);
		return ends;
	}

	@Bean
	FilterRegistrationBean<BoundedBody> boundedBody(HttpProperties properties, JsonMapper json) {
		FilterRegistrationBean<BoundedBody> filter = new FilterRegistrationBean<>(
				new BoundedBody(properties.bodySize(), properties.requestTimeout(), System::nanoTime, json));
		// Also before credentials are looked at.
		filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 100);
		return filter;
	}

	/** What goes wrong before a request reaches the application. */
	@Bean
	WebServerFactoryCustomizer<JettyServletWebServerFactory> strictRequests(HttpProperties properties,
			JsonMapper json) {
		return (factory) -> factory.addServerCustomizers((server) -> {
			server.setErrorHandler(new ServerProblems(json));
			for (Connector connector : server.getConnectors()) {
				connector.addBean(new SlowRequests(connector, properties.requestTimeout(), System::nanoTime));
			}
		});
	}

}
