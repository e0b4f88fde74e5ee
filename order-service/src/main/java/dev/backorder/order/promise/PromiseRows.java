package dev.backorder.order.promise;

import dev.backorder.order.order.model.PromiseTerms;
import dev.backorder.order.promise.model.LedgerEntry;
import dev.backorder.order.promise.model.Outcome;
import dev.backorder.order.promise.model.Retelling;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The table of the promise ledger. Every method is one statement for any number of rows. */
@ApplicationScoped
class PromiseRows {
  private final Sql sql;

  PromiseRows(Sql sql) {
    this.sql = sql;
  }

  /** Adds promises; they get their places in the order of the list. */
  void insert(List<PromiseRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    sql.later(
        """
        INSERT INTO promise (order_id, promise_id, line_id, sku, quantity, current_quantity, ship_by_date,
            deliver_by_date, percentile, basis, binding_constraint, supply_id, shown_ship_by_date, told_time, cause,
            telling, supersedes_promise_id)
        SELECT order_id, promise_id, line_id, sku, quantity, quantity, ship_by, deliver_by, percentile, basis, held_by,
            supply_id, shown, told, cause, telling, supersedes
        FROM unnest(?, ?, ?, ?, ?, ?, ?::date[], ?::date[], ?, ?, ?, ?, ?::date[], ?, ?, ?) WITH ORDINALITY
          AS p(told, order_id, promise_id, line_id, sku, quantity, ship_by, deliver_by, percentile, basis, held_by,
               supply_id, shown, cause, telling, supersedes, place)
        ORDER BY place""",
        rows.stream().map(PromiseRow::toldTime).toArray(Instant[]::new),
        ids(rows, PromiseRow::orderId),
        ids(rows, r -> r.entry().promiseId()),
        ids(rows, PromiseRow::lineId),
        texts(rows, PromiseRow::sku),
        rows.stream().map(r -> r.entry().quantity()).toArray(Long[]::new),
        texts(rows, r -> r.terms().shipByDate().toString()),
        texts(rows, r -> text(r.terms().deliverByDate())),
        rows.stream().map(r -> r.terms().percentile()).toArray(Integer[]::new),
        texts(rows, r -> r.terms().basis()),
        texts(rows, r -> r.terms().constraint()),
        texts(rows, r -> r.terms().supplyId()),
        texts(rows, r -> text(r.shown())),
        texts(rows, r -> r.cause().name()),
        rows.stream().map(PromiseRow::telling).toArray(Integer[]::new),
        ids(rows, r -> r.entry().supersedes().orElse(null)));
  }

  /**
   * Promises of lines of which units are still open, locked, in the order of telling.
   *
   * @param lines ids of lines by order
   */
  List<PromiseRow> lockUnsettled(Map<UUID, ? extends Collection<UUID>> lines) {
    return sql.list(
        PromiseRows::read,
        """
        SELECT * FROM promise
        WHERE order_id = ANY (?) AND line_id = ANY (?) AND shipped_quantity + released_quantity < quantity
        ORDER BY promise_seq FOR UPDATE""",
        lines.keySet().toArray(UUID[]::new),
        lines.values().stream().flatMap(Collection::stream).toArray(UUID[]::new));
  }

  /** Writes counters and outcomes. A decided outcome is never written over. */
  void update(List<PromiseRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    sql.later(
        """
        UPDATE promise p SET current_quantity = c.current, shipped_quantity = c.shipped, released_quantity = c.released,
            outcome = CASE WHEN p.outcome = 'OPEN' THEN c.outcome ELSE p.outcome END,
            outcome_time = CASE WHEN p.outcome = 'OPEN' THEN c.outcome_time ELSE p.outcome_time END
        FROM unnest(?, ?, ?, ?, ?, ?, ?) AS c(order_id, promise_id, current, shipped, released, outcome, outcome_time)
        WHERE p.order_id = c.order_id AND p.promise_id = c.promise_id""",
        ids(rows, PromiseRow::orderId),
        ids(rows, r -> r.entry().promiseId()),
        rows.stream().map(r -> r.entry().current()).toArray(Long[]::new),
        rows.stream().map(r -> r.entry().shipped()).toArray(Long[]::new),
        rows.stream().map(r -> r.entry().released()).toArray(Long[]::new),
        texts(rows, r -> r.entry().outcome().name()),
        rows.stream().map(r -> r.outcomeTime().orElse(null)).toArray(Instant[]::new));
  }

  /** The earliest day of a promise that is not decided. */
  Optional<LocalDate> earliestOpenDay() {
    return sql.first(
        r -> r.getObject(1, LocalDate.class),
        "SELECT ship_by_date FROM promise WHERE outcome = 'OPEN' ORDER BY ship_by_date LIMIT 1");
  }

  /**
   * Breaks promises whose day is before {@code today}; how many. One whose units the warehouse has
   * confirmed waits until inventory-service has recorded that: they may have left in time.
   */
  int breakPassed(LocalDate today, Instant now, int limit) {
    return sql.update(
        """
        UPDATE promise SET outcome = 'BROKEN', outcome_time = ?
        WHERE outcome = 'OPEN' AND (order_id, promise_id) IN (
          SELECT order_id, promise_id FROM promise p WHERE outcome = 'OPEN' AND ship_by_date < ?::date
            AND NOT EXISTS (
              SELECT 1 FROM shipment s
              JOIN shipment_line l ON l.order_id = s.order_id AND l.shipment_id = s.shipment_id
              WHERE s.order_id = p.order_id AND s.state = 'CONFIRMING' AND l.line_id = p.line_id)
          ORDER BY ship_by_date, promise_seq LIMIT ? FOR UPDATE SKIP LOCKED)""",
        now,
        today.toString(),
        limit);
  }

  /** Promises after a place in the order of telling, of one order or all. */
  List<PromiseRow> page(long after, int limit, Optional<UUID> orderId) {
    return orderId.isPresent()
        ? sql.list(
            PromiseRows::read,
            "SELECT * FROM promise WHERE promise_seq > ? AND order_id = ? ORDER BY promise_seq LIMIT ?",
            after,
            orderId.get(),
            limit)
        : sql.list(
            PromiseRows::read,
            "SELECT * FROM promise WHERE promise_seq > ? ORDER BY promise_seq LIMIT ?",
            after,
            limit);
  }

  private static PromiseRow read(ResultSet r) throws SQLException {
    LocalDate shipBy = r.getObject("ship_by_date", LocalDate.class);
    LedgerEntry entry =
        new LedgerEntry(
            r.getObject("promise_id", UUID.class),
            r.getLong("promise_seq"),
            Optional.ofNullable(r.getObject("supersedes_promise_id", UUID.class)),
            shipBy,
            r.getLong("quantity"),
            r.getLong("current_quantity"),
            r.getLong("shipped_quantity"),
            r.getLong("released_quantity"),
            Outcome.valueOf(r.getString("outcome")));
    PromiseTerms terms =
        new PromiseTerms(
            shipBy,
            Optional.ofNullable(r.getObject("deliver_by_date", LocalDate.class)),
            r.getInt("percentile"),
            r.getString("basis"),
            r.getString("binding_constraint"),
            r.getString("supply_id"));
    return new PromiseRow(
        r.getObject("order_id", UUID.class),
        r.getObject("line_id", UUID.class),
        r.getString("sku"),
        terms,
        Optional.ofNullable(r.getObject("shown_ship_by_date", LocalDate.class)),
        Sql.instant(r, "told_time"),
        Retelling.Cause.valueOf(r.getString("cause")),
        r.getInt("telling"),
        entry,
        Optional.ofNullable(Sql.instant(r, "outcome_time")));
  }

  private static UUID[] ids(List<PromiseRow> rows, Function<PromiseRow, UUID> column) {
    return rows.stream().map(column).toArray(UUID[]::new);
  }

  private static String[] texts(List<PromiseRow> rows, Function<PromiseRow, String> column) {
    return rows.stream().map(column).toArray(String[]::new);
  }

  private static String text(Optional<LocalDate> date) {
    return date.map(LocalDate::toString).orElse(null);
  }
}
