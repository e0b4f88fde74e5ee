package dev.backorder.order.servicelevel;

import dev.backorder.order.v1.ServiceLevels;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Reads the figures out of order lines, shipments and the promise ledger. Definitions:
 * docs/glossary.md.
 */
@ApplicationScoped
class ServiceLevelRows {
  /** What a rate is when there was nothing to measure. */
  private static final double NOTHING = -1;

  /**
   * One statement, so that all figures are of one moment. An order that nobody has decided yet does
   * not count.
   *
   * <p>Which units waited: the units that were reserved when the order was placed leave first. So
   * of the shipped units of a line, counted in the order in which they left, those beyond {@code
   * ordered - initially waiting - refused} are the ones that waited. (Cancelling takes waiting
   * units first, so a line may ship fewer than had to wait.)
   *
   * <p>Percentiles over units: the smallest wait that at least that share of the units does not
   * exceed.
   */
  private static final String QUERY =
      """
      WITH placed AS (
        SELECT order_id, place_time FROM customer_order
        WHERE place_time >= ? AND place_time < ? AND state <> 'PENDING'),
      orders AS (
        SELECT count(*) AS lines, sum(l.ordered_quantity) AS ordered, sum(l.shipped_quantity) AS shipped,
            sum(l.initially_waiting_quantity) AS backordered, sum(l.cancelled_quantity) AS cancelled,
            sum(l.refused_quantity) AS refused, sum(l.returned_quantity) AS returned,
            sum(l.waiting_quantity) AS waiting,
            count(*) FILTER (WHERE l.initially_waiting_quantity = 0 AND l.refused_quantity = 0) AS filled_lines
        FROM placed JOIN order_line l USING (order_id) GROUP BY order_id),
      totals AS (
        SELECT count(*) AS orders, sum(lines) AS lines, sum(ordered) AS ordered, sum(shipped) AS shipped,
            sum(backordered) AS backordered, sum(cancelled) AS cancelled, sum(refused) AS refused,
            sum(returned) AS returned, sum(waiting) AS waiting, sum(filled_lines) AS filled_lines,
            count(*) FILTER (WHERE filled_lines = lines) AS filled_orders
        FROM orders),
      promises AS (
        SELECT count(*) AS told, count(*) FILTER (WHERE outcome IN ('KEPT', 'BROKEN')) AS decided,
            count(*) FILTER (WHERE outcome = 'KEPT') AS kept
        FROM placed JOIN promise USING (order_id)),
      departures AS (
        SELECT extract(epoch FROM s.ship_time - placed.place_time)::numeric / 86400 AS days, p.quantity,
            sum(p.quantity) OVER (PARTITION BY l.order_id, l.line_id ORDER BY s.ship_time, s.shipment_seq)
              - (l.ordered_quantity - l.initially_waiting_quantity - l.refused_quantity) AS beyond
        FROM placed
        JOIN order_line l ON l.order_id = placed.order_id AND l.initially_waiting_quantity > 0
        JOIN shipment_line p ON p.order_id = l.order_id AND p.line_id = l.line_id
        JOIN shipment s ON s.order_id = p.order_id AND s.shipment_id = p.shipment_id
          AND s.state IN ('SHIPPED', 'DELIVERED')),
      waits AS (SELECT days, least(quantity, beyond) AS units FROM departures WHERE beyond > 0),
      ranked AS (SELECT days, sum(units) OVER (ORDER BY days) AS up_to, sum(units) OVER () AS units FROM waits)
      SELECT totals.*, promises.*,
        (SELECT min(days) FROM ranked WHERE up_to * 2 >= units) AS median_wait,
        (SELECT min(days) FROM ranked WHERE up_to * 10 >= units * 9) AS p90_wait
      FROM totals, promises""";

  private final Sql sql;

  ServiceLevelRows(Sql sql) {
    this.sql = sql;
  }

  /** A number of things that share a property. */
  record Count(String property, long count) {}

  /** The figures of orders placed from {@code start} on and before {@code end}. */
  ServiceLevels levels(Instant start, Instant end) {
    return sql.first(ServiceLevelRows::read, QUERY, start, end).orElseThrow();
  }

  /** How many orders are in each state. */
  List<Count> ordersByState() {
    return counts("SELECT state, count(*) FROM customer_order GROUP BY state");
  }

  /** How many promises have each outcome. */
  List<Count> promisesByOutcome() {
    return counts("SELECT outcome, count(*) FROM promise GROUP BY outcome");
  }

  /** Units that wait now: only orders that can have some are looked at. */
  long waitingUnits() {
    return sql.number(
        """
        SELECT coalesce(sum(l.waiting_quantity), 0)::bigint FROM customer_order o JOIN order_line l USING (order_id)
        WHERE o.state IN ('BACKORDERED', 'PARTLY_BACKORDERED')""");
  }

  private List<Count> counts(String query) {
    return sql.list(r -> new Count(r.getString(1), r.getLong(2)), query);
  }

  private static ServiceLevels read(ResultSet r) throws SQLException {
    long lines = r.getLong("lines");
    long ordered = r.getLong("ordered");
    long backordered = r.getLong("backordered");
    long refused = r.getLong("refused");
    return ServiceLevels.newBuilder()
        .setOrderCount(r.getLong("orders"))
        .setLineCount(lines)
        .setOrderedQuantity(ordered)
        .setShippedQuantity(r.getLong("shipped"))
        .setBackorderedQuantity(backordered)
        .setCancelledQuantity(r.getLong("cancelled"))
        .setRefusedQuantity(refused)
        .setReturnedQuantity(r.getLong("returned"))
        .setWaitingQuantity(r.getLong("waiting"))
        .setUnitFillRate(rate(ordered - backordered - refused, ordered))
        .setLineFillRate(rate(r.getLong("filled_lines"), lines))
        .setOrderFillRate(rate(r.getLong("filled_orders"), r.getLong("orders")))
        .setPromiseToldCount(r.getLong("told"))
        .setPromiseDecidedCount(r.getLong("decided"))
        .setPromiseKeptRate(rate(r.getLong("kept"), r.getLong("decided")))
        .setMedianWaitDays(days(r, "median_wait"))
        .setP90WaitDays(days(r, "p90_wait"))
        .build();
  }

  private static double rate(long part, long whole) {
    return whole == 0 ? NOTHING : (double) part / whole;
  }

  private static double days(ResultSet r, String column) throws SQLException {
    double days = r.getDouble(column);
    return r.wasNull() ? NOTHING : days;
  }
}
