package dev.carillon.security;

import java.util.List;

import dev.carillon.support.http.Api;
import dev.carillon.support.http.Service;

/**
 * Signs in as a page does.
 */
final class PageCookies {

	private PageCookies() {
	}

	/** The session cookie of a demo user, and the one against forged requests. */
	static String of(Service service, String user) {
		Api api = service.api();
		String csrf = value(api.get("/api/session"), "XSRF-TOKEN");
		Api.Answer answer = api.post("/api/session", "{\"login\":\"" + user + "\",\"passcode\":\"" + user + "\"}",
				"Cookie", "XSRF-TOKEN=" + csrf, "X-XSRF-TOKEN", csrf);
		if (answer.status() != 200) {
			throw new AssertionError(answer.raw().body());
		}
		return "JSESSIONID=" + value(answer, "JSESSIONID") + "; XSRF-TOKEN=" + csrf;
	}

	static String csrf(String cookies) {
		return cookies.substring(cookies.indexOf("XSRF-TOKEN=") + 11);
	}

	private static String value(Api.Answer answer, String name) {
		List<String> cookies = answer.raw().headers().allValues("set-cookie");
		return cookies.stream()
			.filter((cookie) -> cookie.startsWith(name + "="))
			.map((cookie) -> cookie.substring(name.length() + 1, cookie.indexOf(';')))
			.findFirst()
			.orElseThrow(() -> new AssertionError("No cookie " + name + " in " + cookies));
	}

}
