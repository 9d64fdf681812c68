package dev.carillon.delivery;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How messages are delivered.
 *
 * @param loops how many delivery loops there are; 0 for one for each two cores
 * @param flushSize about how many bytes a session receives in one write
 * @param controlSize how many bytes of receipts and answers may wait for a session that
 * does not read, before it is closed
 * @param writeTimeout how long a write may take before the session is closed
 */
@ConfigurationProperties("carillon.delivery")
public record DeliveryProperties(@DefaultValue("0") int loops, @DefaultValue("64KB") DataSize flushSize,
		@DefaultValue("1MB") DataSize controlSize, @DefaultValue("90s") Duration writeTimeout) {

	private static final long MAX_SIZE = DataSize.ofGigabytes(1).toBytes();

	public DeliveryProperties {
		if (loops < 0 || loops > 256) {
			throw new IllegalArgumentException("carillon.delivery.loops must be 0 to 256");
		}
		if (flushSize.toBytes() < 1024 || flushSize.toBytes() > MAX_SIZE) {
			throw new IllegalArgumentException("carillon.delivery.flush-size must be 1KB to 1GB");
		}
		if (controlSize.toBytes() < 1024 || controlSize.toBytes() > MAX_SIZE) {
			throw new IllegalArgumentException("carillon.delivery.control-size must be 1KB to 1GB");
		}
		if (!writeTimeout.isPositive()) {
			throw new IllegalArgumentException("carillon.delivery.write-timeout must be above 0");
		}
	}

}
