package dev.backorder.systemtests.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Rendered manifests, read as the API server would read them: a kind or a field that Kubernetes
 * does not know is an error, not something to skip.
 */
final class Manifests {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "v1/ConfigMap", ConfigMap.class,
          "v1/Namespace", Namespace.class,
          "v1/Secret", Secret.class,
          "v1/Service", Service.class,
          "v1/ServiceAccount", ServiceAccount.class,
          "apps/v1/Deployment", Deployment.class,
          "apps/v1/StatefulSet", StatefulSet.class,
          "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class);

  private final List<HasMetadata> objects;

  private Manifests(List<HasMetadata> objects) {
    this.objects = List.copyOf(objects);
  }

  /** What runs pods. */
  record Workload(String name, Map<String, String> selector, PodTemplateSpec template) {
    Container container() {
      return template.getSpec().getContainers().get(0);
    }

    Map<String, String> labels() {
      return template.getMetadata().getLabels();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Manifests read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a stream of documents.
   *
   * @throws IllegalArgumentException naming the unknown kind or the unknown fields
   */
  static Manifests parse(String yaml) {
    try {
      List<HasMetadata> objects = new ArrayList<>();
      for (JsonNode document : documents(yaml)) {
        objects.add(object(document));
      }
      return new Manifests(objects);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The documents of a stream, as they stand. */
  static Set<JsonNode> documents(String yaml) {
    Set<JsonNode> documents = new LinkedHashSet<>();
    try (MappingIterator<JsonNode> all = YAML.readerFor(JsonNode.class).readValues(yaml)) {
      while (all.hasNext()) {
        documents.add(all.next());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return documents;
  }

  <T extends HasMetadata> List<T> all(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  <T extends HasMetadata> Optional<T> find(Class<T> type, String name) {
    return all(type).stream().filter(o -> o.getMetadata().getName().equals(name)).findFirst();
  }

  List<HasMetadata> all() {
    return objects;
  }

  List<Workload> workloads() {
    return Stream.concat(
            all(Deployment.class).stream()
                .map(
                    d ->
                        new Workload(
                            d.getMetadata().getName(),
                            d.getSpec().getSelector().getMatchLabels(),
                            d.getSpec().getTemplate())),
            all(StatefulSet.class).stream()
                .map(
                    s ->
                        new Workload(
                            s.getMetadata().getName(),
                            s.getSpec().getSelector().getMatchLabels(),
                            s.getSpec().getTemplate())))
        .toList();
  }

  private static HasMetadata object(JsonNode document) throws JsonProcessingException {
    String kind = document.path("apiVersion").asText() + "/" + document.path("kind").asText();
    Class<? extends HasMetadata> type = KINDS.get(kind);
    if (type == null) {
      throw new IllegalArgumentException("Unknown kind " + kind);
    }
    HasMetadata object = YAML.treeToValue(document, type);
    List<String> unknown =
        UnknownFields.of(object, kind + " " + document.at("/metadata/name").asText());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("Unknown fields: " + unknown);
    }
    return object;
  }
}
