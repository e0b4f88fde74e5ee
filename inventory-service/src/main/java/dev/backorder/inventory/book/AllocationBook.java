package dev.backorder.inventory.book;

import dev.backorder.inventory.book.AllocationLineRow.KitPart;
import dev.backorder.inventory.book.AllocationRow.SalesContextRow;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Allocations of orders and their lines. */
@ApplicationScoped
public class AllocationBook {
  private final Sql sql;
  private final PortionBook portions;

  AllocationBook(Sql sql, PortionBook portions) {
    this.sql = sql;
    this.portions = portions;
  }

  /** Takes {@code count} places in the queues, in order. Only while the stock rows are locked. */
  public List<Long> nextSequences(int count) {
    return sql.list(
        row -> row.getLong(1),
        "select nextval('queue_sequence') from generate_series(1, ?)",
        count);
  }

  /** Which of these orders have an allocation. */
  public Set<String> existing(Collection<String> orderIds) {
    return new HashSet<>(
        sql.list(
            row -> row.getString(1),
            "select order_id from allocation where order_id = any(?)",
            (Object) orderIds.toArray(new String[0])));
  }

  /**
   * Inserts new allocations with lines and portions; false when one of the orders has one already.
   */
  public boolean insert(Collection<OrderHolding> holdings) {
    List<AllocationRow> rows = holdings.stream().map(OrderHolding::allocation).toList();
    int inserted =
        sql.update(
            """
            insert into allocation (order_id, channel, customer_class, priority, destination_country,
              pick_up_location, sourcing_policy, sequence, version, create_time, update_time)
            select order_id, channel, customer_class, priority, destination_country, pick_up_location,
              sourcing_policy, sequence, version, t, t
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as a(order_id, channel, customer_class, priority,
              destination_country, pick_up_location, sourcing_policy, sequence, version, t)
            on conflict do nothing""",
            text(rows, AllocationRow::orderId),
            text(rows, a -> a.context().channel()),
            text(rows, a -> a.context().customerClass()),
            rows.stream().map(a -> a.context().priority()).toArray(Integer[]::new),
            text(rows, a -> a.context().destinationCountry()),
            text(rows, a -> a.context().pickUpLocation()),
            text(rows, a -> a.context().sourcingPolicy()),
            numbers(rows, AllocationRow::sequence),
            numbers(rows, AllocationRow::version),
            rows.stream().map(AllocationRow::createTime).toArray(Instant[]::new));
    if (inserted < rows.size()) {
      return false;
    }
    insertLines(holdings.stream().flatMap(h -> h.lines().stream()).toList());
    portions.insert(holdings.stream().flatMap(h -> h.portions().stream()).toList());
    return true;
  }

  /** Adds lines, with what they hold, to an allocation that this transaction has locked. */
  public void extend(List<AllocationLineRow> lines, List<Portion> held) {
    insertLines(lines);
    portions.insert(held);
  }

  /** Adds to the counts of lines whose allocation this transaction has locked. */
  public void addToLines(Collection<LineDelta> deltas) {
    if (deltas.isEmpty()) {
      return;
    }
    List<LineDelta> list = List.copyOf(deltas);
    sql.later(
        """
        update allocation_line l set
          shipped_quantity = l.shipped_quantity + d.shipped,
          released_quantity = l.released_quantity + d.released,
          returned_quantity = l.returned_quantity + d.returned
        from unnest(?, ?, ?, ?, ?) as d(order_id, line_no, shipped, released, returned)
        where l.order_id = d.order_id and l.line_no = d.line_no""",
        text(list, LineDelta::orderId),
        list.stream().map(LineDelta::lineNo).toArray(Integer[]::new),
        numbers(list, LineDelta::shipped),
        numbers(list, LineDelta::released),
        numbers(list, LineDelta::returned));
  }

  /** Change of a line's counts. */
  public record LineDelta(String orderId, int lineNo, long shipped, long released, long returned) {}

  /** Locks allocations by order id. After the stock rows, never before. */
  public void lock(Collection<String> orderIds) {
    sql.list(
        row -> row.getString(1),
        "select order_id from allocation where order_id = any(?) order by order_id for update",
        (Object) orderIds.toArray(new String[0]));
  }

  /** Raises the version of allocations that this transaction has locked. */
  void touch(Collection<String> orderIds, Instant now) {
    sql.later(
        "update allocation set version = version + 1, update_time = ? where order_id = any(?)",
        now,
        orderIds.toArray(new String[0]));
  }

  /**
   * Reads all that these orders hold, in one query; orders without an allocation are missing.
   *
   * <p>Portions are looked up line by line ({@code offset 0} keeps the planner from doing
   * otherwise): planned once and for few rows, a join of both tables compares each line of an order
   * with each of its portions.
   */
  public Map<String, OrderHolding> read(Collection<String> orderIds) {
    Map<String, HoldingReader> readers = new HashMap<>();
    sql.list(
        row ->
            readers
                .computeIfAbsent(row.getString("own_order_id"), id -> new HoldingReader())
                .add(row),
        """
        select a.channel, a.customer_class, a.priority, a.destination_country, a.pick_up_location,
          a.sourcing_policy, a.sequence as order_sequence,
          a.version, a.create_time, a.update_time,
          l.line_id, l.ordered_quantity, l.shipped_quantity, l.released_quantity, l.refused_quantity,
          l.returned_quantity, l.wanted_date as line_wanted_date, l.kit_line_no, l.units_per_kit,
          l.sku as line_sku, l.line_no as own_line_no,
          a.order_id as own_order_id, p.*
        from allocation a
        join allocation_line l on l.order_id = a.order_id
        left join lateral (
          select * from portion o where o.order_id = l.order_id and o.line_no = l.line_no offset 0) p on true
        where a.order_id = any(?)
        order by a.order_id, l.line_no, p.ship_by_date, p.state, p.portion_no""",
        (Object) orderIds.toArray(new String[0]));
    Map<String, OrderHolding> holdings = new HashMap<>();
    readers.forEach((id, reader) -> holdings.put(id, reader.holding()));
    return holdings;
  }

  /** Order ids after {@code after}, at most {@code limit}, in order. */
  public List<String> pageOfIds(String after, int limit) {
    return sql.list(
        row -> row.getString(1),
        "select order_id from allocation where order_id > ? order by order_id limit ?",
        after,
        limit);
  }

  private void insertLines(List<AllocationLineRow> lines) {
    sql.later(
        """
        insert into allocation_line (order_id, line_no, line_id, sku, ordered_quantity, refused_quantity,
          wanted_date, kit_line_no, units_per_kit)
        select order_id, line_no, line_id, sku, ordered, refused, wanted::date, kit_line_no, units_per_kit
        from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?) as l(order_id, line_no, line_id, sku, ordered, refused, wanted,
          kit_line_no, units_per_kit)""",
        text(lines, AllocationLineRow::orderId),
        lines.stream().map(AllocationLineRow::lineNo).toArray(Integer[]::new),
        text(lines, AllocationLineRow::lineId),
        text(lines, AllocationLineRow::sku),
        numbers(lines, AllocationLineRow::ordered),
        numbers(lines, AllocationLineRow::refused),
        text(lines, l -> l.wanted().map(LocalDate::toString).orElse(null)),
        lines.stream()
            .map(l -> l.part().map(KitPart::kitLineNo).orElse(null))
            .toArray(Integer[]::new),
        lines.stream().map(l -> l.part().map(KitPart::perKit).orElse(null)).toArray(Long[]::new));
  }

  private static <T> String[] text(List<T> rows, Function<T, String> column) {
    return rows.stream().map(column).toArray(String[]::new);
  }

  private static <T> Long[] numbers(List<T> rows, ToLongFunction<T> column) {
    return rows.stream().map(column::applyAsLong).toArray(Long[]::new);
  }

  /** Puts the rows of one order together. */
  private static final class HoldingReader {
    private AllocationRow allocation;
    private final List<AllocationLineRow> lines = new ArrayList<>();
    private final List<Portion> portions = new ArrayList<>();

    boolean add(ResultSet row) throws SQLException {
      if (allocation == null) {
        allocation = readAllocation(row);
      }
      int lineNo = row.getInt("own_line_no");
      if (lines.isEmpty() || lines.get(lines.size() - 1).lineNo() != lineNo) {
        lines.add(readLine(row, lineNo));
      }
      if (row.getString("state") != null) {
        portions.add(PortionBook.read(row, allocation.orderId(), lineNo));
      }
      return true;
    }

    OrderHolding holding() {
      return new OrderHolding(allocation, lines, portions);
    }
  }

  private static AllocationRow readAllocation(ResultSet row) throws SQLException {
    return new AllocationRow(
        row.getString("own_order_id"),
        SalesContextRow.read(row),
        row.getLong("order_sequence"),
        row.getLong("version"),
        Sql.instant(row, "create_time"),
        Sql.instant(row, "update_time"));
  }

  private static AllocationLineRow readLine(ResultSet row, int lineNo) throws SQLException {
    return new AllocationLineRow(
        row.getString("own_order_id"),
        lineNo,
        row.getString("line_id"),
        row.getString("line_sku"),
        Optional.ofNullable(row.getObject("line_wanted_date", LocalDate.class)),
        row.getLong("ordered_quantity"),
        row.getLong("shipped_quantity"),
        row.getLong("released_quantity"),
        row.getLong("refused_quantity"),
        row.getLong("returned_quantity"),
        part(row));
  }

  private static Optional<KitPart> part(ResultSet row) throws SQLException {
    int kitLineNo = row.getInt("kit_line_no");
    return row.wasNull()
        ? Optional.empty()
        : Optional.of(new KitPart(kitLineNo, row.getLong("units_per_kit")));
  }
}
