package dev.carillon.sockjs;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * SockJS.
 *
 * @param disconnectDelay how long a client over HTTP may stay away between two requests
 * before its session ends
 * @param heartBeat after which silence the server sends a heart-beat of SockJS; at most
 * 30 s, for the JSONP client gives up after 35
 * @param streamBytesLimit about how many bytes go into one streaming response before the
 * client has to ask for the next one, for it keeps the whole response in memory
 * @param clientLibraryUrl where the page for iframe transports finds the client library,
 * as seen from /sockjs/iframe.html; it has to be the version that the pages use
 */
@ConfigurationProperties("carillon.sockjs")
public record SockJsProperties(@DefaultValue("15s") Duration disconnectDelay, @DefaultValue("25s") Duration heartBeat,
		@DefaultValue("128KB") DataSize streamBytesLimit,
		@DefaultValue("../webjars/sockjs-client/sockjs.min.js") String clientLibraryUrl) {

	private static final Duration LONGEST_BEAT = Duration.ofSeconds(30);

	public SockJsProperties {
		if (!disconnectDelay.isPositive()) {
			throw new IllegalArgumentException("carillon.sockjs.disconnect-delay must be above 0");
		}
		if (!heartBeat.isPositive() || heartBeat.compareTo(LONGEST_BEAT) > 0) {
			throw new IllegalArgumentException("carillon.sockjs.heart-beat must be above 0 and at most 30s");
		}
		if (streamBytesLimit.toBytes() < 1024 || streamBytesLimit.toBytes() > Integer.MAX_VALUE) {
			throw new IllegalArgumentException("carillon.sockjs.stream-bytes-limit must be 1KB to 2GB");
		}
		if (clientLibraryUrl.isBlank() || clientLibraryUrl.matches(".*[\\s\"'<>;,].*")) {
			throw new IllegalArgumentException(
					"carillon.sockjs.client-library-url must be a URL without spaces, quotes and the like");
		}
	}

}
