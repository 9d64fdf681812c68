package dev.carillon.sockjs;

import java.security.Principal;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Who a session over HTTP belongs to, as far as a request shows it: only requests of the
 * same caller reach it.
 * <p>
 * The id of a session has 40 random bits in the usual client, and whoever knows one could
 * otherwise read along. Behind a proxy that the service is not told about all addresses
 * are the proxy's; there the address that the first proxy has seen makes the difference,
 * for who guesses an id would have to guess it as well.
 *
 * @param address the address the request comes from
 * @param forwarded the first address in X-Forwarded-For or Forwarded, empty if there is
 * none
 * @param user who an Authorization header has proved, empty if there is none
 */
record Caller(String address, String forwarded, String user) {

	static Caller of(HttpServletRequest request, @Nullable Principal user) {
		String header = request.getHeader("X-Forwarded-For");
		if (header == null) {
			header = request.getHeader("Forwarded");
		}
		return new Caller(request.getRemoteAddr(), (header != null) ? header.split("[,;]", 2)[0].strip() : "",
				(user != null) ? user.getName() : "");
	}

}
