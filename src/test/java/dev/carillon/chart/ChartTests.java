package dev.carillon.chart;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What the chart makes of the values of {@code ci/}, and what it refuses to make.
 */
class ChartTests {

	static Stream<Path> ci() {
		return Chart.ci().stream();
	}

	@Test
	void lintWhenStrictThenNothingIsWrong() {
		LintResult result = Chart.lint();
		assertThat(result.isFailed()).as(String.join("\n", result.getMessages())).isFalse();
	}

	@ParameterizedTest
	@MethodSource("ci")
	void objectWhenRenderedThenItsKindHasAllOfItsFields(Path values) {
		Manifests manifests = Chart.render(values);
		assertThat(manifests.objects()).isNotEmpty().allSatisfy((object) -> {
			assertThat(Manifests.model(object)).isNotNull();
			assertThat(metadata(object).get("name").toString()).matches("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");
			assertThat((Map<?, ?>) metadata(object).get("labels")).hasSizeGreaterThanOrEqualTo(5);
		});
		assertThat(
				manifests.objects().stream().map((object) -> object.get("kind") + "/" + metadata(object).get("name")))
			.doesNotHaveDuplicates();
	}

	@Test
	void objectWhenAFieldIsMisspeltThenRefused() {
		for (String kind : List.of("Deployment", "Service", "NetworkPolicy", "HTTPRoute", "PrometheusRule",
				"PodMonitor", "ScaledObject", "Ingress")) {
			Map<String, Object> object = Chart.render(Chart.ci("everything"))
				.objects()
				.stream()
				.filter((candidate) -> kind.equals(candidate.get("kind")))
				.findFirst()
				.orElseThrow();
			Map<String, Object> spec = new HashMap<>(section(object, "spec"));
			spec.put("tpyo", 1);
			object.put("spec", spec);
			assertThatIllegalArgumentException().isThrownBy(() -> Manifests.model(object))
				.as(kind)
				.withMessageContaining("tpyo");
		}
	}

	@Test
	void kindsWhenEverythingIsOnThenAllAreMade() {
		List<Object> kinds = Stream.of("production", "everything")
			.flatMap((name) -> Chart.render(Chart.ci(name)).objects().stream())
			.map((object) -> object.get("kind"))
			.distinct()
			.toList();
		assertThat(kinds).containsExactlyInAnyOrder("ConfigMap", "Deployment", "HTTPRoute", "HorizontalPodAutoscaler",
				"Ingress", "NetworkPolicy", "PersistentVolumeClaim", "Pod", "PodDisruptionBudget", "PodMonitor",
				"PrometheusRule", "ScaledObject", "Service", "ServiceAccount", "ServiceMonitor");
	}

	@ParameterizedTest
	@MethodSource("ci")
	void podWhenRenderedThenRestricted(Path values) {
		Manifests manifests = Chart.render(values);
		List<PodSpec> pods = new ArrayList<>(List.of(manifests.server()));
		manifests.all(Pod.class).forEach((pod) -> pods.add(pod.getSpec()));
		assertThat(pods).hasSize(2).allSatisfy((pod) -> {
			assertThat(pod.getAutomountServiceAccountToken()).isFalse();
			assertThat(pod.getEnableServiceLinks()).isFalse();
			assertThat(pod.getHostNetwork()).isNull();
			assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
			assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(10001);
			assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
			assertThat(pod.getContainers()).allSatisfy((container) -> {
				assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
				assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
				assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
				assertThat(container.getResources().getLimits()).containsKey("memory");
				assertThat(container.getVolumeMounts()).extracting(VolumeMount::getName)
					.isSubsetOf(pod.getVolumes().stream().map(Volume::getName).toList());
			});
		});
	}

	@ParameterizedTest
	@MethodSource("ci")
	void portsWhenNamedThenThere(Path values) {
		Manifests manifests = Chart.render(values);
		Container container = container(manifests);
		Map<String, Integer> ports = new HashMap<>();
		container.getPorts().forEach((port) -> ports.put(port.getName(), port.getContainerPort()));
		assertThat(ports).containsOnlyKeys("http", "management");
		assertThat(value(container, "SERVER_PORT")).isEqualTo(ports.get("http").toString());
		assertThat(value(container, "MANAGEMENT_SERVER_PORT")).isEqualTo(ports.get("management").toString());
		for (Probe probe : List.of(container.getStartupProbe(), container.getLivenessProbe(),
				container.getReadinessProbe())) {
			assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("management");
		}
		Map<String, String> labels = manifests.deployment().getSpec().getTemplate().getMetadata().getLabels();
		assertThat(manifests.all(Service.class)).allSatisfy((service) -> {
			assertThat(Manifests.selects(service.getSpec().getSelector(), labels)).isTrue();
			assertThat(service.getSpec().getPorts())
				.allSatisfy((port) -> assertThat(port.getTargetPort().getStrVal()).isIn(ports.keySet()));
		});
		manifests.all(Pod.class)
			.forEach((test) -> assertThat(manifests.all(Service.class)).noneMatch(
					(service) -> Manifests.selects(service.getSpec().getSelector(), test.getMetadata().getLabels())));
	}

	@ParameterizedTest
	@MethodSource("ci")
	void actuatorWhenRenderedThenNoClientReachesIt(Path values) {
		Manifests manifests = Chart.render(values);
		Service main = service(manifests, Chart.RELEASE + "-" + name(values));
		assertThat(main.getSpec().getPorts()).extracting((port) -> port.getTargetPort().getStrVal())
			.containsExactly("http");
		manifests.all(Ingress.class)
			.forEach((ingress) -> assertThat(ingress.getSpec().getRules())
				.allSatisfy((rule) -> assertThat(rule.getHttp().getPaths()).allSatisfy((path) -> {
					assertThat(path.getBackend().getService().getName()).isEqualTo(main.getMetadata().getName());
					assertThat(path.getBackend().getService().getPort().getName()).isEqualTo("http");
				})));
		manifests.all(HTTPRoute.class)
			.forEach((route) -> assertThat(route.getSpec().getRules())
				.allSatisfy((rule) -> assertThat(rule.getBackendRefs()).allSatisfy((backend) -> {
					assertThat(backend.getName()).isEqualTo(main.getMetadata().getName());
					assertThat(backend.getPort()).isEqualTo(main.getSpec().getPorts().getFirst().getPort());
				})));
		NetworkPolicy policy = manifests.one(NetworkPolicy.class);
		assertThat(policy.getSpec().getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
		assertThat(policy.getSpec().getIngress()).allSatisfy((rule) -> {
			assertThat(rule.getFrom()).isNotEmpty();
			assertThat(rule.getPorts()).hasSize(1);
		});
		boolean monitored = !manifests.all(ServiceMonitor.class).isEmpty()
				|| !manifests.all(PodMonitor.class).isEmpty();
		assertThat(policy.getSpec().getIngress())
			.filteredOn((rule) -> "management".equals(rule.getPorts().getFirst().getPort().getStrVal()))
			.hasSize(monitored ? 1 : 0);
	}

	@ParameterizedTest
	@MethodSource("ci")
	void selectorsWhenRenderedThenFindThePods(Path values) {
		Manifests manifests = Chart.render(values);
		Map<String, String> labels = manifests.deployment().getSpec().getTemplate().getMetadata().getLabels();
		List<Map<String, String>> selectors = new ArrayList<>();
		selectors.add(manifests.deployment().getSpec().getSelector().getMatchLabels());
		selectors.add(manifests.one(PodDisruptionBudget.class).getSpec().getSelector().getMatchLabels());
		selectors.add(manifests.one(NetworkPolicy.class).getSpec().getPodSelector().getMatchLabels());
		manifests.server()
			.getTopologySpreadConstraints()
			.forEach((constraint) -> selectors.add(constraint.getLabelSelector().getMatchLabels()));
		manifests.all(PodMonitor.class)
			.forEach((monitor) -> selectors.add(monitor.getSpec().getSelector().getMatchLabels()));
		assertThat(selectors).hasSizeGreaterThanOrEqualTo(5)
			.allSatisfy((selector) -> assertThat(Manifests.selects(selector, labels)).isTrue());
		manifests.all(ServiceMonitor.class).forEach((monitor) -> {
			List<Service> found = manifests.all(Service.class)
				.stream()
				.filter((service) -> Manifests.selects(monitor.getSpec().getSelector().getMatchLabels(),
						service.getMetadata().getLabels()))
				.toList();
			assertThat(found).singleElement()
				.satisfies((service) -> assertThat(service.getSpec().getPorts()).extracting(ServicePort::getName)
					.contains(monitor.getSpec().getEndpoints().getFirst().getPort()));
		});
		manifests.all(PodMonitor.class)
			.forEach((monitor) -> assertThat(container(manifests).getPorts()).extracting(ContainerPort::getName)
				.contains(monitor.getSpec().getPodMetricsEndpoints().getFirst().getPort()));
	}

	@ParameterizedTest
	@CsvSource({ "20, 5, 10, 70, 30s, 20s", "60, 10, 15, 165, 75s, 60s", "1, 0, 1, 9, 2s, 1s" })
	void stopWhenDrainIsConfiguredThenItsTimesFitTogether(int period, int delay, int finish, int grace, String phase,
			String drain) {
		Manifests manifests = Chart.render(Chart.ci("minimal"), Map.of("drain.periodSeconds", period,
				"drain.endpointsDelaySeconds", delay, "drain.finishSeconds", finish));
		assertThat(manifests.server().getTerminationGracePeriodSeconds()).isEqualTo(grace);
		if (delay > 0) {
			assertThat(container(manifests).getLifecycle().getPreStop().getSleep().getSeconds()).isEqualTo(delay);
		}
		else {
			assertThat(container(manifests).getLifecycle()).isNull();
		}
		Map<String, Object> application = application(manifests);
		assertThat(section(application, "spring", "lifecycle")).containsEntry("timeout-per-shutdown-phase", phase);
		assertThat(section(application, "carillon", "drain")).containsEntry("period", drain)
			.containsEntry("away", "20s");
		assertThat(grace).isGreaterThanOrEqualTo(delay + 2 * (period + finish));
	}

	@Test
	void stopWhenTheNextPodIsThereAlreadyThenClientsNeedNotStayAway() {
		Map<String, Object> application = application(Chart.render(Chart.ci("production")));
		assertThat(section(application, "carillon", "drain")).doesNotContainKey("away");
	}

	@Test
	void secretsWhenRenderedThenOnlyReferred() {
		Manifests manifests = Chart.render(Chart.ci("production"));
		assertThat(manifests.objects()).noneMatch((object) -> "Secret".equals(object.get("kind")));
		Container container = container(manifests);
		assertThat(container.getEnv()).filteredOn((variable) -> variable.getName().contains("PASSWORD"))
			.singleElement()
			.satisfies((variable) -> assertThat(variable.getValueFrom().getSecretKeyRef().getName())
				.isEqualTo("carillon-database"));
		assertThat(value(container, "SPRING_CONFIG_IMPORT")).isEqualTo("configtree:/etc/carillon/users/");
		assertThat(manifests.server().getVolumes()).anySatisfy((volume) -> {
			assertThat(volume.getName()).isEqualTo("users");
			assertThat(volume.getSecret().getSecretName()).isEqualTo("carillon-users");
		});
		assertThat(manifests.application()).doesNotContain("password");
	}

	@Test
	void applicationWhenConfiguredThenTheChartDecidesWhatIsIts() {
		Manifests manifests = Chart.render(Chart.ci("minimal"),
				Map.of("config.carillon.drain.period", "1s", "config.carillon.drain.other", "kept",
						"config.spring.datasource.url", "jdbc:h2:mem:x", "config.carillon.limits.sessions", 5));
		Map<String, Object> application = application(manifests);
		assertThat(section(application, "carillon", "drain")).containsEntry("period", "20s")
			.containsEntry("other", "kept");
		assertThat(section(application, "carillon", "limits")).containsEntry("sessions", 5);
		assertThat(section(application, "spring", "datasource").get("url").toString())
			.startsWith("jdbc:h2:async:/var/lib/carillon/");
		assertThat(value(container(manifests), "SPRING_PROFILES_ACTIVE")).isEqualTo("production");
	}

	@Test
	void podWhenTheConfigurationChangesThenReplaced() {
		String before = checksum(Chart.render(Chart.ci("minimal")));
		assertThat(checksum(Chart.render(Chart.ci("minimal")))).isEqualTo(before);
		assertThat(checksum(Chart.render(Chart.ci("minimal"), Map.of("config.carillon.limits.sessions", 5))))
			.isNotEqualTo(before);
	}

	@Test
	void scalingWhenOnThenNobodyElseCountsInstances() {
		Manifests scaled = Chart.render(Chart.ci("production"));
		assertThat(scaled.deployment().getSpec().getReplicas()).isNull();
		HorizontalPodAutoscaler autoscaler = scaled.one(HorizontalPodAutoscaler.class);
		assertThat(autoscaler.getSpec().getScaleTargetRef().getName())
			.isEqualTo(scaled.deployment().getMetadata().getName());
		assertThat(autoscaler.getSpec().getMetrics()).extracting((metric) -> metric.getType())
			.containsExactly("Resource", "Pods");
		Manifests keda = Chart.render(Chart.ci("everything"));
		assertThat(keda.deployment().getSpec().getReplicas()).isNull();
		ScaledObject object = keda.one(ScaledObject.class);
		assertThat(object.spec().scaleTargetRef().name()).isEqualTo(keda.deployment().getMetadata().getName());
		assertThat(object.spec().triggers()).extracting(ScaledObject.Trigger::type)
			.containsExactly("cpu", "prometheus");
		assertThat(object.spec().triggers().getLast().metadata()).containsEntry("query",
				"sum(carillon_sessions{namespace=\"messaging\",pod=~\"release-bells-.*\"})");
		assertThat(Chart.render(Chart.ci("minimal")).deployment().getSpec().getReplicas()).isOne();
	}

	@Test
	void databaseWhenEmbeddedThenNeverOpenedTwice() {
		assertThat(Chart.render(Chart.ci("minimal")).deployment().getSpec().getStrategy().getType())
			.isEqualTo("Recreate");
		assertThat(Chart.render(Chart.ci("production")).deployment().getSpec().getStrategy().getType())
			.isEqualTo("RollingUpdate");
	}

	@Test
	void alertsAndDashboardWhenRenderedThenAsInTheirFiles() {
		Manifests manifests = Chart.render(Chart.ci("production"));
		Map<String, Object> rules = new Yaml().load(Chart.read("rules/carillon.yaml"));
		Map<String, Object> rendered = manifests.objects()
			.stream()
			.filter((object) -> "PrometheusRule".equals(object.get("kind")))
			.findFirst()
			.orElseThrow();
		assertThat(rendered.get("spec")).isEqualTo(rules);
		assertThat(manifests.one(PrometheusRule.class).getSpec().getGroups()).isNotEmpty();
		assertThat(manifests.all(ConfigMap.class)).anySatisfy((map) -> {
			assertThat(map.getMetadata().getLabels()).containsEntry("grafana_dashboard", "1");
			assertThat(map.getData().get("carillon.json").strip())
				.isEqualTo(Chart.read("dashboards/carillon.json").strip());
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					haproxy       | haproxy.org/timeout-tunnel                           | haproxy.org/cookie-persistence
					alb           | alb.ingress.kubernetes.io/load-balancer-attributes   | alb.ingress.kubernetes.io/target-group-attributes
					ingress-nginx | nginx.ingress.kubernetes.io/proxy-read-timeout       | nginx.ingress.kubernetes.io/affinity
					""")
	void ingressWhenItsControllerIsKnownThenLongConnectionsAndAffinity(String controller, String timeout,
			String affinity) {
		Ingress ingress = Chart
			.render(Chart.ci("production"),
					Map.of("ingress.controller", controller, "ingress.annotations.example\\.org/own", "kept"))
			.one(Ingress.class);
		assertThat(ingress.getMetadata().getAnnotations()).containsKeys(timeout, affinity, "example.org/own");
	}

	@Test
	void serviceWhenTraefikThenSticky() {
		assertThat(service(Chart.render(Chart.ci("everything")), "release-bells").getMetadata().getAnnotations())
			.containsEntry("traefik.ingress.kubernetes.io/service.sticky.cookie", "true")
			.containsEntry("example.org/team", "messaging");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			replicaCount                   | 2    | independentInstances
			ingress.enabled                | true | ingress.hosts
			httpRoute.enabled              | true | httpRoute.parentRefs
			database.url                   | jdbc:postgresql://x/y | database.existingSecret
			metrics.serviceMonitor.enabled | true | metrics.existingSecret
			ports.management               | 8080 | must differ
			drain.periodSeconds            | 0    | periodSeconds
			drain.periodSeconds            | 20s  | periodSeconds
			database.url                   | jdbc:mysql://x/y | url
			image.digest                   | sha256:123 | digest
			service.type                   | LoadBalacer | type
			ingress.controller             | nginx | controller
			allowedOrigins[0]              | *    | allowedOrigins
			resources.limits.memory        | lots | memory
			ports.http                     | 80   | http
			""")
	void valueWhenImpossibleThenRefusedByItsName(String key, String value, String named) {
		Object typed = switch (value) {
			case "true" -> true;
			case String text when text.matches("\\d+") -> Integer.valueOf(text);
			default -> value;
		};
		assertThatThrownBy(() -> Chart.render(Chart.ci("minimal"), Map.of(key, typed))).hasMessageContaining(named);
	}

	@Test
	void autoscalersWhenBothThenRefused() {
		assertThatThrownBy(() -> Chart.render(Chart.ci("production"),
				Map.of("keda.enabled", true, "keda.prometheusAddress", "http://prometheus")))
			.hasMessageContaining("choose one");
	}

	@Test
	void egressWhenTracesAreExportedThenLeadsToTheCollector() {
		Manifests manifests = Chart.render(Chart.ci("everything"));
		assertThat(manifests.application()).contains("endpoint: http://collector.tracing.svc:4318/v1/traces",
				"probability: 0.05");
		assertThat(manifests.one(NetworkPolicy.class).getSpec().getEgress())
			.filteredOn((rule) -> rule.getPorts().getFirst().getPort().equals(new IntOrString(14318)))
			.singleElement()
			.satisfies((rule) -> assertThat(rule.getTo()).singleElement()
				.satisfies((peer) -> assertThat(peer.getNamespaceSelector().getMatchLabels())
					.containsEntry("kubernetes.io/metadata.name", "tracing")));
	}

	@Test
	void egressWhenNoTracesAreExportedThenLeadsToNoCollector() {
		Manifests manifests = Chart.render(Chart.ci("production"), Map.of("networkPolicy.tracingPort", "14318"));
		assertThat(manifests.application()).doesNotContain("otlp");
		assertThat(manifests.one(NetworkPolicy.class).getSpec().getEgress())
			.noneMatch((rule) -> rule.getPorts().getFirst().getPort().equals(new IntOrString(14318)));
	}

	@Test
	void egressWhenTheCollectorMayBeAnywhereThenLeadsToItsPort() {
		Manifests manifests = Chart.render(Chart.ci("minimal"),
				Map.of("tracing.endpoint", "https://collector.example.org:4318/v1/traces"));
		assertThat(manifests.one(NetworkPolicy.class).getSpec().getEgress())
			.filteredOn((rule) -> rule.getPorts().getFirst().getPort().equals(new IntOrString(4318)))
			.singleElement()
			.satisfies((rule) -> assertThat(rule.getTo()).isEmpty());
	}

	@Test
	void testPodWhenRenderedThenRunsWithHelmTestOnly() {
		Manifests manifests = Chart.render(Chart.ci("production"));
		Pod test = manifests.one(Pod.class);
		assertThat(test.getMetadata().getAnnotations()).containsEntry(Chart.RENDERED_HOOK, "test");
		assertThat(test.getSpec().getContainers()).singleElement().satisfies((container) -> {
			assertThat(container.getImage()).isEqualTo(container(manifests).getImage());
			assertThat(value(container, "HOST")).isEqualTo("release-carillon");
			assertThat(value(container, "PORT")).isEqualTo("80");
		});
		assertThat(manifests.one(NetworkPolicy.class).getSpec().getIngress())
			.anyMatch((rule) -> rule.getFrom().getFirst().getPodSelector() != null && Manifests
				.selects(rule.getFrom().getFirst().getPodSelector().getMatchLabels(), test.getMetadata().getLabels()));
	}

	@Test
	void notesWhenInstalledThenSayWhatToDoNext() {
		assertThat(Chart.notes(Chart.ci("minimal"))).contains("helm test release --namespace messaging",
				"port-forward service/release-carillon", "There are no users", "ends with the pod",
				"Nobody collects its metrics", "up to 80 s");
		assertThat(Chart.notes(Chart.ci("production"))).contains("carillon.example.org", "topics of their own")
			.doesNotContain("There are no users", "ends with the pod", "Nobody collects");
	}

	private static Container container(Manifests manifests) {
		return manifests.server().getContainers().getFirst();
	}

	private static String value(Container container, String variable) {
		return container.getEnv()
			.stream()
			.filter((candidate) -> candidate.getName().equals(variable))
			.map(EnvVar::getValue)
			.findFirst()
			.orElseThrow();
	}

	private static Service service(Manifests manifests, String name) {
		return manifests.all(Service.class)
			.stream()
			.filter((service) -> service.getMetadata().getName().equals(name))
			.findFirst()
			.orElseThrow();
	}

	private static String name(Path values) {
		return values.endsWith("everything.yaml") ? "bells" : "carillon";
	}

	private static String checksum(Manifests manifests) {
		return manifests.deployment().getSpec().getTemplate().getMetadata().getAnnotations().get("checksum/config");
	}

	private static Map<String, Object> application(Manifests manifests) {
		return new Yaml().load(manifests.application());
	}

	private static Map<String, Object> metadata(Map<String, Object> object) {
		return section(object, "metadata");
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> section(Map<String, Object> map, String... path) {
		Map<String, Object> section = map;
		for (String key : path) {
			section = (Map<String, Object>) section.get(key);
		}
		return section;
	}

}
