package dev.backorder.order.ship;

import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Orders of which units are held or withheld until a time. */
@ApplicationScoped
class DueOfferRows {
  private final Sql sql;

  DueOfferRows(Sql sql) {
    this.sql = sql;
  }

  /** The earliest time at which units are to be offered. */
  Optional<Instant> nextDue() {
    return sql.first(
        r -> Sql.instant(r, "due"),
        """
        SELECT least(
            (SELECT hold_until_time FROM order_line WHERE hold_until_time IS NOT NULL ORDER BY hold_until_time LIMIT 1),
            (SELECT until_time FROM withheld_units ORDER BY until_time LIMIT 1)) AS due""");
  }

  /** Locks orders of which units are due, the earliest first; not those that somebody works on. */
  List<UUID> lockDue(Instant now, int limit) {
    return sql.list(
        r -> r.getObject(1, UUID.class),
        """
        SELECT o.order_id FROM customer_order o
        WHERE o.order_id IN (
          (SELECT order_id FROM order_line WHERE hold_until_time <= ? ORDER BY hold_until_time LIMIT ?)
          UNION
          (SELECT order_id FROM withheld_units WHERE until_time <= ? ORDER BY until_time LIMIT ?))
        ORDER BY o.order_id FOR UPDATE SKIP LOCKED""",
        now,
        limit,
        now,
        limit);
  }
}
