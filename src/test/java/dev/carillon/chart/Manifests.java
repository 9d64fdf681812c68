package dev.carillon.chart;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Kubernetes objects, read the way a strict API server reads them: a field that the model
 * does not have is refused, and so is a number where a string belongs.
 *
 * @param objects the objects as they are written
 */
record Manifests(List<Map<String, Object>> objects) {

	/** What the chart may make, by version and kind. */
	private static final Map<String, Class<?>> MODELS = Map.ofEntries(Map.entry("v1/ConfigMap", ConfigMap.class),
			Map.entry("v1/PersistentVolumeClaim", PersistentVolumeClaim.class), Map.entry("v1/Pod", Pod.class),
			Map.entry("v1/Service", Service.class), Map.entry("v1/ServiceAccount", ServiceAccount.class),
			Map.entry("apps/v1/Deployment", Deployment.class),
			Map.entry("autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
			Map.entry("gateway.networking.k8s.io/v1/HTTPRoute", HTTPRoute.class),
			Map.entry("networking.k8s.io/v1/Ingress", Ingress.class),
			Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
			Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
			Map.entry("monitoring.coreos.com/v1/PodMonitor", PodMonitor.class),
			Map.entry("monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class),
			Map.entry("monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class),
			Map.entry("keda.sh/v1alpha1/ScaledObject", ScaledObject.class));

	private static final ObjectMapper STRICT = strict();

	private static ObjectMapper strict() {
		ObjectMapper mapper = JsonMapper.builder()
			.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
			// The models keep what they do not know; then nothing would be unknown.
			.annotationIntrospector(new JacksonAnnotationIntrospector() {

				@Override
				public Boolean hasAnySetter(Annotated annotated) {
					return false;
				}

			})
			.build();
		for (CoercionInputShape shape : List.of(CoercionInputShape.Integer, CoercionInputShape.Float,
				CoercionInputShape.Boolean)) {
			mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
		}
		return mapper;
	}

	static Manifests parse(String yaml) {
		Stream<Object> documents = StreamSupport
			.stream(new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(yaml).spliterator(), false);
		return new Manifests(documents.filter(Objects::nonNull).map(Manifests::object).toList());
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> object(Object document) {
		return (Map<String, Object>) document;
	}

	/**
	 * The model of an object.
	 * @throws IllegalArgumentException if it has a field that its kind does not have, or
	 * is of a kind that the chart should not make
	 */
	static Object model(Map<String, Object> object) {
		String type = object.get("apiVersion") + "/" + object.get("kind");
		Class<?> model = MODELS.get(type);
		if (model == null) {
			throw new IllegalArgumentException("No model of " + type);
		}
		return STRICT.convertValue(object, model);
	}

	/** The objects of a kind. */
	<T> List<T> all(Class<T> kind) {
		return this.objects.stream()
			.filter((object) -> kind.getSimpleName().equals(object.get("kind")))
			.map(Manifests::model)
			.map(kind::cast)
			.toList();
	}

	/** The only object of a kind. */
	<T> T one(Class<T> kind) {
		List<T> all = all(kind);
		if (all.size() != 1) {
			throw new IllegalStateException("There are " + all.size() + " objects of the kind " + kind.getSimpleName());
		}
		return all.getFirst();
	}

	Deployment deployment() {
		return one(Deployment.class);
	}

	/** The pods that run the service. */
	PodSpec server() {
		return deployment().getSpec().getTemplate().getSpec();
	}

	/** The configuration file of the application. */
	String application() {
		return all(ConfigMap.class).stream()
			.map((map) -> map.getData().get("application.yaml"))
			.filter(Objects::nonNull)
			.findFirst()
			.orElseThrow();
	}

	/** Whether a selector finds an object with these labels. */
	static boolean selects(Map<String, String> selector, Map<String, String> labels) {
		return labels.entrySet().containsAll(selector.entrySet());
	}

}
