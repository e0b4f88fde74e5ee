package dev.backorder.inventory.check;

import dev.backorder.platform.check.ConsistencyCheck;
import dev.backorder.platform.check.Difference;
import dev.backorder.platform.sql.Sql;
import java.util.List;

/** A check that is one query: each row (subject, expected, actual) is a difference. */
abstract class BookCheck implements ConsistencyCheck {
  private final Sql sql;
  private final String name;
  private final String description;
  private final String query;

  BookCheck(Sql sql, String name, String description, String query) {
    this.sql = sql;
    this.name = name;
    this.description = description;
    this.query = query;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public List<Difference> run(int limit) {
    return Difference.in(
        sql,
        name,
        "select subject, expected::text, actual::text from (" + query + ") d order by subject",
        limit);
  }
}
