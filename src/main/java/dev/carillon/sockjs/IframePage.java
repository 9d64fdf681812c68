package dev.carillon.sockjs;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * The page in the frame that iframe transports open: it loads the client library and
 * talks to the service as a page of the service's own origin.
 * <p>
 * Only pages of allowed origins may frame it, for from within the frame everything looks
 * like the same origin. Browsers ask each time whether it has changed, so that an origin
 * that is not allowed any more is shut out.
 */
final class IframePage {

	private static final String SCRIPT = """

			    document.domain = document.domain;
			    _sockjs_onload = function(){SockJS.bootstrap_iframe();};
			  \
			""";

	private final byte[] html;

	private final String policy;

	private final String etag;

	/**
	 * The page.
	 * @param ancestors what may frame it, as the value of frame-ancestors
	 */
	IframePage(String clientLibraryUrl, String ancestors) {
		this.html = """
				<!DOCTYPE html>
				<html>
				<head>
				  <meta http-equiv="X-UA-Compatible" content="IE=edge" />
				  <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
				  <script>%s</script>
				  <script src="%s"></script>
				</head>
				<body>
				  <h2>Don't panic!</h2>
				  <p>This is a SockJS hidden iframe. It's used for cross domain magic.</p>
				</body>
				</html>
				""".formatted(SCRIPT, clientLibraryUrl).getBytes(StandardCharsets.UTF_8);
		URI library = URI.create(clientLibraryUrl);
		String source = library.isAbsolute() ? library.getScheme() + "://" + library.getAuthority() : "'self'";
		this.policy = "default-src 'self'; script-src '" + "sha256-"
				+ Base64.getEncoder().encodeToString(sha256(SCRIPT.getBytes(StandardCharsets.UTF_8))) + "' " + source
				+ "; object-src 'none'; base-uri 'none'; frame-ancestors " + ancestors;
		byte[] identity = (this.policy + new String(this.html, StandardCharsets.UTF_8))
			.getBytes(StandardCharsets.UTF_8);
		this.etag = '"' + HexFormat.of().formatHex(sha256(identity), 0, 16) + '"';
	}

	/**
	 * The value of frame-ancestors for the service's own pages and those of allowed
	 * origins.
	 */
	static String ancestors(List<String> allowedOrigins) {
		StringBuilder ancestors = new StringBuilder("'self'");
		for (String origin : allowedOrigins) {
			// The pattern of any port is [*] to us and * to browsers.
			ancestors.append(' ').append(origin.replace(":[*]", ":*"));
		}
		return ancestors.toString();
	}

	void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
		// Also of a page that has not changed: the browser takes the header over.
		response.setHeader("Content-Security-Policy", this.policy);
		if (new ServletWebRequest(request, response).checkNotModified(this.etag)) {
			return;
		}
		response.setContentType(MediaType.TEXT_HTML_VALUE + ";charset=UTF-8");
		response.setContentLength(this.html.length);
		response.getOutputStream().write(this.html);
	}

	private static byte[] sha256(byte[] bytes) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(bytes);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
