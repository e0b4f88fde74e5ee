package dev.backorder.systemtests.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backorder.systemtests.kubernetes.Manifests.Workload;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The committed manifests are ones that a cluster would take and a reviewer would accept. */
class KubernetesManifestsTest {
  private static final Path ROOT = Path.of("..");
  private static final Path RENDERED = ROOT.resolve("k8s/rendered");
  private static final Set<String> SERVICES =
      Set.of("inventory-service", "order-service", "supplier-service", "notification-service");
  private static final Pattern TARGET = Pattern.compile("dns:///([a-z-]+):(\\d+)");
  private static final Pattern JDBC = Pattern.compile("jdbc:postgresql://([a-z-]+):(\\d+)/[a-z]+");

  @Test
  void a_field_that_kubernetes_does_not_know_is_noticed() {
    String misspelt =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: bad
        spec:
          template:
            spec:
              containers:
                - name: bad
                  readinesProbe: {}
        """;
    assertThatThrownBy(() -> Manifests.parse(misspelt)).hasMessageContaining("readinesProbe");
    assertThatThrownBy(() -> Manifests.parse("apiVersion: v1\nkind: Sevice\n"))
        .hasMessageContaining("Sevice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "dev"})
  void every_service_is_there_with_what_belongs_to_it(String name) {
    Manifests manifests = read(name);
    assertThat(manifests.workloads()).extracting(Workload::name).containsAll(SERVICES);
    for (String service : SERVICES) {
      assertThat(manifests.find(Service.class, service)).as(service).isPresent();
      assertThat(manifests.find(PodDisruptionBudget.class, service)).as(service).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "dev"})
  void selectors_find_the_pods_they_mean(String name) {
    Manifests manifests = read(name);
    for (Workload workload : manifests.workloads()) {
      assertThat(workload.labels()).as("%s", workload).containsAllEntriesOf(workload.selector());
      assertThat(selectedBy(manifests, workload.selector())).containsExactly(workload.name());
      workload
          .template()
          .getSpec()
          .getTopologySpreadConstraints()
          .forEach(
              spread ->
                  assertThat(workload.labels())
                      .containsAllEntriesOf(spread.getLabelSelector().getMatchLabels()));
    }
    for (Service service : manifests.all(Service.class)) {
      assertThat(selectedBy(manifests, service.getSpec().getSelector()))
          .containsExactly(service.getMetadata().getName());
    }
    for (PodDisruptionBudget budget : manifests.all(PodDisruptionBudget.class)) {
      assertThat(selectedBy(manifests, budget.getSpec().getSelector().getMatchLabels()))
          .containsExactly(budget.getMetadata().getName());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "dev"})
  void ports_match_from_the_service_to_the_process(String name) {
    Manifests manifests = read(name);
    for (Service service : manifests.all(Service.class)) {
      Map<String, Integer> ports = ports(workload(manifests, service.getMetadata().getName()));
      for (ServicePort port : service.getSpec().getPorts()) {
        assertThat(ports).containsKey(port.getTargetPort().getStrVal());
      }
    }
    for (String service : SERVICES) {
      Map<String, Integer> ports = ports(workload(manifests, service));
      Map<String, String> config = config(manifests, service);
      assertThat(config)
          .containsEntry("QUARKUS_HTTP_PORT", ports.get("http").toString())
          .containsEntry("QUARKUS_GRPC_SERVER_PORT", ports.get("grpc").toString())
          .containsEntry("QUARKUS_HTTP_HOST", "0.0.0.0")
          .containsEntry("QUARKUS_GRPC_SERVER_HOST", "0.0.0.0");
      assertThat(manifests.find(Service.class, service).orElseThrow().getSpec().getClusterIP())
          .as("grpc clients balance over the pods")
          .isEqualTo("None");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "dev"})
  void probes_ask_the_paths_that_the_services_serve(String name) throws IOException {
    Manifests manifests = read(name);
    for (String service : SERVICES) {
      Container container = workload(manifests, service).container();
      assertProbe(container.getStartupProbe(), "/q/health/started");
      assertProbe(container.getLivenessProbe(), "/q/health/live");
      assertProbe(container.getReadinessProbe(), "/q/health/ready");
      // These paths are the framework's defaults; nobody may move them unseen.
      assertThat(properties(service).stringPropertyNames())
          .noneMatch(p -> p.contains("root-path") || p.contains("smallrye-health"));
    }
    for (Workload workload : manifests.workloads()) {
      assertThat(workload.container().getLivenessProbe()).as("%s", workload).isNotNull();
      assertThat(workload.container().getReadinessProbe()).as("%s", workload).isNotNull();
      assertThat(workload.container().getStartupProbe()).as("%s", workload).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "dev"})
  void every_pod_has_as_few_rights_as_can_be(String name) {
    for (Workload workload : read(name).workloads()) {
      PodSpec pod = workload.template().getSpec();
      assertThat(pod.getSecurityContext().getRunAsNonRoot()).as("%s", workload).isTrue();
      assertThat(pod.getSecurityContext().getRunAsUser()).as("%s", workload).isPositive();
      assertThat(pod.getSecurityContext().getSeccompProfile().getType())
          .isEqualTo("RuntimeDefault");
      assertThat(pod.getAutomountServiceAccountToken()).as("%s", workload).isFalse();
      assertThat(pod.getHostNetwork()).isNull();
      for (Container container : pod.getContainers()) {
        SecurityContext context = container.getSecurityContext();
        assertThat(context.getAllowPrivilegeEscalation()).as("%s", workload).isFalse();
        assertThat(context.getReadOnlyRootFilesystem()).as("%s", workload).isTrue();
        assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(context.getCapabilities().getAdd()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "dev"})
  void every_container_says_what_it_needs_and_which_version_it_is(String name) {
    for (Workload workload : read(name).workloads()) {
      Container container = workload.container();
      assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
      assertThat(container.getResources().getLimits()).containsKey("memory");
      assertThat(container.getResources().getLimits().get("memory"))
          .as("%s: memory that was not asked for is taken away first", workload)
          .isEqualTo(container.getResources().getRequests().get("memory"));
      assertThat(container.getImage()).matches(".+:(?!latest$).+");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "dev"})
  void a_pod_gets_the_time_that_its_drain_takes(String name) {
    Manifests manifests = read(name);
    for (String service : SERVICES) {
      Map<String, String> config = config(manifests, service);
      Duration needed =
          seconds(config.get("QUARKUS_SHUTDOWN_DELAY"))
              .plus(seconds(config.get("BACKORDER_GRPC_DRAIN_TIMEOUT")))
              .plusSeconds(10);
      assertThat(
              workload(manifests, service).template().getSpec().getTerminationGracePeriodSeconds())
          .as(service)
          .isGreaterThanOrEqualTo(needed.toSeconds());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "dev"})
  void whatever_is_named_exists(String name) {
    Manifests manifests = read(name);
    boolean secretsComeFromOutside = name.equals("base");
    for (Workload workload : manifests.workloads()) {
      PodSpec pod = workload.template().getSpec();
      Optional<ServiceAccount> account =
          manifests.find(ServiceAccount.class, pod.getServiceAccountName());
      assertThat(account).as("%s", workload).isPresent();
      assertThat(account.orElseThrow().getAutomountServiceAccountToken()).isFalse();
      for (Container container : pod.getContainers()) {
        container.getEnvFrom().stream()
            .map(from -> from.getConfigMapRef().getName())
            .forEach(map -> assertThat(manifests.find(ConfigMap.class, map)).isPresent());
        for (EnvVar variable : container.getEnv()) {
          if (variable.getValueFrom() != null && !secretsComeFromOutside) {
            assertHolds(manifests, variable.getValueFrom().getSecretKeyRef());
          }
        }
        assertThat(container.getVolumeMounts())
            .extracting(m -> m.getName())
            .isSubsetOf(volumes(manifests, workload));
      }
      pod.getVolumes().stream()
          .filter(volume -> volume.getConfigMap() != null)
          .map(volume -> volume.getConfigMap().getName())
          .forEach(map -> assertThat(manifests.find(ConfigMap.class, map)).isPresent());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "dev"})
  void every_peer_that_a_service_calls_is_told_and_exists(String name) throws IOException {
    Manifests manifests = read(name);
    for (String service : SERVICES) {
      Map<String, String> told = new TreeMap<>(config(manifests, service));
      told.keySet().removeIf(key -> !key.startsWith("BACKORDER_PEERS_"));
      Set<String> called =
          properties(service).stringPropertyNames().stream()
              .filter(property -> property.startsWith("backorder.peers."))
              .map(property -> property.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT))
              .collect(Collectors.toSet());
      assertThat(told.keySet()).as(service).isEqualTo(called);
      told.values().forEach(target -> assertReachable(manifests, TARGET, target));
    }
  }

  @Test
  void the_dev_overlay_brings_the_database_and_the_mail_server_that_the_services_use() {
    Manifests manifests = read("dev");
    for (String service : SERVICES) {
      assertReachable(
          manifests, JDBC, config(manifests, service).get("QUARKUS_DATASOURCE_JDBC_URL"));
    }
    Map<String, String> notification = config(manifests, "notification-service");
    assertReachable(
        manifests,
        Pattern.compile("(.+):(\\d+)"),
        notification.get("QUARKUS_MAILER_HOST") + ":" + notification.get("QUARKUS_MAILER_PORT"));
  }

  @Test
  void everything_of_the_dev_overlay_lives_in_its_namespace() {
    Manifests manifests = read("dev");
    String namespace = manifests.all(Namespace.class).get(0).getMetadata().getName();
    assertThat(manifests.all())
        .filteredOn(object -> !(object instanceof Namespace))
        .extracting(HasMetadata::getMetadata)
        .extracting(metadata -> metadata.getNamespace())
        .containsOnly(namespace);
  }

  @Test
  void the_base_holds_no_secret() {
    assertThat(read("base").all(Secret.class)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"base, base", "overlays/dev, dev"})
  void what_is_committed_as_rendered_is_what_the_manifests_say(String folder, String name)
      throws Exception {
    assumeTrue(onPath("kubectl"), "kubectl is not installed: not compared");
    Path output = Files.createTempFile("rendered", ".yaml");
    Process render =
        new ProcessBuilder("kubectl", "kustomize", ROOT.resolve("k8s").resolve(folder).toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(output.toFile())
            .start();
    assertThat(render.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(render.exitValue()).isZero();
    // The order of documents and fields differs between releases of kubectl, and means nothing.
    assertThat(Manifests.documents(Files.readString(output)))
        .as("run k8s/render.sh")
        .isEqualTo(Manifests.documents(Files.readString(RENDERED.resolve(name + ".yaml"))));
    Files.delete(output);
  }

  private static void assertProbe(Probe probe, String path) {
    assertThat(probe.getHttpGet().getPath()).isEqualTo(path);
    assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("http");
  }

  private static void assertHolds(Manifests manifests, SecretKeySelector reference) {
    assertThat(manifests.find(Secret.class, reference.getName()))
        .as(reference.getName())
        .hasValueSatisfying(secret -> assertThat(secret.getData()).containsKey(reference.getKey()));
  }

  /** The host of the target is a service here, and it has that port. */
  private static void assertReachable(Manifests manifests, Pattern form, String target) {
    Matcher parts = form.matcher(target);
    assertThat(parts.matches()).as(target).isTrue();
    assertThat(manifests.find(Service.class, parts.group(1)))
        .as(target)
        .hasValueSatisfying(
            service ->
                assertThat(service.getSpec().getPorts())
                    .extracting(port -> port.getPort().toString())
                    .contains(parts.group(2)));
  }

  private static List<String> selectedBy(Manifests manifests, Map<String, String> selector) {
    assertThat(selector).isNotEmpty();
    return manifests.workloads().stream()
        .filter(workload -> workload.labels().entrySet().containsAll(selector.entrySet()))
        .map(Workload::name)
        .toList();
  }

  private static Map<String, Integer> ports(Workload workload) {
    return workload.container().getPorts().stream()
        .collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getContainerPort));
  }

  private static List<String> volumes(Manifests manifests, Workload workload) {
    List<String> claimed =
        manifests.find(StatefulSet.class, workload.name()).stream()
            .flatMap(set -> set.getSpec().getVolumeClaimTemplates().stream())
            .map(claim -> claim.getMetadata().getName())
            .toList();
    List<String> own =
        workload.template().getSpec().getVolumes().stream().map(Volume::getName).toList();
    return Stream.concat(claimed.stream(), own.stream()).toList();
  }

  private static Workload workload(Manifests manifests, String name) {
    return manifests.workloads().stream()
        .filter(workload -> workload.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> config(Manifests manifests, String service) {
    String map =
        workload(manifests, service).container().getEnvFrom().get(0).getConfigMapRef().getName();
    return manifests.find(ConfigMap.class, map).orElseThrow().getData();
  }

  private static Properties properties(String service) throws IOException {
    Properties properties = new Properties();
    Path file = ROOT.resolve(service).resolve("src/main/resources/application.properties");
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return properties;
  }

  private static Duration seconds(String text) {
    return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
  }

  private static boolean onPath(String program) {
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(System.getenv().getOrDefault("PATH", ""))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static Manifests read(String name) {
    return Manifests.read(RENDERED.resolve(name + ".yaml"));
  }
}
