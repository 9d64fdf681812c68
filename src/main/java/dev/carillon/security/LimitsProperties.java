package dev.carillon.security;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What one instance grants its clients. 0 lifts a limit; a frame still has to be below
 * 512 MB.
 *
 * @param sessions how many sessions at the same time
 * @param sessionsPerUser how many of them one user may have
 * @param sessionsPerAddress how many of them one address may have
 * @param ticketsPerUser how many tickets one user may have that are not used yet
 * @param subscriptionsPerSession how many subscriptions a session may have
 * @param frameSize the largest STOMP frame, headers and body
 * @param headers how many headers a frame may have
 * @param headerSize how many bytes command and headers of a frame may have
 * @param sendRate how many messages a second a session may send
 * @param transactionSize how many frames a transaction may hold
 * @param transactionBytes how much memory the frames of all open transactions of a
 * session may take
 * @param transactions how many transactions a session may have open
 * @param failedLogins how often a login of one user from one address may fail before
 * there is a pause of a minute
 * @param connectTimeout how long a connection may take until its CONNECT frame is
 * complete
 */
@ConfigurationProperties("carillon.limits")
public record LimitsProperties(@DefaultValue("20000") int sessions, @DefaultValue("50") int sessionsPerUser,
		@DefaultValue("500") int sessionsPerAddress, @DefaultValue("50") int ticketsPerUser,
		@DefaultValue("256") int subscriptionsPerSession, @DefaultValue("128KB") DataSize frameSize,
		@DefaultValue("64") int headers, @DefaultValue("8KB") DataSize headerSize, @DefaultValue("100") int sendRate,
		@DefaultValue("100") int transactionSize, @DefaultValue("1MB") DataSize transactionBytes,
		@DefaultValue("8") int transactions, @DefaultValue("10") int failedLogins,
		@DefaultValue("10s") Duration connectTimeout) {

	/**
	 * What a frame may have where no limit is set, in bytes: it must fit into an array.
	 */
	private static final int LARGEST_FRAME = Integer.MAX_VALUE / 4;

	public LimitsProperties {
		atLeast(0, sessions, "sessions");
		atLeast(0, sessionsPerUser, "sessions-per-user");
		atLeast(0, sessionsPerAddress, "sessions-per-address");
		atLeast(0, ticketsPerUser, "tickets-per-user");
		atLeast(0, subscriptionsPerSession, "subscriptions-per-session");
		liftedOrAtLeast(1024, frameSize.toBytes(), "frame-size (in bytes)");
		liftedOrAtLeast(8, headers, "headers");
		liftedOrAtLeast(256, headerSize.toBytes(), "header-size (in bytes)");
		atLeast(0, sendRate, "send-rate");
		atLeast(0, transactionSize, "transaction-size");
		atLeast(0, transactionBytes.toBytes(), "transaction-bytes");
		atLeast(0, transactions, "transactions");
		atLeast(0, failedLogins, "failed-logins");
		if (Math.max(frameSize.toBytes(), headerSize.toBytes()) > LARGEST_FRAME) {
			throw new IllegalArgumentException(
					"carillon.limits.frame-size and carillon.limits.header-size must be below 512MB");
		}
		if (connectTimeout.isNegative()) {
			throw new IllegalArgumentException("carillon.limits.connect-timeout must be at least 0");
		}
	}

	private static void liftedOrAtLeast(long least, long value, String key) {
		if (value != 0 && value < least) {
			throw new IllegalArgumentException("carillon.limits." + key + " must be 0 or at least " + least);
		}
	}

	private static void atLeast(long least, long value, String key) {
		if (value < least) {
			throw new IllegalArgumentException("carillon.limits." + key + " must be at least " + least);
		}
	}

	/** The most bytes of a frame. */
	public int frameBytes() {
		return bytes(this.frameSize);
	}

	/** The most bytes of the command and headers of a frame. */
	public int headerBytes() {
		return bytes(this.headerSize);
	}

	private static int bytes(DataSize size) {
		return (size.toBytes() > 0) ? (int) size.toBytes() : LARGEST_FRAME;
	}

	/** The most headers of a frame. */
	public int headerCount() {
		return (this.headers > 0) ? this.headers : Integer.MAX_VALUE;
	}

	/**
	 * Whether a count has reached a limit that is not lifted.
	 */
	public static boolean isReached(int limit, int count) {
		return limit > 0 && count >= limit;
	}

}
