package dev.backorder.cli.stack;

import dev.backorder.cli.console.CommandFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How to run the system on this machine.
 *
 * @param home the project folder, with the built services in it
 * @param data where everything is kept
 * @param ports who listens where
 * @param replicas processes of each service
 * @param simulatedStart first instant of the simulated clock; empty for the real one
 * @param quickStart true when being there soon matters more than speed after some minutes
 * @param settings of the services, as environment variables; they overrule ours
 */
public record StackOptions(
    Path home,
    Path data,
    Ports ports,
    int replicas,
    Optional<Instant> simulatedStart,
    boolean quickStart,
    Map<String, String> settings) {

  /** As the services come. */
  public StackOptions(
      Path home,
      Path data,
      Ports ports,
      int replicas,
      Optional<Instant> simulatedStart,
      boolean quickStart) {
    this(home, data, ports, replicas, simulatedStart, quickStart, Map.of());
  }

  /** Checks what can be checked before anything is started. */
  public StackOptions {
    settings = Map.copyOf(settings);
    if (replicas < 1 || replicas > Ports.MAX_REPLICAS) {
      throw CommandFailure.usage(
          "--replicas must be between 1 and " + Ports.MAX_REPLICAS + ", not " + replicas + ".");
    }
    for (ServiceKind kind : ServiceKind.values()) {
      if (!Files.isRegularFile(jar(home, kind))) {
        throw CommandFailure.environment(
            kind.module()
                + " is not built ("
                + jar(home, kind)
                + " is missing): run `mvn -q -DskipTests package` in "
                + home
                + ".");
      }
    }
  }

  Path jar(ServiceKind kind) {
    return jar(home, kind);
  }

  private static Path jar(Path home, ServiceKind kind) {
    return home.resolve(kind.module()).resolve("target/quarkus-app/quarkus-run.jar");
  }

  /**
   * The project folder: {@code BACKORDER_HOME}, which the start script sets, or the current folder.
   */
  public static Path projectFolder() {
    String home = System.getenv("BACKORDER_HOME");
    return Path.of(home == null ? "" : home).toAbsolutePath().normalize();
  }
}
