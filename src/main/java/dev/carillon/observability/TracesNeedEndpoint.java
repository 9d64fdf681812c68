package dev.carillon.observability;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * Leaves traces off unless there is somewhere to send them, so that nobody pays for spans
 * that nobody sees. What is configured otherwise goes before this.
 */
@Order(Ordered.LOWEST_PRECEDENCE)
final class TracesNeedEndpoint implements EnvironmentPostProcessor {

	/** Whether there are traces. */
	static final String ENABLED = "management.opentelemetry.enabled";

	private static final String EXPORT = "management.tracing.export.enabled";

	private static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (!StringUtils.hasText(environment.getProperty(ENDPOINT))) {
			environment.getPropertySources()
				.addLast(new MapPropertySource("tracesNeedEndpoint", Map.of(ENABLED, false, EXPORT, false)));
		}
	}

}
