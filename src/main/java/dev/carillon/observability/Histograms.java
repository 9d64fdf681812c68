package dev.carillon.observability;

import java.util.List;
import java.util.function.Function;

import dev.carillon.delivery.Delivery;
import dev.carillon.delivery.Histogram;
import dev.carillon.delivery.LoopStats;
import dev.carillon.topic.TopicPolicies;
import dev.carillon.topic.TopicPolicy;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;

/**
 * The histograms that delivery loops keep, for Prometheus.
 * <p>
 * Micrometer has no histogram that reads counts which somebody else keeps; recording each
 * delivery with one of its own would cost more than the delivery.
 */
final class Histograms implements MultiCollector {

	static final String LATENCY = "carillon_delivery_latency_seconds";

	static final String FLUSH_SIZE = "carillon_flush_size_bytes";

	private final Delivery delivery;

	private final TopicPolicies policies;

	Histograms(Delivery delivery, TopicPolicies policies) {
		this.delivery = delivery;
		this.policies = policies;
	}

	@Override
	public MetricSnapshots collect() {
		HistogramSnapshot.Builder latency = HistogramSnapshot.builder()
			.name(LATENCY)
			.unit(Unit.SECONDS)
			.help("From the append of a message until a delivery loop hands it to a transport");
		for (TopicPolicy family : this.policies.all()) {
			latency.dataPoint(point((loop) -> loop.of(family).latency(), 1_000, Labels.of("family", family.family())));
		}
		HistogramSnapshot.Builder flushSize = HistogramSnapshot.builder()
			.name(FLUSH_SIZE)
			.unit(Unit.BYTES)
			.help("Bytes of each write to a transport")
			.dataPoint(point(LoopStats::flushSize, 1, Labels.EMPTY));
		return MetricSnapshots.of(latency.build(), flushSize.build());
	}

	/** The sum over all loops. */
	private HistogramDataPointSnapshot point(Function<LoopStats, Histogram> which, double unit, Labels labels) {
		List<Histogram> parts = this.delivery.stats().stream().map(which).toList();
		Histogram first = parts.getFirst();
		ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
		for (int i = 0; i < first.size(); i++) {
			int bucket = i;
			buckets.bucket(first.bound(i) / unit, parts.stream().mapToLong((part) -> part.count(bucket)).sum());
		}
		return HistogramDataPointSnapshot.builder()
			.labels(labels)
			.classicHistogramBuckets(buckets.build())
			.sum(parts.stream().mapToLong(Histogram::sum).sum() / unit)
			.build();
	}

}
