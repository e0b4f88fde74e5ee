package dev.backorder.order.order;

import com.google.protobuf.ByteString;
import dev.backorder.order.v1.Destination;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Orders that nobody has decided yet, in the tables of orders, lines, destinations, processes. */
@ApplicationScoped
class PendingRows {
  private final Sql sql;

  PendingRows(Sql sql) {
    this.sql = sql;
  }

  /** A line of an address with its place, turned into columns. */
  private record AddressLine(UUID orderId, int number, String text) {}

  /**
   * Stores undecided orders with lines, destinations and the rows of their processes, in one
   * statement; they get their places in the order of the list. Left out are those whose caller has
   * placed an order with the same request id; it waits for a twin that is about to.
   *
   * @param orders of one moment, each caller and request id once
   * @return the ids of those that were stored
   */
  Set<UUID> insert(
      List<Orders.NewOrder> orders, String processKind, Instant now, Instant nextAttempt) {
    List<LineRows.Owned> owned = new ArrayList<>();
    orders.forEach(o -> owned.addAll(LineRows.Owned.of(o.order().orderId(), o.order().lines())));
    LineRows.Columns line = new LineRows.Columns(owned);
    List<Orders.NewOrder> addressed =
        orders.stream()
            .filter(o -> !o.destination().equals(Destination.getDefaultInstance()))
            .toList();
    List<AddressLine> addressLines = addressLines(addressed);
    return new HashSet<>(
        sql.list(
            r -> r.getObject(1, UUID.class),
            """
            WITH placed AS (
              INSERT INTO customer_order (order_id, caller, place_request_id, place_fingerprint, reference, customer_id,
                  channel, customer_class, priority, currency_code, total_minor, jurisdiction, buyer_type,
                  destination_country, shortage_rule, cart_id, pick_up_location, sourcing_policy, state, version, place_time, order_complete_time,
                  ship_rule, minimum_quantity, window_days)
              SELECT order_id, caller, request_id, fingerprint, reference, customer_id, channel, customer_class, priority,
                  currency_code, total_minor, jurisdiction, buyer_type, country, shortage_rule, cart_id,
                  pick_up, sourcing, 'PENDING', 0,
                  placed, completed, ship_rule, minimum_quantity, window_days
              FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WITH ORDINALITY
                AS o(order_id, caller, request_id, fingerprint, reference, customer_id, channel, customer_class, priority,
                     currency_code, total_minor, jurisdiction, buyer_type, country, shortage_rule, cart_id, pick_up,
                     sourcing, placed,
                     completed, ship_rule, minimum_quantity, window_days, place)
              ORDER BY place
              ON CONFLICT (caller, place_request_id) DO NOTHING
              RETURNING order_id),
            lines AS (
              INSERT INTO order_line (order_id, line_id, line_number, sku, price_minor, price_quantity,
                  shown_ship_by_date, wanted_date, accepts_worse, ordered_quantity, ship_group, due_date, max_late_days)
              SELECT l.* FROM unnest(?, ?, ?, ?, ?, ?, ?::date[], ?::date[], ?, ?, ?, ?::date[], ?)
                AS l(order_id, line_id, number, sku, price_minor, price_quantity, shown, wanted, accepts,
                  ordered, ship_group, due, max_late)
              JOIN placed USING (order_id)),
            addressed AS (
              INSERT INTO destination (order_id, recipient, address_lines, locality, postal_code, country)
              SELECT d.order_id, d.recipient,
                ARRAY (SELECT a.text FROM unnest(?, ?, ?) AS a(order_id, number, text)
                  WHERE a.order_id = d.order_id ORDER BY a.number),
                d.locality, d.postal_code, d.country
              FROM unnest(?, ?, ?, ?, ?) AS d(order_id, recipient, locality, postal_code, country)
              JOIN placed USING (order_id)),
            begun AS (
              INSERT INTO process (process_id, kind, order_id, start_time, next_attempt_time)
              SELECT order_id, ?, order_id, ?, ? FROM placed)
            SELECT order_id FROM placed""",
            column(orders, o -> o.header().orderId(), UUID[]::new),
            column(orders, o -> o.header().caller(), String[]::new),
            column(orders, o -> o.header().placeRequestId(), UUID[]::new),
            column(orders, o -> o.header().placeFingerprint().toByteArray(), byte[][]::new),
            column(orders, o -> o.header().reference(), String[]::new),
            column(orders, o -> o.header().customerId(), String[]::new),
            column(orders, o -> o.header().channel(), String[]::new),
            column(orders, o -> o.header().customerClass(), String[]::new),
            column(orders, o -> o.header().priority(), Integer[]::new),
            column(orders, o -> o.header().currencyCode(), String[]::new),
            column(orders, o -> o.header().totalMinor(), Long[]::new),
            column(orders, o -> o.header().jurisdiction().name(), String[]::new),
            column(orders, o -> o.header().buyerType(), String[]::new),
            column(orders, o -> o.header().destinationCountry(), String[]::new),
            column(orders, o -> o.header().shortageRule(), String[]::new),
            column(orders, o -> o.header().cartId(), String[]::new),
            column(orders, o -> o.header().pickUpLocation(), String[]::new),
            column(orders, o -> o.header().sourcingPolicy(), String[]::new),
            column(orders, o -> o.header().placeTime(), Instant[]::new),
            column(orders, o -> o.header().completeTime(), Instant[]::new),
            column(orders, o -> o.header().shipRule().kind().name(), String[]::new),
            column(orders, o -> o.header().shipRule().minimumQuantity(), Long[]::new),
            column(orders, o -> o.header().shipRule().windowDays(), Integer[]::new),
            line.orderIds(),
            line.ids(),
            line.numbers(),
            line.skus(),
            line.longs(OrderLine::priceMinor),
            line.longs(OrderLine::priceQuantity),
            line.shownDates(),
            line.wantedDates(),
            line.acceptsWorse(),
            line.longs(l -> l.quantities().ordered()),
            line.shipGroups(),
            line.dueDates(),
            line.maxLateDays(),
            addressLines.stream().map(AddressLine::orderId).toArray(UUID[]::new),
            addressLines.stream().map(AddressLine::number).toArray(Integer[]::new),
            addressLines.stream().map(AddressLine::text).toArray(String[]::new),
            column(addressed, OrderRecord::orderId, UUID[]::new),
            addressed.stream().map(o -> o.destination().getRecipient()).toArray(String[]::new),
            addressed.stream().map(o -> o.destination().getLocality()).toArray(String[]::new),
            addressed.stream().map(o -> o.destination().getPostalCode()).toArray(String[]::new),
            addressed.stream().map(o -> o.destination().getCountry()).toArray(String[]::new),
            processKind,
            now,
            nextAttempt));
  }

  /**
   * Locks those of some orders that nobody has decided, by id; for each the allocation that came
   * early over the feed, empty bytes when none did.
   */
  Map<UUID, ByteString> lock(Collection<UUID> orderIds) {
    Map<UUID, ByteString> early = new HashMap<>();
    sql.list(
        r -> {
          byte[] allocation = r.getBytes(2);
          return early.put(
              r.getObject(1, UUID.class),
              allocation == null ? ByteString.EMPTY : ByteString.copyFrom(allocation));
        },
        """
        SELECT order_id, early_allocation FROM customer_order
        WHERE order_id = ANY (?) AND state = 'PENDING' ORDER BY order_id FOR UPDATE""",
        (Object) orderIds.toArray(UUID[]::new));
    return early;
  }

  /** Keeps an allocation that came before the order was decided. */
  void keepEarly(UUID orderId, byte[] allocation) {
    sql.later(
        "UPDATE customer_order SET early_allocation = ? WHERE order_id = ?", allocation, orderId);
  }

  private static List<AddressLine> addressLines(List<Orders.NewOrder> addressed) {
    List<AddressLine> lines = new ArrayList<>();
    for (Orders.NewOrder order : addressed) {
      for (int i = 0; i < order.destination().getAddressLinesCount(); i++) {
        lines.add(
            new AddressLine(order.order().orderId(), i, order.destination().getAddressLines(i)));
      }
    }
    return lines;
  }

  private static <T> T[] column(
      List<Orders.NewOrder> orders,
      Function<OrderRecord, T> column,
      java.util.function.IntFunction<T[]> array) {
    return orders.stream().map(o -> column.apply(o.order())).toArray(array);
  }
}
