package dev.backorder.order.check;

import dev.backorder.platform.check.Difference;
import dev.backorder.platform.sql.Sql;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** What must hold between the tables of this service at any moment. */
final class OrderChecks {
  private OrderChecks() {}

  @Singleton
  static class UnitsAddUp extends SqlCheck {
    UnitsAddUp(Sql sql) {
      super(
          sql,
          "order_units_add_up",
          "Every unit of a decided line is reserved, waiting, shipped, cancelled or refused, and its portions say the same.",
          """
          SELECT concat_ws(' ', l.order_id, l.line_id) AS subject,
              format('%s units, %s reserved, %s waiting', l.ordered_quantity, l.reserved_quantity, l.waiting_quantity)
                AS expected,
              format('%s units, %s reserved, %s waiting', u.decided, p.reserved, p.waiting) AS actual
          FROM order_line l
          JOIN customer_order o ON o.order_id = l.order_id AND o.state <> 'PENDING'
          CROSS JOIN LATERAL (SELECT l.reserved_quantity + l.waiting_quantity + l.shipped_quantity
              + l.cancelled_quantity + l.refused_quantity AS decided) u
          CROSS JOIN LATERAL (
            SELECT coalesce(sum(quantity) FILTER (WHERE state = 'RESERVED'), 0) AS reserved,
                coalesce(sum(quantity) FILTER (WHERE state = 'WAITING'), 0) AS waiting
            FROM line_portion p WHERE p.order_id = l.order_id AND p.line_id = l.line_id) p
          WHERE (u.decided, p.reserved, p.waiting)
              IS DISTINCT FROM (l.ordered_quantity, l.reserved_quantity, l.waiting_quantity)""");
    }
  }

  /** The table of docs/order-states.md, said a second time, in SQL. */
  @Singleton
  static class StatesMatch extends SqlCheck {
    StatesMatch(Sql sql) {
      super(
          sql,
          "order_states_match_quantities",
          "The stored state of every order is what follows from the quantities of its lines.",
          """
          SELECT o.order_id::text AS subject, d.state AS expected, o.state AS actual
          FROM customer_order o
          JOIN (
            SELECT order_id, CASE
                WHEN reserved + waiting + shipped + cancelled + refused = 0 THEN 'PENDING'
                WHEN reserved > 0 AND waiting = 0 THEN 'RESERVED'
                WHEN waiting > 0 AND reserved = 0 AND shipped = 0 THEN 'BACKORDERED'
                WHEN waiting > 0 THEN 'PARTLY_BACKORDERED'
                WHEN shipped > delivered THEN 'SHIPPED'
                WHEN shipped > 0 THEN 'DELIVERED'
                WHEN cancelled > 0 THEN 'CANCELLED'
                ELSE 'REJECTED' END AS state
            FROM (
              SELECT order_id, sum(reserved_quantity) AS reserved, sum(waiting_quantity) AS waiting,
                  sum(shipped_quantity) AS shipped, sum(delivered_quantity) AS delivered,
                  sum(cancelled_quantity) AS cancelled, sum(refused_quantity) AS refused
              FROM order_line GROUP BY order_id) s) d ON d.order_id = o.order_id
          WHERE o.state <> d.state""");
    }
  }

  @Singleton
  static class PromisesCoverPortions extends SqlCheck {
    PromisesCoverPortions(Sql sql) {
      super(
          sql,
          "promises_cover_portions",
          "Every open unit has a newest promise with its day, and every such promise has its units.",
          """
          SELECT concat_ws(' ', coalesce(h.order_id, t.order_id), coalesce(h.line_id, t.line_id),
                coalesce(h.ship_by_date, t.ship_by_date)) AS subject,
              coalesce(h.units, 0)::text AS expected, coalesce(t.units, 0)::text AS actual
          FROM (SELECT order_id, line_id, ship_by_date, sum(quantity) AS units
                FROM line_portion GROUP BY 1, 2, 3) h
          FULL JOIN (SELECT order_id, line_id, ship_by_date, sum(current_quantity) AS units
                     FROM promise WHERE current_quantity > 0 GROUP BY 1, 2, 3) t
            USING (order_id, line_id, ship_by_date)
          WHERE coalesce(h.units, 0) <> coalesce(t.units, 0)""");
    }
  }

  @Singleton
  static class OutcomesDecided extends SqlCheck {
    private static final Duration GRACE = Duration.ofHours(1);

    private final Clock clock;

    OutcomesDecided(Sql sql, Clock clock) {
      super(
          sql,
          "promise_outcomes_decided",
          "No promise is open whose units have all left or been cancelled, or whose day is long over.",
          """
          SELECT concat_ws(' ', order_id, promise_id) AS subject, 'decided' AS expected, outcome AS actual
          FROM promise
          WHERE outcome = 'OPEN'
            AND (shipped_quantity + released_quantity = quantity OR ship_by_date + interval '2 days' < ?::timestamptz)""");
      this.clock = clock;
    }

    @Override
    public List<Difference> run(int limit) {
      return differences(limit, clock.instant().minus(GRACE));
    }
  }

  @Singleton
  static class NoProcessStuck extends SqlCheck {
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final Clock clock;

    NoProcessStuck(Sql sql, Clock clock) {
      super(
          sql,
          "no_process_stuck",
          "No work between two services has been going on for more than 15 minutes.",
          """
          SELECT concat_ws(' ', kind, process_id, order_id) AS subject, 'finished' AS expected,
              format('since %s, %s attempts', start_time, attempt_count) AS actual
          FROM process WHERE start_time < ?""");
      this.clock = clock;
    }

    @Override
    public List<Difference> run(int limit) {
      return differences(limit, clock.instant().minus(LONGEST));
    }
  }
}
