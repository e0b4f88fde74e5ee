package dev.backorder.platform.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL for tests: one server per JVM, a fresh database for each start of the
 * application, and a session time zone in which nobody's dates are right by luck. Use it with
 * {@code @QuarkusTestResource(PostgresResource.class)}. The init argument or system property {@code
 * fsync=on} makes commits durable.
 */
public class PostgresResource implements QuarkusTestResourceLifecycleManager {
  /** Five hours and 45 minutes off UTC. */
  private static final String TIME_ZONE = "Asia/Kathmandu";

  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static EmbeddedPostgres server;

  private boolean durable = "on".equals(System.getProperty("fsync"));
  private String url;

  @Override
  public void init(Map<String, String> arguments) {
    durable |= "on".equals(arguments.get("fsync"));
  }

  @Override
  public Map<String, String> start() {
    String database = "test_" + DATABASES.incrementAndGet() + "_" + System.nanoTime();
    url = createDatabase(database, durable);
    Map<String, String> config = new HashMap<>();
    config.put("quarkus.datasource.jdbc.url", url);
    config.put("quarkus.datasource.username", "postgres");
    config.put("quarkus.datasource.password", "postgres");
    return config;
  }

  @Override
  public void stop() {
    // The server ends with the JVM: other test classes use it too.
  }

  /** Creates an empty database on the server of this JVM and returns its JDBC URL. */
  public static synchronized String createDatabase(String name, boolean durable) {
    try {
      if (server == null) {
        server = start(durable);
      }
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("create database \"" + name + "\"");
        statement.execute("alter database \"" + name + "\" set timezone = '" + TIME_ZONE + "'");
      }
      return server.getJdbcUrl("postgres", name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static EmbeddedPostgres start(boolean durable) throws IOException {
    String onOff = durable ? "on" : "off";
    return EmbeddedPostgres.builder()
        .setServerConfig("fsync", onOff)
        .setServerConfig("synchronous_commit", onOff)
        .setServerConfig("full_page_writes", onOff)
        .setServerConfig("max_connections", "200")
        .start();
  }
}
