package dev.backorder.platform.grpc;

import dev.backorder.platform.background.Loop;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.quarkus.grpc.runtime.health.GrpcHealthStorage;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;

/** Lets {@code grpc.health.v1} say what the readiness checks say, once a second. */
@ApplicationScoped
public class GrpcHealth {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** The framework's own check reads what we write here; heeding it would never let us recover. */
  private static final String OWN_CHECK = "gRPC Server";

  private final SmallRyeHealthReporter reporter;
  private final GrpcHealthStorage storage;
  private Loop loop;
  private volatile boolean stopped;

  GrpcHealth(SmallRyeHealthReporter reporter, GrpcHealthStorage storage) {
    this.reporter = reporter;
    this.storage = storage;
  }

  void start(@Observes @Priority(3_000) StartupEvent event) {
    loop = Loop.start("grpc-health", this::refresh);
  }

  void stop(@Observes @Priority(10) ShutdownEvent event) {
    stopped = true;
    if (loop != null) {
      loop.close();
    }
    tell(ServingStatus.NOT_SERVING);
  }

  private Duration refresh() {
    ServingStatus status = isReady() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    if (!stopped) {
      tell(status);
    }
    return PERIOD;
  }

  private boolean isReady() {
    JsonObject readiness = reporter.getReadiness().getPayload();
    for (JsonValue check : readiness.getJsonArray("checks")) {
      JsonObject result = check.asJsonObject();
      if (!result.getString("name").equals(OWN_CHECK) && !result.getString("status").equals("UP")) {
        return false;
      }
    }
    return true;
  }

  private void tell(ServingStatus status) {
    List<String> names = List.copyOf(storage.getStatuses().keySet());
    for (String name : names) {
      if (storage.getStatuses().get(name) != status) {
        storage.setStatus(name, status);
      }
    }
  }
}
