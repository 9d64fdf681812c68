package dev.carillon.security;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request as the service saw it, to show people what a browser sends but
 * does not tell.
 * <p>
 * Of headers that browsers set for everybody the value is told, of proofs of identity
 * only that they are there, and what others (proxies, above all) have added is only
 * counted.
 *
 * @param line the request line, without what stands in the query
 * @param headers the headers that are told
 * @param others how many more there were
 * @param size what line and headers take in HTTP/1.1, in bytes, all of them counted
 */
public record RequestHead(String line, List<Header> headers, int others, int size) {

	private static final Set<String> TOLD = Set.of("host", "connection", "upgrade", "origin", "user-agent", "accept",
			"accept-encoding", "accept-language", "cache-control", "pragma", "referer", "dnt", "priority",
			"sec-websocket-key", "sec-websocket-version", "sec-websocket-extensions", "sec-websocket-protocol",
			"sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest", "sec-ch-ua", "sec-ch-ua-mobile",
			"sec-ch-ua-platform");

	private static final Set<String> NAMED = Set.of("authorization", "cookie");

	/** CR and LF. */
	private static final int LINE_END = 2;

	/**
	 * One header.
	 *
	 * @param name its name
	 * @param value its value, or null if it is nobody's business
	 * @param size what it takes, in bytes
	 */
	public record Header(String name, @Nullable String value, int size) {
	}

	/**
	 * The head of a request.
	 */
	public static RequestHead of(HttpServletRequest request) {
		List<Header> told = new ArrayList<>();
		int others = 0;
		String query = request.getQueryString();
		String start = request.getMethod() + " " + request.getRequestURI();
		String end = " " + request.getProtocol();
		int size = start.length() + ((query != null) ? 1 + query.length() : 0) + end.length() + 2 * LINE_END;
		for (String name : Collections.list(request.getHeaderNames())) {
			for (String value : Collections.list(request.getHeaders(name))) {
				// What a header holds beside ASCII is read byte by byte.
				int taken = name.length() + ": ".length() + value.length() + LINE_END;
				size += taken;
				String known = name.toLowerCase(Locale.ROOT);
				if (TOLD.contains(known) || NAMED.contains(known)) {
					told.add(new Header(name, TOLD.contains(known) ? value : null, taken));
				}
				else {
					others++;
				}
			}
		}
		return new RequestHead(start + ((query != null) ? "?…" : "") + end, List.copyOf(told), others, size);
	}

}
