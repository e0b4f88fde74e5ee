package dev.backorder.platform.clock;

import dev.backorder.platform.sql.Sql;
import dev.backorder.platform.work.DueWork;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Timers in a table, as a service would have them. Keys that start with "chain" set the next one.
 */
@Singleton
class TestTimers implements DueWork {
  private final Sql sql;

  TestTimers(Sql sql) {
    this.sql = sql;
  }

  @Override
  public String name() {
    return "test-timers";
  }

  @Override
  public Optional<Instant> nextDue() {
    return sql.first(
        r -> Sql.instant(r, "due"), "select min(due_time) as due from timer where not done");
  }

  @Override
  public int run(Instant now) {
    List<String> names =
        sql.list(
            r -> r.getString("name"),
            """
            update timer set done = true, run_count = run_count + 1, run_time = ? where name in (
              select name from timer where not done and due_time <= ?
              order by due_time, name limit 2 for update skip locked)
            returning name""",
            now,
            now);
    names.stream()
        .filter(name -> name.startsWith("chain") && name.length() < 9)
        .forEach(name -> set(name + "x", now));
    return names.size();
  }

  void set(String name, Instant due) {
    sql.update(
        "insert into timer (name, due_time) values (?, ?) on conflict (name) do nothing",
        name,
        due);
  }
}
