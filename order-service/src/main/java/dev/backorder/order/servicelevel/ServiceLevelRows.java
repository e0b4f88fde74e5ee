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

  private static final double SECONDS_PER_DAY = 86_400;

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
   *
   * <p>What is materialized, and what is not, was measured on half a million lines.
   */
  private static final String QUERY =
      """
      WITH placed AS NOT MATERIALIZED (
        SELECT order_id, place_time FROM customer_order
        WHERE place_time >= ? AND place_time < ? AND state <> 'PENDING'),
      lines AS (
        SELECT count(*) AS lines, sum(l.ordered_quantity) AS ordered, sum(l.shipped_quantity) AS shipped,
            sum(l.initially_waiting_quantity) AS backordered, sum(l.cancelled_quantity) AS cancelled,
            sum(l.refused_quantity) AS refused, sum(l.returned_quantity) AS returned,
            sum(l.waiting_quantity) AS waiting,
            count(*) FILTER (WHERE l.initially_waiting_quantity + l.refused_quantity = 0) AS filled_lines,
            count(DISTINCT l.order_id) FILTER (WHERE l.initially_waiting_quantity + l.refused_quantity > 0)
              AS short_orders
        FROM placed JOIN order_line l USING (order_id)),
      orders AS (SELECT count(*) AS orders FROM placed),
      promises AS (
        SELECT count(*) AS told, count(*) FILTER (WHERE outcome IN ('KEPT', 'BROKEN')) AS decided,
            count(*) FILTER (WHERE outcome = 'KEPT') AS kept
        FROM placed JOIN promise USING (order_id)),
      waiting_lines AS MATERIALIZED (
        SELECT l.order_id, l.line_id, placed.place_time,
            l.ordered_quantity - l.initially_waiting_quantity - l.refused_quantity AS filled_at_once
        FROM placed JOIN order_line l USING (order_id) WHERE l.initially_waiting_quantity > 0),
      departures AS (
        SELECT s.ship_time - w.place_time AS wait, p.quantity,
            sum(p.quantity) OVER (PARTITION BY p.order_id, p.line_id ORDER BY s.ship_time, s.shipment_seq)
              - w.filled_at_once AS beyond
        FROM waiting_lines w
        JOIN shipment_line p ON p.order_id = w.order_id AND p.line_id = w.line_id
        JOIN shipment s ON s.order_id = p.order_id AND s.shipment_id = p.shipment_id
          AND s.state IN ('SHIPPED', 'DELIVERED')),
      waits AS (SELECT wait, least(quantity, beyond) AS units FROM departures WHERE beyond > 0),
      ranked AS (SELECT wait, sum(units) OVER (ORDER BY wait) AS up_to, sum(units) OVER () AS units FROM waits)
      SELECT orders, lines.*, promises.*,
        (SELECT extract(epoch FROM min(wait)) FROM ranked WHERE up_to * 2 >= units) AS median_wait,
        (SELECT extract(epoch FROM min(wait)) FROM ranked WHERE up_to * 10 >= units * 9) AS p90_wait
      FROM orders, lines, promises""";

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
    long orders = r.getLong("orders");
    long lines = r.getLong("lines");
    long ordered = r.getLong("ordered");
    long backordered = r.getLong("backordered");
    long refused = r.getLong("refused");
    return ServiceLevels.newBuilder()
        .setOrderCount(orders)
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
        .setOrderFillRate(rate(orders - r.getLong("short_orders"), orders))
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
    double seconds = r.getDouble(column);
    return r.wasNull() ? NOTHING : seconds / SECONDS_PER_DAY;
  }
}
