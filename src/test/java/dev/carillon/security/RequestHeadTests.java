package dev.carillon.security;

import java.nio.charset.StandardCharsets;

import dev.carillon.security.RequestHead.Header;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

class RequestHeadTests {

	private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/echo");

	@Test
	void headWhenTakenThenAsLargeAsItsText() {
		this.request.addHeader("Host", "localhost:8080");
		this.request.addHeader("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
		String text = "GET /echo HTTP/1.1\r\nHost: localhost:8080\r\n"
				+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
		RequestHead head = RequestHead.of(this.request);
		assertThat(head.line()).isEqualTo("GET /echo HTTP/1.1");
		assertThat(head.size()).isEqualTo(text.getBytes(StandardCharsets.US_ASCII).length);
		assertThat(head.headers()).contains(new Header("Host", "localhost:8080", 22));
	}

	@Test
	void headWhenItProvesWhoSomebodyIsThenSaysOnlyThatItDoes() {
		this.request.setQueryString("ticket=secret");
		this.request.addHeader("Cookie", "JSESSIONID=secret");
		this.request.addHeader("Authorization", "Bearer secret");
		RequestHead head = RequestHead.of(this.request);
		assertThat(head.line()).isEqualTo("GET /echo?… HTTP/1.1");
		assertThat(head.headers()).extracting(Header::name).containsExactlyInAnyOrder("Cookie", "Authorization");
		assertThat(head.toString()).doesNotContain("secret");
		assertThat(head.size()).isEqualTo(
				"GET /echo?ticket=secret HTTP/1.1\r\nCookie: JSESSIONID=secret\r\nAuthorization: Bearer secret\r\n\r\n"
					.length());
	}

	@Test
	void headWhenAProxyAddsHeadersThenCountsThem() {
		this.request.addHeader("X-Forwarded-For", "10.1.2.3");
		this.request.addHeader("X-Internal-Route", "secret");
		RequestHead head = RequestHead.of(this.request);
		assertThat(head.headers()).isEmpty();
		assertThat(head.others()).isEqualTo(2);
		assertThat(head.toString()).doesNotContain("10.1.2.3", "secret");
	}

}
