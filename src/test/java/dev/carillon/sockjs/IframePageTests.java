package dev.carillon.sockjs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class IframePageTests {

	private static MockHttpServletResponse get(IframePage page) throws IOException {
		MockHttpServletResponse response = new MockHttpServletResponse();
		page.write(new MockHttpServletRequest("GET", "/sockjs/iframe.html"), response);
		return response;
	}

	@Test
	void writeThenPolicyAllowsExactlyItsOwnScript() throws Exception {
		MockHttpServletResponse response = get(new IframePage("../lib.js", "'self'"));
		Matcher script = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL)
			.matcher(response.getContentAsString());
		assertThat(script.find()).isTrue();
		byte[] hash = MessageDigest.getInstance("SHA-256").digest(script.group(1).getBytes(StandardCharsets.UTF_8));
		assertThat(response.getHeader("Content-Security-Policy"))
			.contains("script-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "' 'self';");
	}

	@Test
	void writeWhenLibraryIsElsewhereThenPolicyAllowsItsHost() throws IOException {
		assertThat(
				get(new IframePage("https://cdn.example.org/sockjs.js", "'self'")).getHeader("Content-Security-Policy"))
			.contains("' https://cdn.example.org;");
	}

	@Test
	void ancestorsWhenOriginsAreAllowedThenNamesThem() {
		assertThat(IframePage.ancestors(List.of("https://*.example.org", "http://localhost:[*]")))
			.isEqualTo("'self' https://*.example.org http://localhost:*");
	}

	@Test
	void writeWhenPolicyDiffersThenTagDoes() throws IOException {
		assertThat(get(new IframePage("x.js", "'self'")).getHeader("ETag"))
			.isNotEqualTo(get(new IframePage("x.js", "'self' https://a.example")).getHeader("ETag"));
	}

}
