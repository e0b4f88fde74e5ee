package dev.backorder.order.order;

import dev.backorder.order.order.model.Portion;
import dev.backorder.order.order.model.PromiseTerms;
import dev.backorder.order.order.model.Quantities;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * The tables of order lines, their portions and refusals. Every method is one or two statements for
 * any number of rows.
 */
@ApplicationScoped
class LineRows {
  private final Sql sql;

  LineRows(Sql sql) {
    this.sql = sql;
  }

  /** Rows turned into the columns that {@code unnest} wants. */
  record Columns(List<OrderLine> lines) {
    UUID[] ids() {
      return lines.stream().map(OrderLine::lineId).toArray(UUID[]::new);
    }

    Integer[] numbers() {
      return lines.stream().map(OrderLine::number).toArray(Integer[]::new);
    }

    String[] skus() {
      return lines.stream().map(OrderLine::sku).toArray(String[]::new);
    }

    Long[] longs(ToLongFunction<OrderLine> column) {
      return lines.stream().map(column::applyAsLong).toArray(Long[]::new);
    }

    String[] shownDates() {
      return lines.stream().map(l -> text(l.shownShipByDate())).toArray(String[]::new);
    }

    Boolean[] acceptsWorse() {
      return lines.stream().map(OrderLine::acceptsWorse).toArray(Boolean[]::new);
    }
  }

  /** A portion with its place, turned into columns. */
  private record Placed(UUID lineId, int number, Portion portion) {}

  /** Lines of orders with their portions, in the order in which they were placed. */
  Map<UUID, List<OrderLine>> find(UUID[] orderIds) {
    Map<UUID, List<OrderLine>> found = new LinkedHashMap<>();
    Map<UUID, List<Portion>> portions = new LinkedHashMap<>();
    sql.list(
        r -> {
          UUID lineId = r.getObject("line_id", UUID.class);
          List<Portion> held = portions.get(lineId);
          if (held == null) {
            held = new ArrayList<>();
            portions.put(lineId, held);
            found
                .computeIfAbsent(r.getObject("order_id", UUID.class), id -> new ArrayList<>())
                .add(readLine(r, lineId));
          }
          if (r.getString("fate") != null) {
            held.add(readPortion(r));
          }
          return lineId;
        },
        """
        SELECT l.*, p.quantity, p.location, p.state AS fate, p.ship_by_date, p.deliver_by_date, p.percentile, p.basis,
            p.binding_constraint, p.supply_id
        FROM order_line l
        LEFT JOIN (SELECT * FROM line_portion WHERE order_id = ANY (?)) p
          ON p.order_id = l.order_id AND p.line_id = l.line_id
        WHERE l.order_id = ANY (?)
        ORDER BY l.order_id, l.line_number, p.portion_number""",
        orderIds,
        orderIds);
    found.replaceAll(
        (orderId, lines) ->
            lines.stream().map(l -> l.with(l.quantities(), portions.get(l.lineId()))).toList());
    return found;
  }

  /** What could not be had, by order. */
  Map<UUID, List<OrderRefusal>> findRefusals(UUID[] orderIds) {
    Map<UUID, List<OrderRefusal>> found = new LinkedHashMap<>();
    sql.list(
        r ->
            found
                .computeIfAbsent(r.getObject("order_id", UUID.class), id -> new ArrayList<>())
                .add(
                    new OrderRefusal(
                        r.getObject("line_id", UUID.class),
                        r.getString("sku"),
                        r.getLong("requested_quantity"),
                        r.getLong("orderable_quantity"),
                        r.getString("reason"),
                        OrderRows.date(r, "shown_ship_by_date"),
                        OrderRows.date(r, "given_ship_by_date"))),
        "SELECT * FROM order_refusal WHERE order_id = ANY (?) ORDER BY order_id, refusal_number",
        (Object) orderIds);
    return found;
  }

  void update(UUID orderId, List<OrderLine> changed) {
    if (changed.isEmpty()) {
      return;
    }
    Columns line = new Columns(changed);
    sql.update(
        """
        UPDATE order_line l SET reserved_quantity = c.reserved, waiting_quantity = c.waiting,
            shipped_quantity = c.shipped, delivered_quantity = c.delivered, cancelled_quantity = c.cancelled,
            refused_quantity = c.refused, returned_quantity = c.returned, initially_waiting_quantity = c.began_waiting,
            releasing_quantity = c.releasing, returning_quantity = c.returning_now
        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS c(line_id, reserved, waiting, shipped, delivered, cancelled,
            refused, returned, began_waiting, releasing, returning_now)
        WHERE l.order_id = ? AND l.line_id = c.line_id""",
        line.ids(),
        line.longs(l -> l.quantities().reserved()),
        line.longs(l -> l.quantities().waiting()),
        line.longs(l -> l.quantities().shipped()),
        line.longs(l -> l.quantities().delivered()),
        line.longs(l -> l.quantities().cancelled()),
        line.longs(l -> l.quantities().refused()),
        line.longs(l -> l.quantities().returned()),
        line.longs(OrderLine::initiallyWaiting),
        line.longs(OrderLine::releasing),
        line.longs(OrderLine::returning),
        orderId);
  }

  /** Replaces the portions of lines. */
  void replacePortions(UUID orderId, List<OrderLine> changed, boolean areNew) {
    if (changed.isEmpty()) {
      return;
    }
    if (!areNew) {
      sql.update(
          "DELETE FROM line_portion WHERE order_id = ? AND line_id = ANY (?)",
          orderId,
          new Columns(changed).ids());
    }
    List<Placed> rows =
        changed.stream()
            .flatMap(
                l ->
                    IntStream.range(0, l.portions().size())
                        .mapToObj(i -> new Placed(l.lineId(), i + 1, l.portions().get(i))))
            .toList();
    if (!rows.isEmpty()) {
      insertPortions(orderId, rows);
    }
  }

  void insertRefusals(UUID orderId, List<OrderRefusal> refusals) {
    if (refusals.isEmpty()) {
      return;
    }
    sql.update(
        """
        INSERT INTO order_refusal (order_id, refusal_number, line_id, sku, requested_quantity, orderable_quantity, reason,
            shown_ship_by_date, given_ship_by_date)
        SELECT ?, r.* FROM unnest(?, ?, ?, ?, ?, ?, ?::date[], ?::date[]) AS r""",
        orderId,
        IntStream.rangeClosed(1, refusals.size()).boxed().toArray(Integer[]::new),
        refusals.stream().map(OrderRefusal::lineId).toArray(UUID[]::new),
        refusals.stream().map(OrderRefusal::sku).toArray(String[]::new),
        refusals.stream().map(OrderRefusal::requested).toArray(Long[]::new),
        refusals.stream().map(OrderRefusal::orderable).toArray(Long[]::new),
        refusals.stream().map(OrderRefusal::reason).toArray(String[]::new),
        refusals.stream().map(r -> text(r.shown())).toArray(String[]::new),
        refusals.stream().map(r -> text(r.given())).toArray(String[]::new));
  }

  private void insertPortions(UUID orderId, List<Placed> rows) {
    sql.update(
        """
        INSERT INTO line_portion (order_id, line_id, portion_number, quantity, location, state, ship_by_date,
            deliver_by_date, percentile, basis, binding_constraint, supply_id)
        SELECT ?, p.* FROM unnest(?, ?, ?, ?, ?, ?::date[], ?::date[], ?, ?, ?, ?) AS p""",
        orderId,
        rows.stream().map(Placed::lineId).toArray(UUID[]::new),
        rows.stream().map(Placed::number).toArray(Integer[]::new),
        rows.stream().map(p -> p.portion().quantity()).toArray(Long[]::new),
        texts(rows, p -> p.portion().location()),
        texts(rows, p -> p.portion().fate().name()),
        texts(rows, p -> p.portion().terms().shipByDate().toString()),
        texts(rows, p -> text(p.portion().terms().deliverByDate())),
        rows.stream().map(p -> p.portion().terms().percentile()).toArray(Integer[]::new),
        texts(rows, p -> p.portion().terms().basis()),
        texts(rows, p -> p.portion().terms().constraint()),
        texts(rows, p -> p.portion().terms().supplyId()));
  }

  private static String[] texts(List<Placed> rows, Function<Placed, String> column) {
    return rows.stream().map(column).toArray(String[]::new);
  }

  /** A date as SQL reads it; null when there is none. */
  private static String text(Optional<LocalDate> date) {
    return date.map(LocalDate::toString).orElse(null);
  }

  private static OrderLine readLine(ResultSet r, UUID lineId) throws SQLException {
    return new OrderLine(
        lineId,
        r.getInt("line_number"),
        r.getString("sku"),
        r.getLong("price_minor"),
        r.getLong("price_quantity"),
        OrderRows.date(r, "shown_ship_by_date"),
        r.getBoolean("accepts_worse"),
        new Quantities(
            r.getLong("ordered_quantity"),
            r.getLong("reserved_quantity"),
            r.getLong("waiting_quantity"),
            r.getLong("shipped_quantity"),
            r.getLong("delivered_quantity"),
            r.getLong("cancelled_quantity"),
            r.getLong("refused_quantity"),
            r.getLong("returned_quantity")),
        r.getLong("initially_waiting_quantity"),
        r.getLong("releasing_quantity"),
        r.getLong("returning_quantity"),
        List.of());
  }

  private static Portion readPortion(ResultSet r) throws SQLException {
    return new Portion(
        r.getLong("quantity"),
        r.getString("location"),
        Portion.Fate.valueOf(r.getString("fate")),
        new PromiseTerms(
            r.getObject("ship_by_date", LocalDate.class),
            OrderRows.date(r, "deliver_by_date"),
            r.getInt("percentile"),
            r.getString("basis"),
            r.getString("binding_constraint"),
            r.getString("supply_id")));
  }
}
