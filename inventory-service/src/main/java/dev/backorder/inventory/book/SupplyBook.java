package dev.backorder.inventory.book;

import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The supply schedule. Rows of an item and location change only under the lock of its stock row.
 */
@ApplicationScoped
public class SupplyBook {
  private final Sql sql;

  SupplyBook(Sql sql) {
    this.sql = sql;
  }

  /** One supply. */
  public Optional<SupplyRow> find(String supplyId) {
    return sql.first(SupplyBook::read, "select * from supply where supply_id = ?", supplyId);
  }

  /** Several supplies, those that exist. */
  public List<SupplyRow> findAll(Collection<String> supplyIds) {
    return sql.list(
        SupplyBook::read,
        "select * from supply where supply_id = any(?) order by position",
        (Object) supplyIds.toArray(new String[0]));
  }

  /**
   * Supplies of these items, at all locations, from which more comes or that somebody is pegged to.
   */
  public List<SupplyRow> live(Collection<String> skus) {
    return sql.list(
        SupplyBook::read,
        "select * from supply where live and sku = any(?) order by effective_date, position",
        (Object) skus.toArray(new String[0]));
  }

  /** The same for one item and location. */
  public List<SupplyRow> live(StockKey key) {
    return sql.list(
        SupplyBook::read,
        """
        select * from supply where live and sku = ? and location = ?
        order by effective_date, position""",
        key.sku(),
        key.location());
  }

  /** Open supplies at a location that we counted on for a day before {@code day}. */
  public List<SupplyRow> openBefore(String location, LocalDate day, int limit) {
    return sql.list(
        SupplyBook::read,
        """
        select * from supply
        where location = ? and state in ('PLANNED', 'CONFIRMED') and effective_date < ?::date
        order by effective_date, position limit ?""",
        location,
        day.toString(),
        limit);
  }

  /** Supplies after {@code after} by id, at most {@code limit}. */
  public List<SupplyRow> page(String sku, boolean openOnly, String after, int limit) {
    return sql.list(
        SupplyBook::read,
        """
        select * from supply where (? = '' or sku = ?) and supply_id > ?
          and (not ? or state in ('PLANNED', 'CONFIRMED'))
        order by supply_id limit ?""",
        sku,
        sku,
        after,
        openOnly,
        limit);
  }

  /**
   * Inserts or replaces supplies; pegs are not written, they only ever change by {@link Changes}.
   */
  public void save(Collection<SupplyRow> supplies) {
    List<SupplyRow> rows = List.copyOf(supplies);
    sql.later(
        """
        insert into supply as s (supply_id, kind, source_id, supplier, sku, location, expected_quantity,
          received_quantity, expected_date, effective_date, overdue, state, over_receipt_tolerance_quantity,
          source_version, live)
        select supply_id, kind, source_id, supplier, sku, location, expected, received, expected_date::date,
          effective_date::date, overdue, state, tolerance, source_version, state in ('PLANNED', 'CONFIRMED')
        from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as n(supply_id, kind, source_id, supplier, sku,
          location, expected, received, expected_date, effective_date, overdue, state, tolerance, source_version)
        on conflict (supply_id) do update set
          expected_quantity = excluded.expected_quantity,
          received_quantity = excluded.received_quantity,
          expected_date = excluded.expected_date,
          effective_date = excluded.effective_date,
          overdue = excluded.overdue,
          state = excluded.state,
          over_receipt_tolerance_quantity = excluded.over_receipt_tolerance_quantity,
          source_version = excluded.source_version,
          live = excluded.live or s.pegged_quantity > 0""",
        text(rows, SupplyRow::supplyId),
        text(rows, s -> s.kind().name()),
        text(rows, SupplyRow::sourceId),
        text(rows, SupplyRow::supplier),
        text(rows, s -> s.key().sku()),
        text(rows, s -> s.key().location()),
        numbers(rows, SupplyRow::expected),
        numbers(rows, SupplyRow::received),
        text(rows, s -> s.expectedDate().toString()),
        text(rows, s -> s.effectiveDate().toString()),
        rows.stream().map(SupplyRow::overdue).toArray(Boolean[]::new),
        text(rows, s -> s.state().name()),
        numbers(rows, SupplyRow::tolerance),
        numbers(rows, SupplyRow::sourceVersion));
  }

  /** Adds to the pegs of supplies. */
  void addPegs(Map<String, Long> deltas) {
    if (deltas.isEmpty()) {
      return;
    }
    List<Map.Entry<String, Long>> list = List.copyOf(deltas.entrySet());
    sql.later(
        list.size(),
        """
            update supply s set
              pegged_quantity = s.pegged_quantity + d.pegged,
              live = s.state in ('PLANNED', 'CONFIRMED') or s.pegged_quantity + d.pegged > 0
            from unnest(?, ?) as d(supply_id, pegged) where s.supply_id = d.supply_id""",
        list.stream().map(Map.Entry::getKey).toArray(String[]::new),
        list.stream().map(Map.Entry::getValue).toArray(Long[]::new));
  }

  private static String[] text(List<SupplyRow> rows, Function<SupplyRow, String> column) {
    return rows.stream().map(column).toArray(String[]::new);
  }

  private static Long[] numbers(List<SupplyRow> rows, ToLongFunction<SupplyRow> column) {
    return rows.stream().map(column::applyAsLong).toArray(Long[]::new);
  }

  private static SupplyRow read(ResultSet row) throws SQLException {
    return new SupplyRow(
        row.getString("supply_id"),
        SupplyKind.valueOf(row.getString("kind")),
        row.getString("source_id"),
        row.getString("supplier"),
        new StockKey(row.getString("sku"), row.getString("location")),
        row.getLong("expected_quantity"),
        row.getLong("received_quantity"),
        row.getLong("pegged_quantity"),
        row.getObject("expected_date", LocalDate.class),
        row.getObject("effective_date", LocalDate.class),
        row.getBoolean("overdue"),
        SupplyState.valueOf(row.getString("state")),
        row.getLong("over_receipt_tolerance_quantity"),
        row.getLong("source_version"));
  }
}
