package dev.backorder.cli.command;

import dev.backorder.cli.calls.Cluster;
import dev.backorder.cli.stack.Ports;
import java.time.Duration;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** Which running system to talk to. */
final class Target {

  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  @Option(
      names = "--target",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description = "Machine on which the system runs (default: ${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--base-port",
      paramLabel = "P",
      defaultValue = "" + Ports.DEFAULT_BASE,
      description = "Its base port, as given to `backorder up` (default: ${DEFAULT-VALUE}).")
  private int basePort;

  /** Makes calls on it. */
  <R> R with(Function<Cluster, R> calls) {
    try (Cluster cluster = new Cluster(host, new Ports(basePort), 1, DEADLINE, PATIENCE)) {
      return calls.apply(cluster);
    }
  }
}
