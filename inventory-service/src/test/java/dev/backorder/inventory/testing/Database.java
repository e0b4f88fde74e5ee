package dev.backorder.inventory.testing;

import dev.backorder.platform.sql.Sql;
import io.quarkus.arc.Arc;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A look behind the contract: how much there is in each table. */
public final class Database {
  /** Tables of the platform that have a life of their own. */
  private static final Set<String> KEPT =
      Set.of(
          "flyway_schema_history",
          "event",
          "event_pending",
          "event_position",
          "feed_head",
          "feed_checkpoint",
          "consumer_checkpoint",
          "housekeeping",
          "simulated_clock",
          "simulated_clock_turn",
          "replenishment_review");

  private Database() {}

  /** Empties every table of the domain, and the request log. */
  public static void clear() {
    Sql sql = sql();
    sql.update(
        "truncate "
            + tables().stream()
                .filter(table -> !KEPT.contains(table))
                .map(table -> '"' + table + '"')
                .collect(Collectors.joining(", ")));
    sql.update(
        "update replenishment_review set next_review_time = '1970-01-01T00:00:00Z', unfinished = false");
  }

  /** Rows by table, and the sum of all versions of stock: equal when nothing changed. */
  public static Map<String, Long> counts() {
    Sql sql = sql();
    Map<String, Long> counts = new TreeMap<>();
    for (String table : tables()) {
      counts.put(table, sql.number("select count(*) from \"" + table + '"'));
    }
    counts.put("versions of stock", sql.number("select coalesce(sum(version), 0) from stock"));
    counts.put("versions of holds", sql.number("select coalesce(sum(version), 0) from hold"));
    counts.put("versions of items", sql.number("select coalesce(sum(version), 0) from item"));
    counts.put("versions of places", sql.number("select coalesce(sum(version), 0) from location"));
    counts.put(
        "versions of fences", sql.number("select coalesce(sum(version), 0) from ring_fence"));
    counts.put(
        "versions of orders", sql.number("select coalesce(sum(version), 0) from allocation"));
    counts.put(
        "versions of transfers", sql.number("select coalesce(sum(version), 0) from transfer"));
    return counts;
  }

  /** Runs a statement behind the service's back. */
  public static int update(String statement) {
    return sql().update(statement);
  }

  private static List<String> tables() {
    return sql()
        .list(
            row -> row.getString(1),
            "select tablename from pg_tables where schemaname = 'public' order by tablename");
  }

  private static Sql sql() {
    return Arc.container().instance(Sql.class).get();
  }
}
