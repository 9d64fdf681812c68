package dev.carillon.observability;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import dev.carillon.delivery.CloseCode;
import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.FamilyStats;
import dev.carillon.delivery.LoopStats;
import dev.carillon.security.Refusals;
import dev.carillon.stomp.InboundFrames;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.TopicPolicy;
import dev.carillon.topic.Topics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Meters of what happens here, see the table in {@code docs/operations.md}.
 * <p>
 * They read numbers that are counted anyway; nothing on a delivery loop knows of them.
 * The values of tags are the names of families, transports, codes and commands and the
 * numbers of loops, so there is a bounded number of series.
 */
final class Meters implements MeterBinder {

	private final Topics topics;

	private final Delivery delivery;

	private final Refusals refusals;

	private final InboundFrames frames;

	private final SessionCounts sessions;

	private final Census census;

	Meters(Topics topics, Delivery delivery, SessionCounts sessions, Refusals refusals, InboundFrames frames) {
		this.sessions = sessions;
		this.topics = topics;
		this.delivery = delivery;
		this.refusals = refusals;
		this.frames = frames;
		this.census = new Census(topics);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		sessions(registry);
		this.topics.policies().all().forEach((family) -> family(registry, family));
		for (Refusals.Adapter adapter : Refusals.Adapter.values()) {
			for (Refusal.Code code : Refusal.Code.values()) {
				FunctionCounter.builder("carillon.refusals", this.refusals, (all) -> all.count(adapter, code))
					.description("Frames and requests that were refused")
					.tags("adapter", adapter.name().toLowerCase(Locale.ROOT), "code", code.text())
					.register(registry);
			}
		}
		for (String command : InboundFrames.commands()) {
			FunctionCounter.builder("carillon.frames.in", this.frames, (all) -> all.count(command))
				.description("STOMP frames from clients")
				.tag("command", command)
				.register(registry);
		}
		FunctionCounter.builder("carillon.sent", this.delivery, Meters::sent)
			.description("Bytes handed to transports")
			.baseUnit("bytes")
			.register(registry);
		List<LoopStats> loops = this.delivery.stats();
		for (int i = 0; i < loops.size(); i++) {
			loop(registry, loops.get(i), Integer.toString(i));
		}
	}

	private static double sent(Delivery delivery) {
		return delivery.stats().stream().mapToLong((loop) -> loop.flushSize().sum()).sum();
	}

	private void sessions(MeterRegistry registry) {
		this.sessions.watch((transport, count) -> Gauge.builder("carillon.sessions", count, AtomicInteger::get)
			.description("Sessions at present")
			.tag("transport", transport)
			.strongReference(true)
			.register(registry));
		for (CloseCode code : CloseCode.values()) {
			FunctionCounter.builder("carillon.closes", this.sessions, (all) -> all.closes(code))
				.description("Sessions that have ended")
				.tags("code", Integer.toString(code.number()), "reason", code.reason())
				.register(registry);
		}
	}

	private void family(MeterRegistry registry, TopicPolicy family) {
		String name = family.family();
		gauge(registry, "carillon.subscriptions", "Cursors and consumers at present",
				() -> sum(family, (stats) -> stats.subscriptions().get()), name);
		gauge(registry, "carillon.topics", "Topics in use", () -> this.census.of(family).topics(), name);
		Gauge.builder("carillon.log.memory", this.census, (census) -> census.of(family).bytes())
			.description("What the entries of all logs take")
			.baseUnit("bytes")
			.tag("family", name)
			.register(registry);
		counter(registry, "carillon.topics.evicted", "Topics that were let go because nobody used them",
				(_) -> this.topics.traffic(family).evicted(), name);
		counter(registry, "carillon.messages.in", "Messages that were published here",
				(_) -> this.topics.traffic(family).published(), name);
		counter(registry, "carillon.messages.out", "Messages handed to transports",
				(_) -> sum(family, (stats) -> stats.messages().get()), name);
		counter(registry, "carillon.messages.missed", "Messages that slow subscriptions have skipped",
				(_) -> sum(family, (stats) -> stats.missed().get()), name);
	}

	private static void gauge(MeterRegistry registry, String name, String description, Supplier<Number> value,
			String family) {
		Gauge.builder(name, value).description(description).tag("family", family).register(registry);
	}

	private void counter(MeterRegistry registry, String name, String description, ToDoubleFunction<Meters> value,
			String family) {
		FunctionCounter.builder(name, this, value).description(description).tag("family", family).register(registry);
	}

	private long sum(TopicPolicy family, ToLongFunction<FamilyStats> value) {
		return this.delivery.stats().stream().mapToLong((loop) -> value.applyAsLong(loop.of(family))).sum();
	}

	private static void loop(MeterRegistry registry, LoopStats stats, String number) {
		FunctionTimer
			.builder("carillon.loop.turn", stats, (loop) -> loop.turns().get(), (loop) -> loop.turnTime().get(),
					TimeUnit.NANOSECONDS)
			.description("Turns of a delivery loop")
			.tag("loop", number)
			.register(registry);
		TimeGauge.builder("carillon.loop.turn.max", stats, TimeUnit.NANOSECONDS, (loop) -> loop.longestTurn().get())
			.description("The longest turn of the last half to whole minute")
			.tag("loop", number)
			.register(registry);
		TimeGauge.builder("carillon.loop.lag.max", stats, TimeUnit.NANOSECONDS, (loop) -> loop.lag().get())
			.description("How late a delivery loop came to its sweep at most in the last half to whole minute")
			.tag("loop", number)
			.register(registry);
	}

}
