package dev.backorder.cli.stack;

import dev.backorder.cli.console.CommandFailure;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A real PostgreSQL 18 in a folder, with {@code fsync} and {@code synchronous_commit} on: what it
 * has confirmed survives a power cut. It listens on this machine only and trusts its users, as a
 * tool for development and demonstration may.
 */
final class EmbeddedDatabase {

  static final String NAME = "postgresql";
  static final String USER = "postgres";

  private static final Duration START_WAIT = Duration.ofSeconds(60);
  private static final long STOP_WAIT_SECONDS = 20;
  // Each replica keeps up to this many connections; some are left for a person with psql.
  private static final int CONNECTIONS_PER_REPLICA = 40;
  private static final int SPARE_CONNECTIONS = 20;

  // The library complains loudly when it stops a server that we have stopped in our own way. (Held,
  // or it is forgotten.)
  private static final Logger LIBRARY_LOG = Logger.getLogger("io.zonky.test.db.postgres");

  static {
    LIBRARY_LOG.setLevel(Level.OFF);
  }

  private final int port;
  private final EmbeddedPostgres server;
  private final ProcessHandle postmaster;

  private EmbeddedDatabase(int port, EmbeddedPostgres server, ProcessHandle postmaster) {
    this.port = port;
    this.server = server;
    this.postmaster = postmaster;
  }

  /** Starts the server on new or existing data and creates the databases that are missing. */
  static EmbeddedDatabase start(Path folder, int port, int replicas, Path log) {
    Path pidFile = folder.resolve("postmaster.pid");
    endLeftover(folder);
    try {
      Path beingMade = folder.resolveSibling("run").resolve("database-being-made");
      discardHalfMade(folder, beingMade);
      EmbeddedPostgres server = open(folder, port, replicas, log.toFile());
      ProcessHandle postmaster =
          readPid(pidFile)
              .flatMap(ProcessHandle::of)
              .orElseThrow(() -> new IOException("PostgreSQL started but left no " + pidFile));
      EmbeddedDatabase database = new EmbeddedDatabase(port, server, postmaster);
      database.prepare();
      Files.deleteIfExists(beingMade);
      return database;
    } catch (IOException | SQLException | IllegalStateException e) {
      throw CommandFailure.environment(
          "PostgreSQL did not start ("
              + e.getMessage()
              + "): read "
              + log
              + "; if the data folder "
              + folder
              + " was made by another version, give a new one with --data.",
          e);
    }
  }

  private static EmbeddedPostgres open(Path folder, int port, int replicas, File log)
      throws IOException {
    int connections =
        SPARE_CONNECTIONS + CONNECTIONS_PER_REPLICA * ServiceKind.values().length * replicas;
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder)
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPort(port)
            .setPGStartupWait(START_WAIT)
            .setLocaleConfig("locale", "C")
            .setOutputRedirector(Redirect.appendTo(log))
            .setErrorRedirector(Redirect.appendTo(log));
    // The library switches the first two off; a shop's books must survive a crash.
    Map<String, String> settings =
        Map.ofEntries(
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("max_connections", Integer.toString(connections)),
            Map.entry("shared_buffers", "256MB"),
            Map.entry("max_wal_size", "2GB"),
            Map.entry("checkpoint_timeout", "15min"),
            Map.entry("jit", "off"),
            Map.entry("random_page_cost", "1.1"),
            Map.entry("log_checkpoints", "off"),
            Map.entry("timezone", "UTC"));
    settings.forEach(builder::setServerConfig);
    return builder.start();
  }

  /** A kill in the middle of initdb leaves a folder that is no database yet: start over. */
  private static void discardHalfMade(Path folder, Path beingMade) throws IOException {
    if (Files.exists(beingMade)) {
      DataFolder.deleteTree(folder);
    } else if (!Files.exists(folder)) {
      Files.createDirectories(beingMade.getParent());
      Files.createFile(beingMade);
    }
  }

  private void prepare() throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      for (ServiceKind kind : ServiceKind.values()) {
        if (!exists(statement, kind.database())) {
          statement.execute("CREATE DATABASE " + kind.database());
        }
      }
    }
  }

  private static boolean exists(Statement statement, String database) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + database + "'")) {
      return rows.next();
    }
  }

  String jdbcUrl(ServiceKind kind) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + kind.database();
  }

  /** One setting as the server has it, for example {@code fsync}. */
  String setting(String name) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW " + name)) {
      rows.next();
      return rows.getString(1);
    }
  }

  Connection connect(ServiceKind kind) throws SQLException {
    return server.getDatabase(USER, kind.database()).getConnection();
  }

  ProcessHandle process() {
    return postmaster;
  }

  boolean isAlive() {
    return postmaster.isAlive();
  }

  /** Stops in an orderly way; a server that is already gone is no error. */
  void stop() {
    if (postmaster.isAlive()) {
      fastShutdown(postmaster);
    }
    try {
      // Releases the library's lock; its own stop finds nothing to do.
      server.close();
    } catch (IOException | RuntimeException e) {
      System.getLogger(EmbeddedDatabase.class.getName())
          .log(System.Logger.Level.DEBUG, "while closing", e);
    }
  }

  /** Stops a server that a killed run left behind on this data. */
  static void endLeftover(Path folder) {
    readPid(folder.resolve("postmaster.pid"))
        .flatMap(ProcessHandle::of)
        .filter(ProcessHandle::isAlive)
        .filter(process -> isPostmasterOf(process, folder))
        .ifPresent(EmbeddedDatabase::fastShutdown);
  }

  /** A pid file outlives its process, and the number may be someone else's by now. */
  private static boolean isPostmasterOf(ProcessHandle process, Path folder) {
    Path commandLine = Path.of("/proc/" + process.pid() + "/cmdline");
    try {
      if (Files.exists(commandLine)) {
        return Files.readString(commandLine).contains(folder.toString());
      }
    } catch (IOException e) {
      return false;
    }
    return process.info().command().filter(command -> command.endsWith("postgres")).isPresent();
  }

  /** SIGINT is PostgreSQL's fast shutdown: clients are cut off, everything committed is kept. */
  private static void fastShutdown(ProcessHandle process) {
    try {
      new ProcessBuilder(List.of("kill", "-INT", Long.toString(process.pid()))).start().waitFor();
      process.onExit().get(STOP_WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (IOException | ExecutionException | TimeoutException e) {
      // Safe: recovery replays the log at the next start.
      process.destroyForcibly();
      process.onExit().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Optional<Long> readPid(Path pidFile) {
    try {
      return Files.readAllLines(pidFile).stream()
          .findFirst()
          .map(line -> Long.valueOf(line.strip()));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
