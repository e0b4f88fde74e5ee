package dev.backorder.supplier.testing;

import dev.backorder.platform.sql.Sql;
import io.quarkus.arc.Arc;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A look behind the contract. */
public final class Database {
  private static final List<String> DOMAIN =
      List.of(
          "supplier",
          "supplier_closed_date",
          "supplier_item",
          "purchase_order",
          "purchase_order_line",
          "purchase_order_line_need",
          "purchase_order_change",
          "lead_time_observation",
          "reorder_need",
          "request_log");

  private Database() {}

  /** Empties every table of the domain, and the request log. */
  public static void clear() {
    sql().update("truncate " + String.join(", ", DOMAIN) + " restart identity");
    sql().update("alter sequence purchase_order_number restart");
  }

  /** Rows by table, and a fingerprint of their content: equal when nothing changed. */
  public static Map<String, String> picture() {
    Map<String, String> picture = new TreeMap<>();
    for (String table : DOMAIN) {
      picture.put(
          table,
          sql()
              .first(
                  row -> row.getString(1),
                  "select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from "
                      + table
                      + " t")
              .orElseThrow());
    }
    picture.put("event", Long.toString(sql().number("select count(*) from event")));
    return picture;
  }

  /** SQL on the database of the application. */
  public static Sql sql() {
    return Arc.container().instance(Sql.class).get();
  }
}
