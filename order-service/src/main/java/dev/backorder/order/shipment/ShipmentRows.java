package dev.backorder.order.shipment;

import com.google.protobuf.ByteString;
import dev.backorder.order.shipment.model.PackedUnits;
import dev.backorder.order.shipment.model.Problem;
import dev.backorder.order.shipment.model.ShipmentState;
import dev.backorder.order.v1.ConfirmShipmentRequest;
import dev.backorder.platform.request.RequestDraft;
import dev.backorder.platform.request.RequestKey;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;

/** The tables of shipments. Every method is one or two statements for any number of rows. */
@ApplicationScoped
class ShipmentRows {
  private final Sql sql;

  ShipmentRows(Sql sql) {
    this.sql = sql;
  }

  /** A line of a shipment, turned into columns. */
  private record Packed(UUID orderId, UUID shipmentId, PackedUnits units) {}

  /** Which shipments a list wants. */
  record Filter(List<String> states, Optional<UUID> orderId, String location) {}

  /** Adds offers with their lines; they get their places in the order of the list. */
  void insert(List<Shipment> offers) {
    if (offers.isEmpty()) {
      return;
    }
    sql.later(
        """
        INSERT INTO shipment (order_id, shipment_id, location, state, version, offer_time)
        SELECT order_id, shipment_id, location, state, version, offer_time
        FROM unnest(?, ?, ?, ?, ?, ?) WITH ORDINALITY
          AS s(order_id, shipment_id, location, state, version, offer_time, place)
        ORDER BY place""",
        ids(offers, Shipment::orderId),
        ids(offers, Shipment::shipmentId),
        texts(offers, Shipment::location),
        texts(offers, s -> s.state().name()),
        offers.stream().map(Shipment::version).toArray(Long[]::new),
        offers.stream().map(Shipment::offerTime).toArray(Instant[]::new));
    insertLines(offers);
  }

  /** Writes changed shipments, without their lines. Their orders are locked. */
  void update(List<Shipment> changed) {
    if (changed.isEmpty()) {
      return;
    }
    sql.later(
        """
        UPDATE shipment s SET state = c.state, version = c.version, ship_time = c.ship_time,
            deliver_time = c.deliver_time, carrier = c.carrier, tracking_code = c.tracking_code,
            confirm_caller = c.confirm_caller, confirm_request_id = c.confirm_request_id,
            confirm_fingerprint = c.confirm_fingerprint, confirm_count = c.confirm_count, problem = c.problem,
            problem_note = c.problem_note
        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS c(order_id, shipment_id, state, version, ship_time,
            deliver_time, carrier, tracking_code, confirm_caller, confirm_request_id, confirm_fingerprint, confirm_count,
            problem, problem_note)
        WHERE s.order_id = c.order_id AND s.shipment_id = c.shipment_id""",
        ids(changed, Shipment::orderId),
        ids(changed, Shipment::shipmentId),
        texts(changed, s -> s.state().name()),
        changed.stream().map(Shipment::version).toArray(Long[]::new),
        changed.stream().map(s -> s.shipTime().orElse(null)).toArray(Instant[]::new),
        changed.stream().map(s -> s.deliverTime().orElse(null)).toArray(Instant[]::new),
        texts(changed, Shipment::carrier),
        texts(changed, Shipment::trackingCode),
        texts(changed, s -> s.confirmation().map(c -> c.key().caller()).orElse(null)),
        ids(changed, s -> s.confirmation().map(c -> c.key().requestId()).orElse(null)),
        changed.stream()
            .map(s -> s.confirmation().map(c -> c.fingerprint().toByteArray()).orElse(null))
            .toArray(byte[][]::new),
        changed.stream().map(Shipment::confirmCount).toArray(Integer[]::new),
        texts(changed, s -> problemName(s.problem().kind())),
        texts(changed, s -> s.problem().note()));
  }

  /** Writes what units cost that have left. */
  void writeValues(List<Shipment> left) {
    List<Packed> packed = packed(left);
    if (packed.isEmpty()) {
      return;
    }
    sql.later(
        """
        UPDATE shipment_line l SET value_minor = c.value
        FROM unnest(?, ?, ?, ?) AS c(order_id, shipment_id, line_id, value)
        WHERE l.order_id = c.order_id AND l.shipment_id = c.shipment_id AND l.line_id = c.line_id""",
        packed.stream().map(Packed::orderId).toArray(UUID[]::new),
        packed.stream().map(Packed::shipmentId).toArray(UUID[]::new),
        packed.stream().map(p -> p.units().lineId()).toArray(UUID[]::new),
        packed.stream().map(p -> value(p.units())).toArray(Long[]::new));
  }

  /** Replaces the lines of shipments. */
  void replaceLines(List<Shipment> repacked) {
    if (repacked.isEmpty()) {
      return;
    }
    sql.later(
        "DELETE FROM shipment_line WHERE order_id = ANY (?) AND shipment_id = ANY (?)",
        ids(repacked, Shipment::orderId),
        ids(repacked, Shipment::shipmentId));
    insertLines(repacked);
  }

  /** The shipments with some ids. Callers that change them hold the locks of their orders. */
  List<Shipment> find(Collection<UUID> shipmentIds) {
    return select(
        "SELECT * FROM shipment WHERE shipment_id = ANY (?)",
        (Object) shipmentIds.toArray(UUID[]::new));
  }

  /** Which orders shipments belong to, by shipment; that never changes. */
  Map<UUID, UUID> ordersOf(Collection<UUID> shipmentIds) {
    Map<UUID, UUID> orders = new LinkedHashMap<>();
    sql.list(
        r -> orders.put(r.getObject(1, UUID.class), r.getObject(2, UUID.class)),
        "SELECT shipment_id, order_id FROM shipment WHERE shipment_id = ANY (?)",
        (Object) shipmentIds.toArray(UUID[]::new));
    return orders;
  }

  /** Shipments of orders that have not left for good, in the order of offering. */
  List<Shipment> findOpen(Collection<UUID> orderIds) {
    return select(
        "SELECT * FROM shipment WHERE order_id = ANY (?) AND state IN ('OFFERED', 'CONFIRMING')",
        (Object) orderIds.toArray(UUID[]::new));
  }

  /** Units of orders in shipments that left, by line. */
  Map<UUID, Long> left(Collection<UUID> orderIds) {
    return byLine(
        """
        SELECT l.line_id, sum(l.quantity) FROM shipment s
        JOIN shipment_line l ON l.order_id = s.order_id AND l.shipment_id = s.shipment_id
        WHERE s.order_id = ANY (?) AND s.state IN ('SHIPPED', 'DELIVERED') GROUP BY l.line_id""",
        (Object) orderIds.toArray(UUID[]::new));
  }

  /**
   * Units in shipments that are being confirmed and that still count as reserved, by line: without
   * those that inventory-service has told over the feed to be gone already.
   */
  Map<UUID, Long> confirming(UUID orderId) {
    return byLine(
        """
        SELECT o.line_id, least(p.confirming, p.confirming + p.gone - o.shipped_quantity) FROM (
          SELECT l.line_id,
              coalesce(sum(l.quantity) FILTER (WHERE s.state = 'CONFIRMING'), 0) AS confirming,
              coalesce(sum(l.quantity) FILTER (WHERE s.state <> 'CONFIRMING'), 0) AS gone
          FROM shipment s
          JOIN shipment_line l ON l.order_id = s.order_id AND l.shipment_id = s.shipment_id
          WHERE s.order_id = ? AND s.state IN ('CONFIRMING', 'SHIPPED', 'DELIVERED')
            AND EXISTS (SELECT 1 FROM shipment c WHERE c.order_id = s.order_id AND c.state = 'CONFIRMING')
          GROUP BY l.line_id) p
        JOIN order_line o ON o.order_id = ? AND o.line_id = p.line_id
        WHERE p.confirming > 0 AND p.confirming + p.gone > o.shipped_quantity""",
        orderId,
        orderId);
  }

  /** Shipments after a place in the order of offering. */
  List<Shipment> page(long after, int limit, Filter filter) {
    StringBuilder where = new StringBuilder("shipment_seq > ?");
    List<Object> parameters = new ArrayList<>(List.of(after));
    if (filter.states().equals(List.of(ShipmentState.OFFERED.name()))) {
      // In so many words, so that the planner sees that the partial index serves.
      where.append(" AND state = 'OFFERED'");
    } else if (!filter.states().isEmpty()) {
      where.append(" AND state = ANY (?)");
      parameters.add(filter.states().toArray(String[]::new));
    }
    filter
        .orderId()
        .ifPresent(
            id -> {
              where.append(" AND order_id = ?");
              parameters.add(id);
            });
    if (!filter.location().isEmpty()) {
      where.append(" AND location = ?");
      parameters.add(filter.location());
    }
    parameters.add(limit);
    return select(
        "SELECT * FROM shipment WHERE " + where + " ORDER BY shipment_seq LIMIT ?",
        parameters.toArray());
  }

  private void insertLines(List<Shipment> shipments) {
    List<Packed> packed = packed(shipments);
    sql.later(
        """
        INSERT INTO shipment_line (order_id, shipment_id, line_id, line_number, sku, quantity, short_quantity)
        SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?)""",
        packed.stream().map(Packed::orderId).toArray(UUID[]::new),
        packed.stream().map(Packed::shipmentId).toArray(UUID[]::new),
        packed.stream().map(p -> p.units().lineId()).toArray(UUID[]::new),
        packed.stream().map(p -> p.units().lineNumber()).toArray(Integer[]::new),
        packed.stream().map(p -> p.units().sku()).toArray(String[]::new),
        packed.stream().map(p -> p.units().quantity()).toArray(Long[]::new),
        packed.stream().map(p -> p.units().shortUnits()).toArray(Long[]::new));
  }

  private static List<Packed> packed(List<Shipment> shipments) {
    return shipments.stream()
        .flatMap(s -> s.lines().stream().map(l -> new Packed(s.orderId(), s.shipmentId(), l)))
        .toList();
  }

  /** Null when they have not left. */
  private static Long value(PackedUnits units) {
    return units.valueMinor().isPresent() ? units.valueMinor().getAsLong() : null;
  }

  private static String problemName(Problem.Kind kind) {
    return kind == Problem.Kind.NONE ? "" : kind.name();
  }

  /**
   * The shipments that a query finds, with their lines, in the order of offering: one statement, so
   * that a shipment and its lines are of the same moment.
   */
  private List<Shipment> select(String query, Object... parameters) {
    Map<UUID, Shipment> heads = new LinkedHashMap<>();
    Map<UUID, List<PackedUnits>> lines = new HashMap<>();
    sql.list(
        r -> {
          UUID shipmentId = r.getObject("shipment_id", UUID.class);
          if (!heads.containsKey(shipmentId)) {
            heads.put(shipmentId, readHead(r, shipmentId));
            lines.put(shipmentId, new ArrayList<>());
          }
          return lines.get(shipmentId).add(readUnits(r));
        },
        "SELECT s.*, l.line_id, l.line_number, l.sku, l.quantity, l.short_quantity, l.value_minor,"
            + " o.currency_code FROM ("
            + query
            + ") s JOIN shipment_line l ON l.order_id = s.order_id AND l.shipment_id = s.shipment_id"
            + " JOIN customer_order o ON o.order_id = s.order_id"
            + " ORDER BY s.shipment_seq, l.line_number",
        parameters);
    return heads.values().stream().map(s -> s.holding(lines.get(s.shipmentId()))).toList();
  }

  private Map<UUID, Long> byLine(String query, Object... parameters) {
    Map<UUID, Long> found = new LinkedHashMap<>();
    sql.list(r -> found.put(r.getObject(1, UUID.class), r.getLong(2)), query, parameters);
    return found;
  }

  private static PackedUnits readUnits(ResultSet r) throws SQLException {
    return new PackedUnits(
        r.getObject("line_id", UUID.class),
        r.getInt("line_number"),
        r.getString("sku"),
        r.getLong("quantity"),
        r.getLong("short_quantity"),
        readValue(r));
  }

  private static OptionalLong readValue(ResultSet r) throws SQLException {
    long value = r.getLong("value_minor");
    return r.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static Problem readProblem(ResultSet r) throws SQLException {
    String kind = r.getString("problem");
    return kind.isEmpty()
        ? Problem.NONE
        : new Problem(Problem.Kind.valueOf(kind), r.getString("problem_note"));
  }

  private static Shipment readHead(ResultSet r, UUID shipmentId) throws SQLException {
    return new Shipment(
        shipmentId,
        r.getObject("order_id", UUID.class),
        r.getLong("shipment_seq"),
        r.getString("location"),
        ShipmentState.valueOf(r.getString("state")),
        r.getLong("version"),
        Sql.instant(r, "offer_time"),
        Optional.ofNullable(Sql.instant(r, "ship_time")),
        Optional.ofNullable(Sql.instant(r, "deliver_time")),
        r.getString("carrier"),
        r.getString("tracking_code"),
        readConfirmation(r),
        r.getInt("confirm_count"),
        List.of(),
        readProblem(r),
        r.getString("currency_code"));
  }

  private static Optional<RequestDraft> readConfirmation(ResultSet r) throws SQLException {
    String caller = r.getString("confirm_caller");
    return caller == null
        ? Optional.empty()
        : Optional.of(
            new RequestDraft(
                new RequestKey(caller, r.getObject("confirm_request_id", UUID.class)),
                ConfirmShipmentRequest.getDescriptor().getFullName(),
                ByteString.copyFrom(r.getBytes("confirm_fingerprint"))));
  }

  private static UUID[] ids(List<Shipment> shipments, Function<Shipment, UUID> column) {
    return shipments.stream().map(column).toArray(UUID[]::new);
  }

  private static String[] texts(List<Shipment> shipments, Function<Shipment, String> column) {
    return shipments.stream().map(column).toArray(String[]::new);
  }
}
