package dev.backorder.order.check;

import dev.backorder.platform.check.ConsistencyCheck;
import dev.backorder.platform.check.Difference;
import dev.backorder.platform.sql.Sql;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A check that is one query for what differs: columns {@code subject}, {@code expected}, {@code
 * actual}.
 */
abstract class SqlCheck implements ConsistencyCheck {
  private final Sql sql;
  private final String name;
  private final String description;
  private final String query;

  SqlCheck(Sql sql, String name, String description, String query) {
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

  /** Runs the query with its parameters, and the limit last. */
  List<Difference> differences(int limit, Object... parameters) {
    Object[] all = Stream.concat(Arrays.stream(parameters), Stream.of(limit)).toArray();
    return sql.list(
        r ->
            new Difference(
                name, r.getString("subject"), r.getString("expected"), r.getString("actual")),
        query + " LIMIT ?",
        all);
  }

  @Override
  public List<Difference> run(int limit) {
    return differences(limit);
  }
}
