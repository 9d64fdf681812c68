package dev.carillon.observability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import dev.carillon.support.Http;
import dev.carillon.support.RawStomp;
import dev.carillon.support.http.Service;
import dev.carillon.topic.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Traces of a running instance: what is exported, and that nothing is by default.
 */
@ExtendWith(OutputCaptureExtension.class)
class TracingIntegrationTests {

	private static final String PARENT = "00f067aa0ba902b7";

	private static final Collector collector = new Collector();

	private static Service service;

	private static Kept kept;

	private static int port;

	/** A collector that takes whatever comes. */
	private static final class Collector {

		private final List<String> requests = new CopyOnWriteArrayList<>();

		private final HttpServer server;

		Collector() {
			try {
				this.server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			this.server.createContext("/", (exchange) -> {
				String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
				this.requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
						+ exchange.getRequestHeaders().getFirst("Content-Type") + " " + body);
				exchange.sendResponseHeaders(200, -1);
				exchange.close();
			});
			this.server.start();
		}

		String endpoint() {
			return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/v1/traces";
		}

	}

	/** Keeps the spans that are exported. */
	static final class Kept implements SpanExporter {

		private final List<SpanData> spans = new CopyOnWriteArrayList<>();

		@Override
		public CompletableResultCode export(Collection<SpanData> fresh) {
			this.spans.addAll(fresh);
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode flush() {
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode shutdown() {
			return CompletableResultCode.ofSuccess();
		}

		List<SpanData> of(String trace) {
			return this.spans.stream().filter((span) -> span.getTraceId().equals(trace)).toList();
		}

		List<SpanData> of(String trace, String name) {
			return of(trace).stream().filter((span) -> span.getName().equals(name)).toList();
		}

		SpanData one(String trace, String name) {
			await().untilAsserted(() -> assertThat(of(trace, name)).as("%s in %s", name, of(trace)).hasSize(1));
			return of(trace, name).getFirst();
		}

	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Exporters {

		@Bean
		Kept kept() {
			return new Kept();
		}

	}

	@BeforeAll
	static void start() {
		service = Service.demoWith(Exporters.class, "spring.datasource.url=jdbc:h2:mem:traced;DB_CLOSE_DELAY=-1",
				"carillon.scores.simulator.enabled=false", "carillon.stocks.simulator.rate=0.001",
				"management.opentelemetry.tracing.export.otlp.endpoint=" + collector.endpoint(),
				"management.opentelemetry.tracing.export.schedule-delay=50ms",
				"management.tracing.sampling.probability=0", "carillon.topics.try.pattern=/topic/try.{name}",
				"carillon.topics.try.subscribe=anyone", "carillon.topics.try.send=anyone",
				"carillon.topics.try.replay=10");
		port = service.port();
		kept = service.bean(Kept.class);
	}

	@AfterAll
	static void stop() {
		service.close();
		collector.server.stop(0);
	}

	private static String freshTrace() {
		return UUID.randomUUID().toString().replace("-", "");
	}

	private static String traceparent(String trace, String flags) {
		return "00-" + trace + "-" + PARENT + "-" + flags;
	}

	@Test
	void sendWhenParentIsSampledThenFromPublishToTheFirstDelivery() {
		String trace = freshTrace();
		String later = freshTrace();
		try (RawStomp writer = RawStomp.guest(port);
				RawStomp one = RawStomp.guest(port);
				RawStomp two = RawStomp.guest(port);
				RawStomp three = RawStomp.guest(port)) {
			for (RawStomp reader : List.of(one, two, three)) {
				reader.subscribe("s", "/topic/try.first");
			}
			writer.published("/topic/try.first", "orchid", "traceparent:" + traceparent(trace, "01"),
					"tone:whispering");
			for (RawStomp reader : List.of(one, two, three)) {
				assertThat(reader.message().header("traceparent")).isEqualTo(traceparent(trace, "01"));
			}
			SpanData publish = kept.one(trace, "publish /topic/try.{name}");
			SpanData deliver = kept.one(trace, "deliver /topic/try.{name}");
			assertThat(publish.getKind()).isEqualTo(SpanKind.PRODUCER);
			assertThat(publish.getParentSpanId()).isEqualTo(PARENT);
			assertThat(deliver.getKind()).isEqualTo(SpanKind.CONSUMER);
			assertThat(deliver.getParentSpanId()).isEqualTo(publish.getSpanId());
			assertThat(deliver.getStartEpochNanos()).isEqualTo(publish.getStartEpochNanos());
			assertThat(deliver.getEndEpochNanos()).isGreaterThanOrEqualTo(deliver.getStartEpochNanos());
			assertThat(deliver.getResource().getAttribute(AttributeKey.stringKey("service.name")))
				.isEqualTo("carillon");
			assertThat(deliver.getAttributes().get(AttributeKey.stringKey("messaging.destination.name")))
				.isEqualTo("/topic/try.first");
			// Whatever the other subscribers could have left would come before this.
			writer.published("/topic/try.first", "rose", "traceparent:" + traceparent(later, "01"));
			kept.one(later, "deliver /topic/try.{name}");
			assertThat(kept.of(trace)).hasSize(2);
			assertThat(kept.spans)
				.allSatisfy((span) -> assertThat(span.toString()).doesNotContain("orchid").doesNotContain("whisper"));
		}
		await().untilAsserted(() -> assertThat(collector.requests)
			.anyMatch((request) -> request.startsWith("POST /v1/traces application/x-protobuf ")
					&& request.contains("deliver /topic/try.{name}")));
	}

	@Test
	void sendWhenParentIsNotSampledThenNoSpans() {
		String silent = freshTrace();
		String loud = freshTrace();
		try (RawStomp client = RawStomp.guest(port)) {
			client.subscribe("s", "/topic/try.quiet");
			client.published("/topic/try.quiet", "x", "traceparent:" + traceparent(silent, "00"));
			client.published("/topic/try.quiet", "x", "traceparent:no such thing");
			client.published("/topic/try.quiet", "x");
			client.published("/topic/try.quiet", "x", "traceparent:" + traceparent(loud, "01"));
			assertThat(client.bodies(4)).hasSize(4);
			kept.one(loud, "deliver /topic/try.{name}");
		}
		assertThat(kept.of(silent)).isEmpty();
		assertThat(kept.spans)
			.filteredOn((span) -> "/topic/try.quiet"
				.equals(span.getAttributes().get(AttributeKey.stringKey("messaging.destination.name"))))
			.hasSize(2);
	}

	@Test
	void sendWhenRefusedThenTheSpanSaysSo() {
		String trace = freshTrace();
		try (RawStomp client = RawStomp.guest(port, "soft-errors:true")) {
			client.publish("/topic/stocks.AAPL", "x", "traceparent:" + traceparent(trace, "01"));
			assertThat(client.error().header("code")).isEqualTo("access-denied");
		}
		SpanData publish = kept.one(trace, "publish /topic/stocks.{symbol}");
		assertThat(publish.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
		assertThat(publish.getAttributes().get(AttributeKey.stringKey("error.type"))).isEqualTo("access-denied");
	}

	@Test
	void sendWhenNobodySubscribesThenReplayIsNotTheDelivery() {
		String early = freshTrace();
		String late = freshTrace();
		try (RawStomp client = RawStomp.guest(port)) {
			client.published("/topic/try.early", "x", "traceparent:" + traceparent(early, "01"));
			client.subscribe("s", "/topic/try.early");
			assertThat(client.message().text()).isEqualTo("x");
			client.published("/topic/try.early", "y", "traceparent:" + traceparent(late, "01"));
			kept.one(late, "deliver /topic/try.{name}");
		}
		assertThat(kept.of(early)).extracting(SpanData::getName).containsExactly("publish /topic/try.{name}");
	}

	@Test
	void sendWhenToTheApplicationThenToTheDeliveryOfWhatItPublishes() {
		String trace = freshTrace();
		try (RawStomp client = RawStomp.user(port, "alice")) {
			client.subscribe("s", "/topic/chat.general");
			client.published("/app/chat.general.send", "{\"text\":\"hello\"}", "content-type:application/json",
					"traceparent:" + traceparent(trace, "01"));
			assertThat(client.message().text()).contains("hello");
		}
		SpanData publish = kept.one(trace, "publish /app/chat.**");
		assertThat(kept.one(trace, "deliver /app/chat.**").getParentSpanId()).isEqualTo(publish.getSpanId());
	}

	@Test
	void publishWhenRequestHasAParentThenBelowTheRequest() {
		String trace = freshTrace();
		try (RawStomp client = RawStomp.guest(port)) {
			client.subscribe("s", "/topic/try.http");
			assertThat(new Http(port, "alice")
				.post("/api/publish", "{\"destination\":\"/topic/try.http\",\"body\":\"x\"}", "traceparent",
						traceparent(trace, "01"))
				.status()).isEqualTo(200);
			assertThat(client.message().text()).isEqualTo("x");
		}
		SpanData publish = kept.one(trace, "publish /topic/try.{name}");
		SpanData deliver = kept.one(trace, "deliver /topic/try.{name}");
		SpanData request = kept.one(trace, "http post /api/publish");
		assertThat(request.getParentSpanId()).isEqualTo(PARENT);
		assertThat(kept.of(trace)).extracting(SpanData::getSpanId).contains(publish.getParentSpanId());
		assertThat(deliver.getParentSpanId()).isEqualTo(publish.getSpanId());
	}

	@Test
	void startWhenNoEndpointThenNoTracesAndNoWordOfThem(CapturedOutput output) {
		int threads = exporters();
		try (Service service = Service.demo("spring.datasource.url=jdbc:h2:mem:untraced;DB_CLOSE_DELAY=-1",
				"carillon.scores.simulator.enabled=false", "carillon.stocks.simulator.rate=0.001")) {
			assertThat(service.bean(Tracing.class)).isSameAs(Tracing.NONE);
			assertThat(exporters()).isEqualTo(threads);
			assertThat(output.getAll()).doesNotContain("opentelemetry");
		}
	}

	private static int exporters() {
		return (int) Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("BatchSpanProcessor"))
			.count();
	}

}
