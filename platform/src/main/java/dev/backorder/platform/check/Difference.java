package dev.backorder.platform.check;

import dev.backorder.platform.sql.Sql;
import java.util.List;

/**
 * One difference between two books that must agree.
 *
 * @param name name of the check that found it
 * @param subject what differs: ids separated by spaces
 */
public record Difference(String name, String subject, String expected, String actual) {

  /**
   * The rows of a query, each a difference.
   *
   * @param check name of the check
   * @param query has the columns subject, expected and actual, all of them text, and no limit
   */
  public static List<Difference> in(Sql sql, String check, String query, int limit) {
    return sql.list(
        row ->
            new Difference(
                check,
                row.getString("subject"),
                row.getString("expected"),
                row.getString("actual")),
        query + " limit ?",
        limit);
  }
}
