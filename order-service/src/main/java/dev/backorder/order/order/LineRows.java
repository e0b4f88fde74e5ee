package dev.backorder.order.order;

import dev.backorder.order.order.model.Portion;
import dev.backorder.order.order.model.PromiseTerms;
import dev.backorder.order.order.model.Quantities;
import dev.backorder.order.order.model.ShipProgress;
import dev.backorder.order.order.model.ShipTerms;
import dev.backorder.order.order.model.ShipTerms.Lateness;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;

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

  /** A line and the order that it belongs to. */
  record Owned(UUID orderId, OrderLine line) {
    static List<Owned> of(UUID orderId, List<OrderLine> lines) {
      return lines.stream().map(line -> new Owned(orderId, line)).toList();
    }
  }

  /** Lines of any orders turned into the columns that {@code unnest} wants. */
  record Columns(List<Owned> lines) {
    UUID[] orderIds() {
      return lines.stream().map(Owned::orderId).toArray(UUID[]::new);
    }

    UUID[] ids() {
      return lines.stream().map(l -> l.line().lineId()).toArray(UUID[]::new);
    }

    Integer[] numbers() {
      return lines.stream().map(l -> l.line().number()).toArray(Integer[]::new);
    }

    String[] skus() {
      return lines.stream().map(l -> l.line().sku()).toArray(String[]::new);
    }

    Long[] longs(ToLongFunction<OrderLine> column) {
      return lines.stream().map(l -> column.applyAsLong(l.line())).toArray(Long[]::new);
    }

    String[] shownDates() {
      return lines.stream().map(l -> text(l.line().shownShipByDate())).toArray(String[]::new);
    }

    String[] wantedDates() {
      return lines.stream().map(l -> text(l.line().wanted())).toArray(String[]::new);
    }

    String[] shipGroups() {
      return lines.stream().map(l -> l.line().shipTerms().group()).toArray(String[]::new);
    }

    String[] dueDates() {
      return lines.stream()
          .map(l -> text(l.line().shipTerms().lateness().map(Lateness::due)))
          .toArray(String[]::new);
    }

    Integer[] maxLateDays() {
      return lines.stream()
          .map(l -> l.line().shipTerms().lateness().map(Lateness::mostDays).orElse(null))
          .toArray(Integer[]::new);
    }

    Instant[] times(Function<ShipProgress, Optional<Instant>> column) {
      return lines.stream()
          .map(l -> column.apply(l.line().progress()).orElse(null))
          .toArray(Instant[]::new);
    }

    String[] letGoDates() {
      return lines.stream().map(l -> text(l.line().progress().letGo())).toArray(String[]::new);
    }

    Boolean[] acceptsWorse() {
      return lines.stream().map(l -> l.line().acceptsWorse()).toArray(Boolean[]::new);
    }
  }

  /** A portion with its place, turned into columns. */
  private record Placed(UUID orderId, UUID lineId, int number, Portion portion) {}

  /** A refusal with its place, turned into columns. */
  private record Numbered(UUID orderId, int number, OrderRefusal refusal) {}

  /**
   * Lines of orders with their portions, in the order in which they were placed.
   *
   * <p>Portions are looked up line by line ({@code OFFSET 0} keeps the planner from doing
   * otherwise): planned once and for few rows, a join compares each line of an order with each of
   * its portions.
   */
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
            p.binding_constraint, p.supply_id, p.own_ship_by_date, p.own_deliver_by_date, p.own_constraint
        FROM order_line l
        LEFT JOIN LATERAL (
          SELECT * FROM line_portion o WHERE o.order_id = l.order_id AND o.line_id = l.line_id OFFSET 0) p ON true
        WHERE l.order_id = ANY (?)
        ORDER BY l.order_id, l.line_number, p.portion_number""",
        (Object) orderIds);
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

  /** Adds decided lines to orders that are stored. */
  void insert(List<Owned> added) {
    if (added.isEmpty()) {
      return;
    }
    Columns line = new Columns(added);
    sql.later(
        """
        INSERT INTO order_line (order_id, line_id, line_number, sku, price_minor, price_quantity, shown_ship_by_date,
            wanted_date, accepts_worse, ordered_quantity, ship_group, due_date, max_late_days)
        SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?::date[], ?::date[], ?, ?, ?, ?::date[], ?)""",
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
        line.maxLateDays());
    update(added);
  }

  /** Writes the quantities of lines. */
  void update(List<Owned> changed) {
    if (changed.isEmpty()) {
      return;
    }
    Columns line = new Columns(changed);
    sql.later(
        """
        UPDATE order_line l SET reserved_quantity = c.reserved, waiting_quantity = c.waiting,
            shipped_quantity = c.shipped, delivered_quantity = c.delivered, cancelled_quantity = c.cancelled,
            refused_quantity = c.refused, returned_quantity = c.returned, initially_waiting_quantity = c.began_waiting,
            releasing_quantity = c.releasing, returning_quantity = c.returning_now, hold_time = c.held,
            hold_until_time = c.until, let_go_date = c.let_go, withheld_quantity = c.withheld, left_quantity = c.gone
        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::date[], ?, ?) AS c(order_id, line_id, reserved, waiting,
            shipped, delivered, cancelled, refused, returned, began_waiting, releasing, returning_now, held, until, let_go,
            withheld, gone)
        WHERE l.order_id = c.order_id AND l.line_id = c.line_id""",
        line.orderIds(),
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
        line.times(ShipProgress::heldSince),
        line.times(ShipProgress::holdUntil),
        line.letGoDates(),
        line.longs(l -> l.progress().withheld()),
        line.longs(l -> l.progress().left()));
  }

  /** Removes the portions of lines, before others take their place. */
  void deletePortions(List<Owned> changed) {
    if (changed.isEmpty()) {
      return;
    }
    Columns line = new Columns(changed);
    sql.later(
        """
        DELETE FROM line_portion p USING unnest(?, ?) AS c(order_id, line_id)
        WHERE p.order_id = c.order_id AND p.line_id = c.line_id""",
        line.orderIds(),
        line.ids());
  }

  /** Adds the portions of lines that have none stored. */
  void insertPortions(List<Owned> changed) {
    List<Placed> rows = new ArrayList<>();
    for (Owned owned : changed) {
      List<Portion> portions = owned.line().portions();
      for (int i = 0; i < portions.size(); i++) {
        rows.add(new Placed(owned.orderId(), owned.line().lineId(), i + 1, portions.get(i)));
      }
    }
    if (!rows.isEmpty()) {
      writePortions(rows);
    }
  }

  /** Adds what could not be had, by order. */
  void insertRefusals(Map<UUID, List<OrderRefusal>> refusals) {
    List<Numbered> rows = new ArrayList<>();
    refusals.forEach(
        (orderId, ofOrder) -> {
          for (int i = 0; i < ofOrder.size(); i++) {
            rows.add(new Numbered(orderId, i + 1, ofOrder.get(i)));
          }
        });
    if (rows.isEmpty()) {
      return;
    }
    sql.later(
        """
        INSERT INTO order_refusal (order_id, refusal_number, line_id, sku, requested_quantity, orderable_quantity, reason,
            shown_ship_by_date, given_ship_by_date)
        SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?::date[], ?::date[])""",
        rows.stream().map(Numbered::orderId).toArray(UUID[]::new),
        rows.stream().map(Numbered::number).toArray(Integer[]::new),
        rows.stream().map(r -> r.refusal().lineId()).toArray(UUID[]::new),
        rows.stream().map(r -> r.refusal().sku()).toArray(String[]::new),
        rows.stream().map(r -> r.refusal().requested()).toArray(Long[]::new),
        rows.stream().map(r -> r.refusal().orderable()).toArray(Long[]::new),
        rows.stream().map(r -> r.refusal().reason()).toArray(String[]::new),
        rows.stream().map(r -> text(r.refusal().shown())).toArray(String[]::new),
        rows.stream().map(r -> text(r.refusal().given())).toArray(String[]::new));
  }

  private void writePortions(List<Placed> rows) {
    sql.later(
        """
        INSERT INTO line_portion (order_id, line_id, portion_number, quantity, location, state, ship_by_date,
            deliver_by_date, percentile, basis, binding_constraint, supply_id, own_ship_by_date, own_deliver_by_date,
            own_constraint)
        SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?::date[], ?::date[], ?, ?, ?, ?, ?::date[], ?::date[], ?)""",
        rows.stream().map(Placed::orderId).toArray(UUID[]::new),
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
        texts(rows, p -> p.portion().terms().supplyId()),
        texts(rows, p -> own(p).map(own -> own.shipByDate().toString()).orElse(null)),
        texts(rows, p -> text(own(p).flatMap(PromiseTerms::deliverByDate))),
        texts(rows, p -> own(p).map(PromiseTerms::constraint).orElse(null)));
  }

  /** What units are promised alone, when it is not what they are promised. */
  private static Optional<PromiseTerms> own(Placed placed) {
    Portion portion = placed.portion();
    return Optional.of(portion.own()).filter(own -> !own.equals(portion.terms()));
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
        OrderRows.date(r, "wanted_date"),
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
        List.of(),
        readShipTerms(r),
        new ShipProgress(
            Optional.ofNullable(Sql.instant(r, "hold_time")),
            Optional.ofNullable(Sql.instant(r, "hold_until_time")),
            OrderRows.date(r, "let_go_date"),
            r.getLong("withheld_quantity"),
            r.getLong("left_quantity")));
  }

  static ShipTerms readShipTerms(ResultSet r) throws SQLException {
    Optional<LocalDate> due = OrderRows.date(r, "due_date");
    int mostDays = r.getInt("max_late_days");
    return new ShipTerms(r.getString("ship_group"), due.map(day -> new Lateness(day, mostDays)));
  }

  private static Portion readPortion(ResultSet r) throws SQLException {
    PromiseTerms terms =
        new PromiseTerms(
            r.getObject("ship_by_date", LocalDate.class),
            OrderRows.date(r, "deliver_by_date"),
            r.getInt("percentile"),
            r.getString("basis"),
            r.getString("binding_constraint"),
            r.getString("supply_id"));
    Optional<LocalDate> ownDay = OrderRows.date(r, "own_ship_by_date");
    PromiseTerms own =
        ownDay.isEmpty()
            ? terms
            : new PromiseTerms(
                ownDay.get(),
                OrderRows.date(r, "own_deliver_by_date"),
                terms.percentile(),
                terms.basis(),
                r.getString("own_constraint"),
                terms.supplyId());
    return new Portion(
        r.getLong("quantity"),
        r.getString("location"),
        Portion.Fate.valueOf(r.getString("fate")),
        terms,
        own);
  }
}
