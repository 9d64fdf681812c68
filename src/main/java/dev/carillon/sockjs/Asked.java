package dev.carillon.sockjs;

import jakarta.servlet.http.HttpServletRequest;

/**
 * How a request for frames is told from others.
 *
 * @param name what the client calls it: the query, in which clients in browsers put a
 * time or a random word so that no cache answers
 * @param connection the TCP connection it came over
 */
record Asked(String name, String connection) {

	static Asked of(HttpServletRequest request) {
		return new Asked(String.valueOf(request.getQueryString()), connectionOf(request));
	}

	static String connectionOf(HttpServletRequest request) {
		return request.getServletConnection().getConnectionId();
	}

}
