package dev.carillon.sockjs;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TransportTests {

	private static String frame(Transport transport, String frame) {
		return text(transport.frame(frame.getBytes(StandardCharsets.UTF_8), "_jp.abc"));
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	@Test
	void ofWhenPathThenFindsTransport() {
		assertThat(Transport.of("xhr_streaming")).isEqualTo(Transport.XHR_STREAMING);
		assertThat(Transport.of("XHR")).isNull();
		assertThat(Transport.of("xhr_send")).isNull();
	}

	@Test
	void frameWhenXhrThenIsALine() {
		assertThat(frame(Transport.XHR, "a[\"ü\"]")).isEqualTo("a[\"ü\"]\n");
		assertThat(frame(Transport.XHR_STREAMING, "h")).isEqualTo("h\n");
	}

	@Test
	void frameWhenEventSourceThenEscapesPercentSigns() {
		assertThat(frame(Transport.EVENT_SOURCE, "a[\"100 %41 %\"]")).isEqualTo("data: a[\"100 %2541 %25\"]\r\n\r\n");
	}

	@Test
	void frameWhenJsonpThenCallsBack() {
		assertThat(frame(Transport.JSONP, "a[\"x\\n\"]")).isEqualTo("/**/_jp.abc(\"a[\\\"x\\\\n\\\"]\");\r\n");
	}

	@Test
	void frameWhenHtmlFileThenCannotLeaveItsScript() {
		assertThat(frame(Transport.HTML_FILE, "a[\"</script><!--\"]"))
			.isEqualTo("<script>\np(\"a[\\\"\\u003c/script\\u003e\\u003c!--\\\"]\");\n</script>\r\n");
	}

	@Test
	void preludeWhenStreamingThenFillsBuffersOfBrowsers() {
		assertThat(text(Transport.XHR_STREAMING.prelude(""))).isEqualTo("h".repeat(2048) + "\n");
		assertThat(text(Transport.EVENT_SOURCE.prelude(""))).isEqualTo("\r\n");
		assertThat(text(Transport.HTML_FILE.prelude("_jp.abc"))).contains("var c = parent._jp.abc;")
			.hasSizeGreaterThanOrEqualTo(1024);
		assertThat(text(Transport.XHR.prelude(""))).isEmpty();
	}

}
