package dev.carillon.delivery;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How messages are delivered.
 *
 * @param loops how many delivery loops there are; 0 for one per core
 * @param flushSize about how many bytes a session receives in one write
 * @param controlSize how many bytes of receipts and answers may wait for a session that
 * does not read, before it is closed
 * @param writeTimeout how long a write may take before the session is closed
 */
@ConfigurationProperties("carillon.delivery")
public record DeliveryProperties(@DefaultValue("0") int loops, @DefaultValue("64KB") DataSize flushSize,
		@DefaultValue("1MB") DataSize controlSize, @DefaultValue("90s") Duration writeTimeout) {

	public DeliveryProperties {
		if (loops < 0 || loops > 256) {
			throw new IllegalArgumentException("carillon.delivery.loops must be 0 to 256");
		}
		if (flushSize.toBytes() < 1024) {
			throw new IllegalArgumentException("carillon.delivery.flush-size must be at least 1KB");
		}
		if (controlSize.toBytes() < 1024) {
			throw new IllegalArgumentException("carillon.delivery.control-size must be at least 1KB");
		}
		if (!writeTimeout.isPositive()) {
			throw new IllegalArgumentException("carillon.delivery.write-timeout must be above 0");
		}
	}

}
