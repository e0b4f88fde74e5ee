package dev.backorder.notification.testing;

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
          "simulated_clock_turn");

  private Database() {}

  /** Empties every table of the domain, and the request log. */
  public static void clear() {
    sql()
        .update(
            "truncate "
                + tables().stream()
                    .filter(table -> !KEPT.contains(table))
                    .map(table -> '"' + table + '"')
                    .collect(Collectors.joining(", ")));
  }

  /** Rows by table, and a sum over the rows that calls may change: equal when nothing changed. */
  public static Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    for (String table : tables()) {
      counts.put(table, sql().number("select count(*) from \"" + table + '"'));
    }
    counts.put(
        "contents", sql().number("select coalesce(sum(hashtext(contact::text)), 0) from contact"));
    counts.put(
        "states", sql().number("select coalesce(sum(hashtext(delivery::text)), 0) from delivery"));
    return counts;
  }

  /** Every text in every table but {@code contact}, to look for what must not be there. */
  public static String everythingButContacts() {
    return tables().stream()
        .filter(table -> !table.equals("contact"))
        .flatMap(
            table ->
                sql()
                    .list(row -> row.getString(1), "select t::text from \"" + table + "\" t")
                    .stream())
        .collect(Collectors.joining("\n"));
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
