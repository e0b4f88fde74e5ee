package dev.backorder.inventory.replenishment;

import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Knows which balances have to be looked through, and when. */
@ApplicationScoped
class DueStockRepository {

  private final Sql sql;

  DueStockRepository(Sql sql) {
    this.sql = sql;
  }

  /** When the next review may begin, and whether one is under way. */
  record Review(Instant nextTime, boolean unfinished) {}

  Review review() {
    return sql.first(
            row -> new Review(Sql.instant(row, "next_review_time"), row.getBoolean("unfinished")),
            "SELECT next_review_time, unfinished FROM replenishment_review")
        .orElseThrow();
  }

  void saveReview(Review review) {
    sql.update(
        "UPDATE replenishment_review SET next_review_time = ?, unfinished = ?",
        review.nextTime(),
        review.unfinished());
  }

  /** When the next review will find something; empty when no balance has changed. */
  Optional<Instant> nextDue() {
    return sql.first(
        row -> Sql.instant(row, "due"),
        """
        SELECT CASE WHEN unfinished THEN '1970-01-01T00:00:00Z'::timestamptz ELSE next_review_time END AS due
        FROM replenishment_review
        WHERE EXISTS (SELECT 1 FROM stock WHERE replenishment_due)
        """);
  }

  /**
   * Claims changed balances and locks them, in the order of sku and location. Rows that somebody
   * else holds are left for the next time: whoever changes them marks them again anyway.
   */
  List<DueStock> claim(int limit) {
    return sql.list(
        row ->
            new DueStock(
                new StockPlace(row.getString("sku"), row.getString("location")),
                row.getLong("staying"),
                row.getLong("reserved_quantity"),
                row.getLong("waiting_quantity"),
                row.getLong("coming")),
        """
        SELECT sku, location, on_hand_quantity - outgoing_quantity AS staying, reserved_quantity, waiting_quantity,
               inbound_quantity + planned_quantity AS coming
        FROM stock WHERE replenishment_due ORDER BY sku, location LIMIT ? FOR UPDATE SKIP LOCKED
        """,
        limit);
  }

  /** Clears the marks of balances that this transaction claimed. */
  void done(Collection<StockPlace> places) {
    sql.update(
        """
        UPDATE stock s SET replenishment_due = false
        FROM unnest(?, ?) AS d (sku, location) WHERE s.sku = d.sku AND s.location = d.location
        """,
        places.stream().map(StockPlace::sku).toArray(String[]::new),
        places.stream().map(StockPlace::location).toArray(String[]::new));
  }

  /** Marks balances, in the order in which everybody locks them. */
  void mark(Collection<StockPlace> places) {
    sql.update(
        """
        WITH due AS (
          SELECT s.sku, s.location FROM stock s
          JOIN unnest(?, ?) AS d (sku, location) ON s.sku = d.sku AND s.location = d.location
          WHERE NOT s.replenishment_due ORDER BY s.sku, s.location FOR UPDATE OF s)
        UPDATE stock s SET replenishment_due = true FROM due
        WHERE s.sku = due.sku AND s.location = due.location
        """,
        places.stream().map(StockPlace::sku).toArray(String[]::new),
        places.stream().map(StockPlace::location).toArray(String[]::new));
  }

  /** Marks all balances of an item. */
  void markItem(String sku) {
    markWhere("sku = ?", sku);
  }

  /** Marks all balances at a location. */
  void markLocation(String location) {
    markWhere("location = ?", location);
  }

  private void markWhere(String condition, String parameter) {
    sql.update(
        """
        WITH due AS (
          SELECT sku, location FROM stock
          WHERE NOT replenishment_due AND %s ORDER BY sku, location FOR UPDATE)
        UPDATE stock s SET replenishment_due = true FROM due
        WHERE s.sku = due.sku AND s.location = due.location
        """
            .formatted(condition),
        parameter);
  }
}
