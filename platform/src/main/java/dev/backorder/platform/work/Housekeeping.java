package dev.backorder.platform.work;

import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/** When each upkeep is due again; shared by the replicas, and due at once when never done. */
@ApplicationScoped
public class Housekeeping {
  private final Sql sql;

  Housekeeping(Sql sql) {
    this.sql = sql;
  }

  /** When the upkeep is due. */
  public Optional<Instant> nextDue(String name) {
    return Optional.of(
        sql.first(
                r -> Sql.instant(r, "next_time"),
                "select next_time from housekeeping where name = ?",
                name)
            .orElse(Instant.EPOCH));
  }

  /** Sets when the upkeep is due again. */
  public void done(String name, Instant next) {
    sql.update(
        """
        insert into housekeeping (name, next_time) values (?, ?)
        on conflict (name) do update set next_time = excluded.next_time""",
        name,
        next);
  }
}
