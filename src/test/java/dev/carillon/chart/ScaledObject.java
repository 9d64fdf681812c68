package dev.carillon.chart;

import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import org.jspecify.annotations.Nullable;

/**
 * What KEDA scales, as far as its specification describes it
 * (keda.sh/docs/reference/scaledobject-spec); there is no model of it in a library.
 */
record ScaledObject(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {

	record Spec(Target scaleTargetRef, @Nullable Integer pollingInterval, @Nullable Integer cooldownPeriod,
			@Nullable Integer initialCooldownPeriod, @Nullable Integer idleReplicaCount,
			@Nullable Integer minReplicaCount, @Nullable Integer maxReplicaCount, @Nullable Fallback fallback,
			@Nullable Advanced advanced, List<Trigger> triggers) {
	}

	record Target(@Nullable String apiVersion, @Nullable String kind, String name,
			@Nullable String envSourceContainerName) {
	}

	record Fallback(int failureThreshold, int replicas, @Nullable String behavior) {
	}

	record Advanced(@Nullable Boolean restoreToOriginalReplicaCount,
			@Nullable Autoscaler horizontalPodAutoscalerConfig) {
	}

	record Autoscaler(@Nullable String name, @Nullable HorizontalPodAutoscalerBehavior behavior) {
	}

	record Trigger(String type, @Nullable String name, @Nullable String metricType, @Nullable Boolean useCachedMetrics,
			Map<String, String> metadata, @Nullable Authentication authenticationRef) {
	}

	record Authentication(String name, @Nullable String kind) {
	}

}
