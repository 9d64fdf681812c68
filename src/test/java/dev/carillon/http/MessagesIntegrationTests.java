package dev.carillon.http;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.carillon.security.Admissions;
import dev.carillon.support.http.Api;
import dev.carillon.support.http.Service;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class MessagesIntegrationTests {

	private static Service service;

	private final Api api = service.api();

	@BeforeAll
	static void start() {
		service = Service.demo("server.jetty.connection-idle-timeout=1s", "carillon.limits.send-rate=0");
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	private String position(String destination) {
		return this.api.get("/api/messages?destination=" + destination).text("next");
	}

	private static List<String> bodies(Api.Answer answer) {
		return answer.json().path("messages").valueStream().map((message) -> message.path("body").asString()).toList();
	}

	@Test
	void pollWhenPositionIsGivenThenOnlyWhatCameAfter() {
		String start = position("/topic/open.poll");
		List<String> positions = IntStream.range(0, 5)
			.mapToObj((i) -> this.api.publish("/topic/open.poll", "m" + i).text("position"))
			.toList();
		Api.Answer all = this.api.get("/api/messages?destination=/topic/open.poll&after=" + start);
		assertThat(bodies(all)).containsExactly("m0", "m1", "m2", "m3", "m4");
		assertThat(all.json().path("recovered").asBoolean()).isTrue();
		assertThat(all.text("next")).isEqualTo(positions.getLast());
		Api.Answer some = this.api
			.get("/api/messages?destination=/topic/open.poll&limit=2&after=" + positions.getFirst());
		assertThat(bodies(some)).containsExactly("m1", "m2");
		assertThat(some.text("next")).isEqualTo(positions.get(2));
		assertThat(bodies(this.api.get("/api/messages?destination=/topic/open.poll&replay=2"))).containsExactly("m3",
				"m4");
	}

	@Test
	void pollWhenLogHasMovedOnThenSaysWhatIsMissed() {
		String start = position("/topic/short.gap");
		IntStream.range(0, 10).forEach((i) -> this.api.publish("/topic/short.gap", "m" + i));
		Api.Answer answer = this.api.get("/api/messages?destination=/topic/short.gap&wait=30s&after=" + start);
		assertThat(bodies(answer)).containsExactly("m6", "m7", "m8", "m9");
		assertThat(answer.json().path("recovered").asBoolean(true)).isFalse();
		assertThat(answer.json().path("messages").path(0).path("missed").asString()).isEqualTo("1-6");
		assertThat(answer.json().path("messages").path(1).has("missed")).isFalse();
	}

	@Test
	void pollWhenPositionIsOfAnotherLifeThenNotRecovered() {
		Api.Answer answer = this.api.get("/api/messages?destination=/topic/open.life&wait=30s&after=1-5");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json().path("recovered").asBoolean(true)).isFalse();
	}

	@Test
	void pollWhenItWaitsThenAnsweredByNextMessage() {
		String start = position("/topic/open.wait");
		CompletableFuture<Api.Answer> waiting = this.api
			.getLater("/api/messages?destination=/topic/open.wait&wait=50s&after=" + start);
		awaitWaiting(1);
		assertThat(waiting).isNotDone();
		this.api.publish("/topic/open.wait", "news");
		assertThat(bodies(waiting.join())).containsExactly("news");
		awaitWaiting(0);
	}

	private static void awaitWaiting(int count) {
		await().until(() -> service.bean(LongPolls.class).waiting() == count
				&& service.bean(Admissions.class).count() == count);
	}

	/** The server's idle timeout is one second here. */
	@Test
	void pollWhenNothingComesThenEmptyAfterTheWaitAlsoBeyondTheIdleTimeout() {
		String start = position("/topic/open.nothing");
		Api.Answer answer = this.api.get("/api/messages?destination=/topic/open.nothing&wait=2500ms&after=" + start);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(bodies(answer)).isEmpty();
		assertThat(answer.text("next")).isEqualTo(start);
		assertThat(answer.json().path("recovered").asBoolean()).isTrue();
		awaitWaiting(0);
	}

	@Test
	void pollWhenTagIsKnownThenNotModifiedUntilSomethingChanges() {
		String start = position("/topic/open.tag");
		this.api.publish("/topic/open.tag", "one");
		String path = "/api/messages?destination=/topic/open.tag&after=" + start;
		Api.Answer first = this.api.get(path);
		String tag = first.header("etag");
		assertThat(first.header("cache-control")).contains("no-cache", "private");
		Api.Answer same = this.api.get(path, "If-None-Match", tag);
		assertThat(same.status()).isEqualTo(304);
		assertThat(same.raw().body()).isEmpty();
		assertThat(same.header("etag")).isEqualTo(tag);
		this.api.publish("/topic/open.tag", "two");
		Api.Answer changed = this.api.get(path, "If-None-Match", tag);
		assertThat(changed.status()).isEqualTo(200);
		assertThat(bodies(changed)).containsExactly("one", "two");
		assertThat(changed.header("etag")).isNotEqualTo(tag);
	}

	/** The newest position alone would be the same before and after. */
	@Test
	void pollWhenOldMessagesAreGoneThenTagChangesThoughNothingIsNew() {
		String start = position("/topic/short.tag");
		IntStream.range(0, 5).forEach((i) -> this.api.publish("/topic/short.tag", "m" + i));
		Api.Answer lost = this.api.get("/api/messages?destination=/topic/short.tag&after=" + start);
		Api.Answer kept = this.api
			.get("/api/messages?destination=/topic/short.tag&after=" + start.replaceFirst("-.*", "-3"));
		assertThat(lost.text("next")).isEqualTo(kept.text("next"));
		assertThat(lost.header("etag")).isNotEqualTo(kept.header("etag"));
	}

	@Test
	void pollWhenLongPollKnowsTheTagThenNotModifiedAfterTheWait() {
		String start = position("/topic/open.longtag");
		String path = "/api/messages?destination=/topic/open.longtag&wait=100ms&after=" + start;
		String tag = this.api.get(path).header("etag");
		assertThat(this.api.get(path, "If-None-Match", tag).status()).isEqualTo(304);
	}

	@Test
	void pollWhenBodyIsNoTextThenBase64() {
		String start = position("/topic/open.bytes");
		this.api.post("/api/publish", "{\"destination\":\"/topic/open.bytes\",\"base64\":\"/wD+\"}");
		Api.Answer answer = this.api.get("/api/messages?destination=/topic/open.bytes&after=" + start);
		assertThat(answer.json().path("messages").path(0).path("base64").asString()).isEqualTo("/wD+");
		assertThat(answer.json().path("messages").path(0).has("body")).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "'', bad-value, 400", "destination=, bad-value, 400",
			"destination=/topic/open.x&limit=0, bad-value, 400", "destination=/topic/open.x&limit=1001, bad-value, 400",
			"destination=/topic/open.x&limit=ten, bad-value, 400",
			"destination=/topic/open.x&replay=-1, bad-value, 400",
			"destination=/topic/open.x&wait=soon, bad-value, 400", "destination=/topic/open.x&wait=61s, bad-value, 400",
			"destination=/topic/open.x&wait=-1s, bad-value, 400",
			"destination=/topic/open.x&after=here, bad-value, 400",
			"destination=/topic/nowhere, unknown-destination, 404", "destination=/topic/members.x, access-denied, 403",
			"destination=/queue/work, bad-value, 400", "destination=/topic/open.*, bad-value, 400",
			"destination=/topic/../open.x, bad-value, 400", "destination=/topic/open..x, bad-value, 400",
			"destination=/topic/open.%0Ax, bad-value, 400", "destination=/topic/open.%0D%0Ax, bad-value, 400",
			"destination=/topic/open.%00x, bad-value, 400", "destination=/topic/open.%1Bx, bad-value, 400",
			"destination=/topic/open.%E2%80%A8x, bad-value, 400",
			"destination=/user/alice/queue/alerts, access-denied, 403" })
	void pollWhenParameterIsBadThenProblem(String query, String code, int status) {
		this.api.get("/api/messages?" + query).isProblem(status, code);
	}

	@Test
	void pollWhenUserMayThenSeesWhatGuestsMayNot() {
		assertThat(service.api("alice").publish("/topic/members.x", "for members").status()).isEqualTo(200);
		Api.Answer answer = service.api("alice").get("/api/messages?destination=/topic/members.x&replay=1");
		assertThat(bodies(answer)).containsExactly("for members");
	}

	@Test
	void pollWhenInstanceStopsThenWaitingOnesAreAnswered() {
		try (Service other = Service.demo()) {
			CompletableFuture<Api.Answer> waiting = other.api()
				.getLater("/api/messages?destination=/topic/open.stop&wait=50s");
			await().until(() -> other.bean(LongPolls.class).waiting() == 1);
			other.bean(LongPolls.class).stop();
			assertThat(waiting.join().status()).isEqualTo(200);
			assertThat(other.api().get("/api/messages?destination=/topic/open.stop&wait=50s").status()).isEqualTo(200);
		}
	}

	@Test
	void pollWhenAddressHasEnoughSessionsThenRefusedUnlessItDoesNotWait() {
		try (Service small = Service.demo("carillon.limits.sessions-per-address=1")) {
			CompletableFuture<Api.Answer> waiting = small.api()
				.getLater("/api/messages?destination=/topic/open.full&wait=50s");
			await().until(() -> small.bean(LongPolls.class).waiting() == 1);
			Api.Answer refused = small.api().get("/api/messages?destination=/topic/open.full&wait=50s");
			refused.isProblem(429, "limit-reached");
			assertThat(refused.text("detail")).contains("carillon.limits.sessions-per-address");
			assertThat(refused.header("retry-after")).isNotNull();
			assertThat(small.api().get("/api/messages?destination=/topic/open.full").status()).isEqualTo(200);
			small.api().publish("/topic/open.full", "over");
			assertThat(waiting.join().status()).isEqualTo(200);
			await().until(() -> small.bean(Admissions.class).count() == 0);
		}
	}

}
