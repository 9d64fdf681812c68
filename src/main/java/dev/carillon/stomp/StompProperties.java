package dev.carillon.stomp;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * STOMP over WebSocket.
 *
 * @param heartBeatSend how often the server offers to send a heart-beat; 0 for never
 * @param heartBeatReceive how often the server wants one from clients; 0 for never
 * @param prefetch how many messages may wait for an ACK where a subscription does not say
 * @param closeTimeout how long a client may take to answer that the server closes
 * @param acceptQueue how many connections may wait to be accepted
 * @param sendBuffer how much the kernel may hold for a client that does not read, per
 * connection; 0 leaves it to the system, which may take many MB
 * @param receiveBuffer how much the kernel may hold of what a client has sent and the
 * service does not read yet, per connection; 0 leaves it to the system
 * @param breachDelay how long a client that breaks the protocol waits for ERROR and
 * close; 0 to 5s
 */
@ConfigurationProperties("carillon.stomp")
public record StompProperties(@DefaultValue("10s") Duration heartBeatSend,
		@DefaultValue("10s") Duration heartBeatReceive, @DefaultValue("64") int prefetch,
		@DefaultValue("5s") Duration closeTimeout, @DefaultValue("8192") int acceptQueue,
		@DefaultValue("128KB") DataSize sendBuffer, @DefaultValue("128KB") DataSize receiveBuffer,
		@DefaultValue("100ms") Duration breachDelay) {

	private static final Duration MAX_DELAY = Duration.ofSeconds(5);

	private static final DataSize MAX_BUFFER = DataSize.ofMegabytes(64);

	public StompProperties {
		if (heartBeatSend.isNegative() || heartBeatReceive.isNegative()) {
			throw new IllegalArgumentException("carillon.stomp.heart-beat-send and -receive must be at least 0");
		}
		if (prefetch < 1) {
			throw new IllegalArgumentException("carillon.stomp.prefetch must be at least 1");
		}
		if (!closeTimeout.isPositive()) {
			throw new IllegalArgumentException("carillon.stomp.close-timeout must be above 0");
		}
		if (acceptQueue < 1) {
			throw new IllegalArgumentException("carillon.stomp.accept-queue must be at least 1");
		}
		if (breachDelay.isNegative() || breachDelay.compareTo(MAX_DELAY) > 0) {
			throw new IllegalArgumentException("carillon.stomp.breach-delay must be 0 to 5s");
		}
		requireBuffer(sendBuffer, "send-buffer");
		requireBuffer(receiveBuffer, "receive-buffer");
	}

	private static void requireBuffer(DataSize size, String name) {
		if (size.isNegative() || size.compareTo(MAX_BUFFER) > 0) {
			throw new IllegalArgumentException("carillon.stomp." + name + " must be 0 to 64MB");
		}
	}

}
