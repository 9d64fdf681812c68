package dev.carillon.presence;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Presence.
 *
 * @param interval how often changes of presence are published
 */
@ConfigurationProperties("carillon.presence")
public record PresenceProperties(@DefaultValue("250ms") Duration interval) {

	public PresenceProperties {
		if (interval.toMillis() < 10) {
			throw new IllegalArgumentException("carillon.presence.interval must be at least 10ms");
		}
	}

}
