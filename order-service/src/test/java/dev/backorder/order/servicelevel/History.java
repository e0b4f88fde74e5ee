package dev.backorder.order.servicelevel;

import dev.backorder.platform.sql.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** A made-up past of orders, as raw rows: nothing of the service has worked on it. */
final class History {
  private static final List<String> STATES =
      List.of("RESERVED", "BACKORDERED", "SHIPPED", "REJECTED");
  private static final List<String> OUTCOMES = List.of("OPEN", "KEPT", "BROKEN", "RELEASED");
  private static final List<String> NOT_LEFT = List.of("OFFERED", "CONFIRMING", "WITHDRAWN");

  private final RandomGenerator random;
  private final List<PastOrder> orders = new ArrayList<>();

  private History(RandomGenerator random) {
    this.random = random;
  }

  record PastOrder(
      UUID orderId,
      Instant placed,
      boolean pending,
      List<PastLine> lines,
      List<PastShipment> shipments,
      List<String> outcomes) {}

  record PastLine(
      UUID lineId,
      long ordered,
      long initiallyWaiting,
      long reserved,
      long waiting,
      long shipped,
      long cancelled,
      long refused,
      long returned) {}

  /** The units of each line that are in it, in the order of the lines. */
  record PastShipment(UUID shipmentId, String state, Instant shipTime, List<Long> units) {
    boolean hasLeft() {
      return state.equals("SHIPPED") || state.equals("DELIVERED");
    }
  }

  /** Orders placed in a period, some of them in its first moment. */
  static History random(RandomGenerator random, Instant start, Duration period, int orders) {
    History history = new History(random);
    for (int i = 0; i < orders; i++) {
      Instant placed = i % 10 == 0 ? start : start.plusMillis(random.nextLong(period.toMillis()));
      history.orders.add(history.order(placed));
    }
    return history;
  }

  List<PastOrder> orders() {
    return List.copyOf(orders);
  }

  void store(Sql sql) {
    orders.forEach(order -> store(sql, order));
  }

  void delete(Sql sql) {
    UUID[] ids = orders.stream().map(PastOrder::orderId).toArray(UUID[]::new);
    for (String table :
        List.of("shipment_line", "shipment", "promise", "order_line", "customer_order")) {
      sql.update("DELETE FROM " + table + " WHERE order_id = ANY (?)", (Object) ids);
    }
  }

  private PastOrder order(Instant placed) {
    boolean pending = random.nextInt(20) == 0;
    List<PastLine> lines = new ArrayList<>();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      lines.add(pending ? undecided() : line());
    }
    List<String> outcomes = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      outcomes.add(OUTCOMES.get(random.nextInt(OUTCOMES.size())));
    }
    return new PastOrder(
        UUID.randomUUID(), placed, pending, lines, shipments(placed, lines), outcomes);
  }

  private PastLine undecided() {
    return new PastLine(UUID.randomUUID(), random.nextLong(1, 9), 0, 0, 0, 0, 0, 0, 0);
  }

  private PastLine line() {
    long ordered = random.nextLong(1, 9);
    long refused = random.nextInt(6) == 0 ? random.nextLong(ordered + 1) : 0;
    long initiallyWaiting = random.nextBoolean() ? 0 : random.nextLong(ordered - refused + 1);
    long shipped = random.nextLong(ordered - refused + 1);
    long cancelled = random.nextInt(3) == 0 ? random.nextLong(ordered - refused - shipped + 1) : 0;
    long waiting = random.nextLong(ordered - refused - shipped - cancelled + 1);
    long reserved = ordered - refused - shipped - cancelled - waiting;
    long returned = random.nextLong(shipped + 1);
    return new PastLine(
        UUID.randomUUID(),
        ordered,
        initiallyWaiting,
        reserved,
        waiting,
        shipped,
        cancelled,
        refused,
        returned);
  }

  /** Three parcels that left, two of them at the same moment, and one that did not. */
  private List<PastShipment> shipments(Instant placed, List<PastLine> lines) {
    Instant first = placed.plusSeconds(random.nextLong(1, 4_000_000));
    Instant second = first.plusSeconds(random.nextLong(1, 1_000_000));
    List<List<Long>> units = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    List<Long> rest = new ArrayList<>();
    for (PastLine line : lines) {
      long one = random.nextLong(line.shipped() + 1);
      long two = random.nextLong(line.shipped() - one + 1);
      units.get(0).add(one);
      units.get(1).add(two);
      units.get(2).add(line.shipped() - one - two);
      rest.add(line.reserved());
    }
    return List.of(
        new PastShipment(UUID.randomUUID(), "SHIPPED", second, units.get(0)),
        new PastShipment(UUID.randomUUID(), "DELIVERED", first, units.get(1)),
        new PastShipment(UUID.randomUUID(), "SHIPPED", second, units.get(2)),
        new PastShipment(
            UUID.randomUUID(), NOT_LEFT.get(random.nextInt(NOT_LEFT.size())), first, rest));
  }

  private void store(Sql sql, PastOrder order) {
    String state = order.pending() ? "PENDING" : STATES.get(random.nextInt(STATES.size()));
    sql.update(
        """
        INSERT INTO customer_order (order_id, caller, place_request_id, place_fingerprint, reference, customer_id,
            channel, customer_class, priority, currency_code, total_minor, jurisdiction, buyer_type,
            destination_country, shortage_rule, state, version, place_time, order_complete_time)
        VALUES (?, 'history', ?, '', '', 'C', '', '', 0, 'GBP', 0, 'UNSPECIFIED', 'CONSUMER', '', 'REFUSE_UNITS',
            ?, 1, ?, ?)""",
        order.orderId(),
        UUID.randomUUID(),
        state,
        order.placed(),
        order.placed());
    for (int i = 0; i < order.lines().size(); i++) {
      PastLine line = order.lines().get(i);
      sql.update(
          """
          INSERT INTO order_line (order_id, line_id, line_number, sku, price_minor, price_quantity, accepts_worse,
              ordered_quantity, reserved_quantity, waiting_quantity, shipped_quantity, cancelled_quantity,
              refused_quantity, returned_quantity, initially_waiting_quantity)
          VALUES (?, ?, ?, 'S', 1, 1, true, ?, ?, ?, ?, ?, ?, ?, ?)""",
          order.orderId(),
          line.lineId(),
          i + 1,
          line.ordered(),
          line.reserved(),
          line.waiting(),
          line.shipped(),
          line.cancelled(),
          line.refused(),
          line.returned(),
          line.initiallyWaiting());
    }
    order.shipments().forEach(shipment -> store(sql, order, shipment));
    for (int i = 0; i < order.outcomes().size(); i++) {
      String outcome = order.outcomes().get(i);
      sql.update(
          """
          INSERT INTO promise (order_id, promise_id, line_id, sku, quantity, ship_by_date, percentile, basis,
              binding_constraint, supply_id, told_time, cause, telling, current_quantity, outcome, outcome_time)
          VALUES (?, ?, ?, 'S', 1, '2040-01-01', 80, 'STOCK', 'HANDLING', '', ?, 'PLACED', 1, 0, ?, ?)""",
          order.orderId(),
          UUID.randomUUID(),
          order.lines().get(0).lineId(),
          order.placed(),
          outcome,
          outcome.equals("OPEN") ? null : order.placed());
    }
  }

  private static void store(Sql sql, PastOrder order, PastShipment shipment) {
    boolean confirmed = shipment.hasLeft() || shipment.state().equals("CONFIRMING");
    sql.update(
        """
        INSERT INTO shipment (order_id, shipment_id, location, state, version, offer_time, ship_time, deliver_time,
            confirm_caller, confirm_request_id, confirm_fingerprint)
        VALUES (?, ?, 'L', ?, 1, ?, ?::timestamptz, ?::timestamptz, 'history', ?, '')""",
        order.orderId(),
        shipment.shipmentId(),
        shipment.state(),
        order.placed(),
        confirmed ? shipment.shipTime() : null,
        shipment.state().equals("DELIVERED") ? shipment.shipTime() : null,
        UUID.randomUUID());
    for (int i = 0; i < order.lines().size(); i++) {
      if (shipment.units().get(i) > 0) {
        sql.update(
            """
            INSERT INTO shipment_line (order_id, shipment_id, line_id, line_number, sku, quantity)
            VALUES (?, ?, ?, ?, 'S', ?)""",
            order.orderId(),
            shipment.shipmentId(),
            order.lines().get(i).lineId(),
            i + 1,
            shipment.units().get(i));
      }
    }
  }
}
