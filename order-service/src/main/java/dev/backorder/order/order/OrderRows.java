package dev.backorder.order.order;

import com.google.protobuf.ByteString;
import dev.backorder.order.order.model.Jurisdiction;
import dev.backorder.order.v1.Destination;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
      priority, currency_code, total_minor, jurisdiction, buyer_type, destination_country, shortage_rule, version,
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

  /**
   * Stores an undecided order with lines, destination and the row of its process, in one statement.
   * Empty when the same caller has placed an order with the same request id; waits for a twin that
   * is about to.
   */
  Optional<Long> insertPending(
      OrderRecord order, Destination destination, String processKind, Instant nextAttempt) {
    OrderHeader h = order.header();
    LineRows.Columns line = new LineRows.Columns(order.lines());
    return sql.first(
        r -> r.getLong(1),
        """
        WITH placed AS (
          INSERT INTO customer_order (order_id, caller, place_request_id, place_fingerprint, reference, customer_id,
              channel, customer_class, priority, currency_code, total_minor, jurisdiction, buyer_type,
              destination_country, shortage_rule, state, version, place_time, order_complete_time)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'PENDING', 0, ?, ?)
          ON CONFLICT (caller, place_request_id) DO NOTHING
          RETURNING order_id, order_seq),
        lines AS (
          INSERT INTO order_line (order_id, line_id, line_number, sku, price_minor, price_quantity, shown_ship_by_date,
              accepts_worse, ordered_quantity)
          SELECT order_id, l.* FROM placed, unnest(?, ?, ?, ?, ?, ?::date[], ?, ?) AS l),
        addressed AS (
          INSERT INTO destination (order_id, recipient, address_lines, locality, postal_code, country)
          SELECT order_id, ?, ?, ?, ?, ? FROM placed WHERE ?),
        begun AS (
          INSERT INTO process (process_id, kind, order_id, start_time, next_attempt_time)
          SELECT order_id, ?, order_id, ?, ? FROM placed)
        SELECT order_seq FROM placed""",
        h.orderId(),
        h.caller(),
        h.placeRequestId(),
        h.placeFingerprint().toByteArray(),
        h.reference(),
        h.customerId(),
        h.channel(),
        h.customerClass(),
        h.priority(),
        h.currencyCode(),
        h.totalMinor(),
        h.jurisdiction().name(),
        h.buyerType(),
        h.destinationCountry(),
        h.shortageRule(),
        h.placeTime(),
        h.completeTime(),
        line.ids(),
        line.numbers(),
        line.skus(),
        line.longs(OrderLine::priceMinor),
        line.longs(OrderLine::priceQuantity),
        line.shownDates(),
        line.acceptsWorse(),
        line.longs(l -> l.quantities().ordered()),
        destination.getRecipient(),
        destination.getAddressLinesList().toArray(String[]::new),
        destination.getLocality(),
        destination.getPostalCode(),
        destination.getCountry(),
        !destination.equals(Destination.getDefaultInstance()),
        processKind,
        h.placeTime(),
        nextAttempt);
  }

  /** Makes all reads of this transaction see one moment. Before its first query. */
  void readOneMoment() {
    sql.update("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
  }

  /** The order; with {@code lock} nobody else changes it before this transaction ends. */
  Optional<OrderRecord> find(UUID orderId, boolean lock) {
    return sql.first(
            OrderRows::readHead,
            "SELECT "
                + COLUMNS
                + " FROM customer_order WHERE order_id = ?"
                + (lock ? " FOR UPDATE" : ""),
            orderId)
        .map(head -> complete(List.of(head)).get(0));
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

  /**
   * Locks an order if nobody has decided it; the allocation that came early over the feed, if any,
   * else empty bytes.
   */
  Optional<ByteString> lockPending(UUID orderId) {
    return sql.first(
        r -> r.getBytes(1) == null ? ByteString.EMPTY : ByteString.copyFrom(r.getBytes(1)),
        """
        SELECT early_allocation FROM customer_order
        WHERE order_id = ? AND state = 'PENDING' FOR UPDATE""",
        orderId);
  }

  /** Locks an order; false when there is none. */
  boolean lock(UUID orderId) {
    return sql.first(
            r -> true, "SELECT 1 FROM customer_order WHERE order_id = ? FOR UPDATE", orderId)
        .isPresent();
  }

  /** Keeps an allocation that came before the order was decided. */
  void keepEarly(UUID orderId, byte[] allocation) {
    sql.update(
        "UPDATE customer_order SET early_allocation = ? WHERE order_id = ?", allocation, orderId);
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

  void update(OrderRecord order, long version) {
    sql.update(
        """
        UPDATE customer_order SET state = ?, version = ?, allocation_version = ?, telling_count = ?,
            refusal_count = ?, early_allocation = NULL
        WHERE order_id = ?""",
        order.state().name(),
        version,
        order.allocationVersion(),
        order.tellingCount(),
        order.refusals().size(),
        order.orderId());
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
            Sql.instant(r, "place_time"),
            Sql.instant(r, "order_complete_time"));
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
