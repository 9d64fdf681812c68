package dev.carillon.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.carillon.support.CarillonTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@CarillonTest
class PagesIntegrationTests {

	private static final Pattern SCRIPT = Pattern.compile("src=\"\\./(assets/index-[\\w-]+\\.js)\"");

	private final HttpClient client = HttpClient.newHttpClient();

	private final URI root;

	PagesIntegrationTests(@LocalServerPort int port) {
		this.root = URI.create("http://127.0.0.1:" + port + "/");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "index.html", "theme.js", "bell.svg", "plain/", "plain/plain.js" })
	void cacheControlWhenAddressStaysThenBrowsersAskAgain(String path) {
		HttpResponse<String> answer = get(path);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-cache");
		assertThat(answer.headers().firstValue("Last-Modified")).isPresent();
	}

	@Test
	void cacheControlWhenContentIsInTheAddressThenKeptForGood() {
		Matcher script = SCRIPT.matcher(get("").body());
		assertThat(script.find()).isTrue();
		HttpResponse<String> answer = get(script.group(1));
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().allValues("Cache-Control")).containsExactly("max-age=31536000, public, immutable");
		assertThat(answer.headers().firstValue("Expires")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "br", "gzip" })
	void assetWhenBrowserTakesItCompressedThenSentAsTheBuildCompressedIt(String encoding) {
		Matcher script = SCRIPT.matcher(get("").body());
		assertThat(script.find()).isTrue();
		HttpResponse<String> plain = get(script.group(1));
		HttpResponse<String> answer = get(script.group(1), "Accept-Encoding", encoding);
		assertThat(answer.headers().allValues("Content-Encoding")).containsExactly(encoding);
		assertThat(answer.headers().allValues("Vary")).contains("Accept-Encoding");
		assertThat(answer.headers().allValues("Content-Type")).isEqualTo(plain.headers().allValues("Content-Type"));
		assertThat(answer.headers().firstValueAsLong("Content-Length").orElseThrow())
			.isLessThan(plain.headers().firstValueAsLong("Content-Length").orElseThrow() / 2);
	}

	@Test
	void cacheControlWhenThereIsNoSuchAssetThenNotKept() {
		HttpResponse<String> answer = get("assets/index-0.js");
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(answer.headers().firstValue("Cache-Control").orElse("")).doesNotContain("immutable");
	}

	@Test
	void plainPageWhenAskedForWithoutSlashThenSentToItsAddress() {
		HttpResponse<String> answer = get("plain");
		assertThat(answer.statusCode()).isEqualTo(302);
		assertThat(answer.headers().firstValue("Location").map(this.root::resolve))
			.contains(this.root.resolve("plain/"));
		assertThat(get("plain/").body()).contains("stomp-websocket");
	}

	@Test
	void policyWhenConsoleIsServedThenAllowsNothingInline() {
		assertThat(get("").headers().firstValue("Content-Security-Policy").orElse("")).contains("default-src 'self'")
			.doesNotContain("unsafe-inline");
	}

	private HttpResponse<String> get(String path, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.root.resolve(path));
		try {
			return this.client.send(((headers.length > 0) ? request.headers(headers) : request).build(),
					BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
