package dev.backorder.inventory.book;

import dev.backorder.inventory.book.AllocationRow.SalesContextRow;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

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
            insert into allocation (order_id, channel, customer_class, priority, destination_country, sequence,
              version, create_time, update_time)
            select order_id, channel, customer_class, priority, destination_country, sequence, version, t, t
            from unnest(?, ?, ?, ?, ?, ?, ?, ?) as a(order_id, channel, customer_class, priority,
              destination_country, sequence, version, t)
            on conflict do nothing""",
            text(rows, AllocationRow::orderId),
            text(rows, a -> a.context().channel()),
            text(rows, a -> a.context().customerClass()),
            rows.stream().map(a -> a.context().priority()).toArray(Integer[]::new),
            text(rows, a -> a.context().destinationCountry()),
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

  /** Adds to the counts of lines whose allocation this transaction has locked. */
  public void addToLines(Collection<LineDelta> deltas) {
    if (deltas.isEmpty()) {
      return;
    }
    List<LineDelta> list = List.copyOf(deltas);
    sql.update(
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
    sql.update(
        "update allocation set version = version + 1, update_time = ? where order_id = any(?)",
        now,
        orderIds.toArray(new String[0]));
  }

  /** Reads all that these orders hold; orders without an allocation are missing. */
  public Map<String, OrderHolding> read(Collection<String> orderIds) {
    String[] ids = orderIds.toArray(new String[0]);
    List<AllocationRow> rows =
        sql.list(
            AllocationBook::readAllocation,
            "select * from allocation where order_id = any(?)",
            (Object) ids);
    if (rows.isEmpty()) {
      return Map.of();
    }
    Map<String, List<AllocationLineRow>> lines =
        sql
            .list(
                AllocationBook::readLine,
                "select * from allocation_line where order_id = any(?) order by order_id, line_no",
                (Object) ids)
            .stream()
            .collect(Collectors.groupingBy(AllocationLineRow::orderId));
    Map<String, List<Portion>> held = portions.ofOrders(ids);
    Map<String, OrderHolding> holdings = new HashMap<>();
    for (AllocationRow row : rows) {
      String id = row.orderId();
      holdings.put(
          id,
          new OrderHolding(
              row, lines.getOrDefault(id, List.of()), held.getOrDefault(id, List.of())));
    }
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
    sql.update(
        """
        insert into allocation_line (order_id, line_no, line_id, sku, ordered_quantity, refused_quantity)
        select * from unnest(?, ?, ?, ?, ?, ?)""",
        text(lines, AllocationLineRow::orderId),
        lines.stream().map(AllocationLineRow::lineNo).toArray(Integer[]::new),
        text(lines, AllocationLineRow::lineId),
        text(lines, AllocationLineRow::sku),
        numbers(lines, AllocationLineRow::ordered),
        numbers(lines, AllocationLineRow::refused));
  }

  private static <T> String[] text(List<T> rows, Function<T, String> column) {
    return rows.stream().map(column).toArray(String[]::new);
  }

  private static <T> Long[] numbers(List<T> rows, ToLongFunction<T> column) {
    return rows.stream().map(column::applyAsLong).toArray(Long[]::new);
  }

  private static AllocationRow readAllocation(ResultSet row) throws SQLException {
    return new AllocationRow(
        row.getString("order_id"),
        new SalesContextRow(
            row.getString("channel"),
            row.getString("customer_class"),
            row.getInt("priority"),
            row.getString("destination_country")),
        row.getLong("sequence"),
        row.getLong("version"),
        Sql.instant(row, "create_time"),
        Sql.instant(row, "update_time"));
  }

  private static AllocationLineRow readLine(ResultSet row) throws SQLException {
    return new AllocationLineRow(
        row.getString("order_id"),
        row.getInt("line_no"),
        row.getString("line_id"),
        row.getString("sku"),
        row.getLong("ordered_quantity"),
        row.getLong("shipped_quantity"),
        row.getLong("released_quantity"),
        row.getLong("refused_quantity"),
        row.getLong("returned_quantity"));
  }
}
