package dev.backorder.order.order;

import com.google.protobuf.ByteString;
import dev.backorder.order.order.model.Jurisdiction;
import dev.backorder.order.order.model.ShipRule;
import dev.backorder.order.v1.Destination;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The tables of orders and destinations. Plain SQL: an order has up to 2,000 lines, and each step
 * writes all of its rows in one statement.
 */
@ApplicationScoped
class OrderRows {
  private static final String COLUMNS =
      """
      order_id, order_seq, caller, place_request_id, place_fingerprint, reference, customer_id, channel, customer_class,
      priority, currency_code, total_minor, jurisdiction, buyer_type, destination_country, shortage_rule, cart_id,
      pick_up_location, sourcing_policy, ship_rule, minimum_quantity, window_days, version,
      allocation_version, telling_count, refusal_count, place_time, order_complete_time""";

  private final Sql sql;
  private final LineRows lines;

  OrderRows(Sql sql, LineRows lines) {
    this.sql = sql;
    this.lines = lines;
  }

  /** A row of the order table without its lines. */
  record Head(
      OrderHeader header,
      long sequence,
      long version,
      long allocationVersion,
      int tellingCount,
      int refusalCount) {}

  /** An order as it is to be stored, with its new version. */
  record Written(OrderRecord order, long version) {}

  /** Makes all reads of this transaction see one moment. Before its first query. */
  void readOneMoment() {
    sql.later("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
  }

  /** The order, without a lock. */
  Optional<OrderRecord> find(UUID orderId) {
    return sql.first(
            OrderRows::readHead,
            "SELECT " + COLUMNS + " FROM customer_order WHERE order_id = ?",
            orderId)
        .map(head -> complete(List.of(head)).get(0));
  }

  /**
   * Orders, locked one after the other by id, so that two callers cannot wait for each other; those
   * that are not there are left out.
   */
  List<OrderRecord> lockAll(Collection<UUID> orderIds) {
    return complete(
        sql.list(
            OrderRows::readHead,
            "SELECT "
                + COLUMNS
                + " FROM customer_order WHERE order_id = ANY (?) ORDER BY order_id FOR UPDATE",
            (Object) orderIds.toArray(UUID[]::new)));
  }

  /** The order that a caller placed with a request. */
  Optional<OrderRecord> findByRequest(String caller, UUID requestId) {
    return sql.first(
            OrderRows::readHead,
            "SELECT " + COLUMNS + " FROM customer_order WHERE caller = ? AND place_request_id = ?",
            caller,
            requestId)
        .map(head -> complete(List.of(head)).get(0));
  }

  /** Heads of orders after a place in the order of placing. */
  List<Head> page(long after, int limit, List<String> states, String customerId, String reference) {
    StringBuilder where = new StringBuilder("order_seq > ?");
    List<Object> parameters = new ArrayList<>(List.of(after));
    if (!states.isEmpty()) {
      where.append(" AND state = ANY (?)");
      parameters.add(states.toArray(String[]::new));
    }
    if (!customerId.isEmpty()) {
      where.append(" AND customer_id = ?");
      parameters.add(customerId);
    }
    if (!reference.isEmpty()) {
      where.append(" AND reference = ? AND reference <> ''");
      parameters.add(reference);
    }
    parameters.add(limit);
    return sql.list(
        OrderRows::readHead,
        "SELECT " + COLUMNS + " FROM customer_order WHERE " + where + " ORDER BY order_seq LIMIT ?",
        parameters.toArray());
  }

  /** The orders of these heads, with everything that belongs to them, in the same order. */
  List<OrderRecord> complete(List<Head> heads) {
    UUID[] ids = heads.stream().map(h -> h.header().orderId()).toArray(UUID[]::new);
    Map<UUID, List<OrderLine>> found = lines.find(ids);
    UUID[] refused =
        heads.stream()
            .filter(h -> h.refusalCount() > 0)
            .map(h -> h.header().orderId())
            .toArray(UUID[]::new);
    Map<UUID, List<OrderRefusal>> refusals =
        refused.length == 0 ? Map.of() : lines.findRefusals(refused);
    return heads.stream()
        .map(
            h ->
                new OrderRecord(
                    h.header(),
                    h.sequence(),
                    h.version(),
                    h.allocationVersion(),
                    h.tellingCount(),
                    found.getOrDefault(h.header().orderId(), List.of()),
                    refusals.getOrDefault(h.header().orderId(), List.of())))
        .toList();
  }

  /** How many lines each order has. */
  Map<UUID, Long> countLines(List<Head> heads) {
    UUID[] ids = heads.stream().map(h -> h.header().orderId()).toArray(UUID[]::new);
    return sql
        .list(
            r -> Map.entry(r.getObject(1, UUID.class), r.getLong(2)),
            "SELECT order_id, count(*) FROM order_line WHERE order_id = ANY (?) GROUP BY order_id",
            (Object) ids)
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Locks orders without reading them, by id; those that are there. */
  Set<UUID> lockOnly(Collection<UUID> orderIds) {
    return new HashSet<>(
        sql.list(
            r -> r.getObject(1, UUID.class),
            "SELECT order_id FROM customer_order WHERE order_id = ANY (?) ORDER BY order_id FOR UPDATE",
            (Object) orderIds.toArray(UUID[]::new)));
  }

  /** Versions of the allocations that orders have applied, by order, without a lock. */
  Map<UUID, Long> allocationVersions(Collection<UUID> orderIds) {
    Map<UUID, Long> versions = new HashMap<>();
    sql.list(
            r -> Map.entry(r.getObject(1, UUID.class), r.getLong(2)),
            "SELECT order_id, allocation_version FROM customer_order WHERE order_id = ANY (?)",
            (Object) orderIds.toArray(UUID[]::new))
        .forEach(version -> versions.put(version.getKey(), version.getValue()));
    return versions;
  }

  /** Writes what changes in orders. Each once. */
  void update(List<Written> orders) {
    sql.later(
        """
        UPDATE customer_order o SET state = c.state, version = c.version, allocation_version = c.allocation_version,
            telling_count = c.telling_count, refusal_count = c.refusal_count, early_allocation = NULL
        FROM unnest(?, ?, ?, ?, ?, ?) AS c(order_id, state, version, allocation_version, telling_count, refusal_count)
        WHERE o.order_id = c.order_id""",
        orders.stream().map(w -> w.order().orderId()).toArray(UUID[]::new),
        orders.stream().map(w -> w.order().state().name()).toArray(String[]::new),
        orders.stream().map(Written::version).toArray(Long[]::new),
        orders.stream().map(w -> w.order().allocationVersion()).toArray(Long[]::new),
        orders.stream().map(w -> w.order().tellingCount()).toArray(Integer[]::new),
        orders.stream().map(w -> w.order().refusals().size()).toArray(Integer[]::new));
  }

  /** Writes the values of orders that have changed. */
  void updateTotals(List<OrderHeader> orders) {
    if (orders.isEmpty()) {
      return;
    }
    sql.later(
        """
        UPDATE customer_order o SET total_minor = c.total_minor
        FROM unnest(?, ?) AS c(order_id, total_minor) WHERE o.order_id = c.order_id""",
        orders.stream().map(OrderHeader::orderId).toArray(UUID[]::new),
        orders.stream().map(OrderHeader::totalMinor).toArray(Long[]::new));
  }

  /** Replaces where the order goes. */
  void putDestination(UUID orderId, Destination to) {
    sql.later(
        """
        INSERT INTO destination (order_id, recipient, address_lines, locality, postal_code, country)
        VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (order_id) DO UPDATE SET recipient = excluded.recipient, address_lines = excluded.address_lines,
            locality = excluded.locality, postal_code = excluded.postal_code, country = excluded.country""",
        orderId,
        to.getRecipient(),
        to.getAddressLinesList().toArray(String[]::new),
        to.getLocality(),
        to.getPostalCode(),
        to.getCountry());
  }

  /** Where the order goes; empty when it was not told, or erased. */
  Optional<Destination> destination(UUID orderId) {
    return sql.first(
        r ->
            Destination.newBuilder()
                .setRecipient(r.getString("recipient"))
                .addAllAddressLines(
                    Arrays.asList((String[]) r.getArray("address_lines").getArray()))
                .setLocality(r.getString("locality"))
                .setPostalCode(r.getString("postal_code"))
                .setCountry(r.getString("country"))
                .build(),
        "SELECT recipient, address_lines, locality, postal_code, country FROM destination WHERE order_id = ?",
        orderId);
  }

  private static Head readHead(ResultSet r) throws SQLException {
    OrderHeader header =
        new OrderHeader(
            r.getObject("order_id", UUID.class),
            r.getString("caller"),
            r.getObject("place_request_id", UUID.class),
            ByteString.copyFrom(r.getBytes("place_fingerprint")),
            r.getString("reference"),
            r.getString("customer_id"),
            r.getString("channel"),
            r.getString("customer_class"),
            r.getInt("priority"),
            r.getString("currency_code"),
            r.getLong("total_minor"),
            Jurisdiction.valueOf(r.getString("jurisdiction")),
            r.getString("buyer_type"),
            r.getString("destination_country"),
            r.getString("shortage_rule"),
            r.getString("cart_id"),
            r.getString("pick_up_location"),
            r.getString("sourcing_policy"),
            Sql.instant(r, "place_time"),
            Sql.instant(r, "order_complete_time"),
            new ShipRule(
                ShipRule.Kind.valueOf(r.getString("ship_rule")),
                r.getLong("minimum_quantity"),
                r.getInt("window_days")));
    return new Head(
        header,
        r.getLong("order_seq"),
        r.getLong("version"),
        r.getLong("allocation_version"),
        r.getInt("telling_count"),
        r.getInt("refusal_count"));
  }

  /** A date column that may be null. */
  static Optional<LocalDate> date(ResultSet r, String column) throws SQLException {
    return Optional.ofNullable(r.getObject(column, LocalDate.class));
  }
}
