package dev.backorder.cli.stack;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One replica of one service as a process of its own. It can be started again after it ended. */
final class ServiceProcess {

  private static final int HTTP_TIMEOUT_MILLIS = 2000;
  // Newer JDKs warn about what the network library does: noise in every log.
  private static final int FIRST_JDK_THAT_WARNS = 24;
  private static final List<String> JAVA_OPTIONS =
      List.of(
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:+ExitOnOutOfMemoryError",
          "-Djava.net.preferIPv4Stack=true");

  private final ServiceKind kind;
  private final int replica;
  private final Path jar;
  private final StackOptions options;
  private final EmbeddedDatabase database;
  private final Path log;
  private volatile Process process;

  ServiceProcess(
      ServiceKind kind,
      int replica,
      Path jar,
      StackOptions options,
      EmbeddedDatabase database,
      Path logs) {
    this.kind = kind;
    this.replica = replica;
    this.jar = jar;
    this.options = options;
    this.database = database;
    this.log = logs.resolve(kind.module() + "-" + replica + ".log");
  }

  String name() {
    return kind.module() + "-" + replica;
  }

  ServiceKind kind() {
    return kind;
  }

  int replica() {
    return replica;
  }

  Path log() {
    return log;
  }

  ProcessHandle process() {
    return process.toHandle();
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  int exitValue() {
    return process.exitValue();
  }

  void start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.environment().putAll(environment());
    process =
        builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile())).start();
    process.getOutputStream().close();
  }

  /** True when the service says that it can take calls. */
  boolean isReady() {
    try {
      URI uri =
          URI.create("http://127.0.0.1:" + options.ports().http(kind, replica) + "/q/health/ready");
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setConnectTimeout(HTTP_TIMEOUT_MILLIS);
      connection.setReadTimeout(HTTP_TIMEOUT_MILLIS);
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }

  /** Asks the process to drain and end; does not wait. */
  void askToStop() {
    if (isAlive()) {
      process.destroy();
    }
  }

  void kill() {
    if (isAlive()) {
      process.destroyForcibly();
    }
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    // A session of its own: Ctrl-C must reach us only, so that we can stop the parts in order.
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      command.add("/usr/bin/setsid");
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JAVA_OPTIONS);
    if (Runtime.version().feature() >= FIRST_JDK_THAT_WARNS) {
      command.add("--sun-misc-unsafe-memory-access=allow");
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    if (options.quickStart()) {
      // The second compiler alone would take more time than all the work of a replay, even of a
      // year:
      // eight processes that each do a little have each its own code to compile.
      command.add("-XX:TieredStopAtLevel=1");
    }
    String extra = System.getenv("BACKORDER_SERVICE_JAVA_OPTIONS");
    if (extra != null && !extra.isBlank()) {
      command.addAll(List.of(extra.strip().split("\\s+")));
    }
    command.add("-jar");
    command.add(jar.toString());
    return command;
  }

  private Map<String, String> environment() {
    Ports ports = options.ports();
    Map<String, String> environment = new java.util.HashMap<>();
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(ports.http(kind, replica)));
    environment.put("QUARKUS_GRPC_SERVER_HOST", "127.0.0.1");
    environment.put("QUARKUS_GRPC_SERVER_PORT", Integer.toString(ports.grpc(kind, replica)));
    environment.put("QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl(kind));
    environment.put("QUARKUS_DATASOURCE_USERNAME", EmbeddedDatabase.USER);
    environment.put("QUARKUS_DATASOURCE_PASSWORD", EmbeddedDatabase.USER);
    environment.put("QUARKUS_MAILER_HOST", "127.0.0.1");
    environment.put("QUARKUS_MAILER_PORT", Integer.toString(ports.smtp()));
    environment.put("QUARKUS_MAILER_MOCK", "false");
    for (ServiceKind peer : ServiceKind.values()) {
      environment.put("BACKORDER_PEERS_" + peer.name(), ports.target(peer, options.replicas()));
    }
    environment.put("BACKORDER_GRPC_BUILD_RULES_AT_START", "false");
    environment.put(
        "BACKORDER_CLOCK_SIMULATED", Boolean.toString(options.simulatedStart().isPresent()));
    options
        .simulatedStart()
        .ifPresent(
            start -> {
              environment.put("BACKORDER_CLOCK_SIMULATED_ALLOWED", "true");
              environment.put("BACKORDER_CLOCK_START", start.toString());
            });
    environment.putAll(options.settings());
    return environment;
  }
}
