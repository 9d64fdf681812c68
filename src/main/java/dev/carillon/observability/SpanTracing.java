package dev.carillon.observability;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import dev.carillon.topic.Destination;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.TopicPolicies;
import dev.carillon.topic.Trace;
import dev.carillon.topic.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import org.jspecify.annotations.Nullable;

/**
 * Traces as OpenTelemetry spans: {@code publish} from the arrival of a message until its
 * publisher has an answer, and below it {@code deliver} from the same moment to the end
 * of the first write to a subscriber.
 * <p>
 * The span of a delivery is made when the delivery has taken place, on another thread
 * than the loop's, so that a message without subscribers leaves nothing open. Attributes
 * are those of OpenTelemetry's conventions for messaging; never a header or a body.
 */
final class SpanTracing implements Tracing {

	private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");

	private static final AttributeKey<String> DESTINATION = AttributeKey.stringKey("messaging.destination.name");

	private static final AttributeKey<String> TEMPLATE = AttributeKey.stringKey("messaging.destination.template");

	private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("messaging.operation.name");

	private static final AttributeKey<String> FAILURE = AttributeKey.stringKey("error.type");

	private final Tracer tracer;

	private final TopicPolicies policies;

	private final Clock clock;

	private final Executor afterwards;

	/**
	 * Makes spans of a telemetry.
	 * @param afterwards runs what a delivery loop must not wait for
	 */
	SpanTracing(OpenTelemetry telemetry, TopicPolicies policies, Clock clock, Executor afterwards) {
		this.tracer = telemetry.getTracer("dev.carillon");
		this.policies = policies;
		this.clock = clock;
		this.afterwards = afterwards;
	}

	@Override
	public @Nullable Trace begin(String destination, Function<String, @Nullable String> headers) {
		Instant now = this.clock.instant();
		Context parent = Context.current();
		if (headers.apply("traceparent") != null) {
			parent = W3CTraceContextPropagator.getInstance().extract(parent, headers, new Headers());
		}
		Span publish = span("publish", SpanKind.PRODUCER, parent, now);
		if (!publish.getSpanContext().isSampled()) {
			return null;
		}
		String template = template(destination);
		describe(publish, "publish", destination, template);
		return new Spans(publish, parent.with(publish), now, destination, template);
	}

	/** The pattern of the family, of which there are few; empty if there is none. */
	private String template(String destination) {
		try {
			return this.policies.find(Destination.of(destination))
				.map((policy) -> policy.pattern().toString())
				.orElse("");
		}
		catch (Refusal _) {
			return "";
		}
	}

	private Span span(String name, SpanKind kind, Context parent, Instant start) {
		SpanBuilder builder = this.tracer.spanBuilder(name);
		return builder.setSpanKind(kind).setParent(parent).setStartTimestamp(start).startSpan();
	}

	private static void describe(Span span, String operation, String destination, String template) {
		span.updateName(template.isEmpty() ? operation : operation + " " + template)
			.setAttribute(SYSTEM, "carillon")
			.setAttribute(OPERATION, operation)
			.setAttribute(DESTINATION, destination);
		if (!template.isEmpty()) {
			span.setAttribute(TEMPLATE, template);
		}
	}

	/** The spans of one message. */
	private final class Spans implements Trace {

		private final Span publish;

		private final Context context;

		private final Instant start;

		private final String destination;

		private final String template;

		private final AtomicBoolean awaited = new AtomicBoolean(true);

		Spans(Span publish, Context context, Instant start, String destination, String template) {
			this.publish = publish;
			this.context = context;
			this.start = start;
			this.destination = destination;
			this.template = template;
		}

		@Override
		public void published(@Nullable Throwable failure) {
			if (failure != null) {
				this.publish.setStatus(StatusCode.ERROR).setAttribute(FAILURE, Refusal.of(failure).code().text());
			}
			this.publish.end(SpanTracing.this.clock.instant());
		}

		@Override
		public boolean isAwaited() {
			return this.awaited.get();
		}

		@Override
		public void delivered() {
			if (this.awaited.compareAndSet(true, false)) {
				Instant end = SpanTracing.this.clock.instant();
				SpanTracing.this.afterwards.execute(() -> {
					Span deliver = span("deliver", SpanKind.CONSUMER, this.context, this.start);
					describe(deliver, "deliver", this.destination, this.template);
					deliver.end(end);
				});
			}
		}

	}

	/** Reads headers by their names. */
	private static final class Headers implements TextMapGetter<Function<String, @Nullable String>> {

		@Override
		public Iterable<String> keys(Function<String, @Nullable String> headers) {
			return List.of("traceparent", "tracestate");
		}

		@Override
		public @Nullable String get(@Nullable Function<String, @Nullable String> headers, String name) {
			return (headers != null) ? headers.apply(name) : null;
		}

	}

}
