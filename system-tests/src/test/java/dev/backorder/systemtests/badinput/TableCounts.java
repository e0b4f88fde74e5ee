package dev.backorder.systemtests.badinput;

import static org.awaitility.Awaitility.await;

import dev.backorder.cli.stack.ServiceKind;
import dev.backorder.systemtests.testing.BackorderSystem;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/** Rows of every table of every database. */
final class TableCounts {

  private final BackorderSystem system;

  TableCounts(BackorderSystem system) {
    this.system = system;
  }

  /** Counts once nothing is on its way any more. */
  Map<String, Long> whenQuiet() {
    AtomicReference<Map<String, Long>> last = new AtomicReference<>(Map.of());
    await("quiet")
        .atMost(BackorderSystem.EVENTUALLY)
        .pollInterval(Duration.ofSeconds(2))
        .until(
            () -> {
              Map<String, Long> now = now();
              return now.equals(last.getAndSet(now));
            });
    return last.get();
  }

  Map<String, Long> now() {
    Map<String, Long> counts = new TreeMap<>();
    for (ServiceKind kind : ServiceKind.values()) {
      try (Connection connection = system.database(kind);
          Statement statement = connection.createStatement()) {
        for (String table : tables(statement)) {
          try (ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            counts.put(kind.shortName() + "." + table, rows.getLong(1));
          }
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
    return counts;
  }

  private static List<String> tables(Statement statement) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery("select tablename from pg_tables where schemaname = 'public'")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }
}
