package dev.backorder.inventory.book;

import dev.backorder.inventory.keeping.model.Segment;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Waiting portions by what would help them, and portions by the day on which they leave. */
@ApplicationScoped
public class WaitingBook {
  private final Sql sql;

  WaitingBook(Sql sql) {
    this.sql = sql;
  }

  /**
   * As {@link PortionBook#firstWaiting}, without those whom nothing earlier would help, and without
   * the unpegged ones that are wanted on a day or later.
   *
   * @param before the day; empty for all unpegged ones
   */
  public List<Portion> firstEager(
      StockKey key, Collection<String> supplyIds, Optional<LocalDate> before, int limit) {
    return sql.list(
        PortionBook::read,
        """
        select p.* from unnest(?) as s(id) cross join lateral (
          select * from portion p
          where p.sku = ? and p.location = ? and p.state = 'WAITING' and p.supply_id = s.id
            and (p.supply_id = '' or p.constraint_kind <> 'WANTED_DATE')
            and (p.supply_id <> '' or p.wanted_date is null or p.wanted_date < ?::date)
          order by %s limit ?) p
        order by %s limit ?"""
            .formatted(PortionBook.QUEUE_ORDER, PortionBook.QUEUE_ORDER),
        supplyIds.toArray(new String[0]),
        key.sku(),
        key.location(),
        before.map(LocalDate::toString).orElse("infinity"),
        limit,
        limit);
  }

  /**
   * The first waiting portions of the members of a segment among those pegged to one of these
   * supplies, in queue order; without those whom nothing earlier would help.
   */
  public List<Portion> firstEagerOf(
      Segment segment, StockKey key, Collection<String> supplyIds, int limit) {
    List<Object> values = new ArrayList<>(List.of(key.sku(), key.location()));
    // Only what is asked for, so that the members are one range of an index.
    String members = "";
    if (!segment.channel().isEmpty()) {
      members += " and p.channel <> '' and p.channel = ?";
      values.add(segment.channel());
    }
    if (!segment.customerClass().isEmpty()) {
      members += " and p.customer_class <> '' and p.customer_class = ?";
      values.add(segment.customerClass());
    }
    values.add(supplyIds.toArray(new String[0]));
    values.add(limit);
    return sql.list(
        PortionBook::read,
        "select * from portion p where p.sku = ? and p.location = ? and p.state = 'WAITING'"
            + members
            + " and p.supply_id = any(?) and (p.supply_id = '' or p.constraint_kind <> 'WANTED_DATE')"
            + " order by "
            + PortionBook.QUEUE_ORDER
            + " limit ?",
        values.toArray());
  }

  /** Units that nothing earlier would help, by the supply that they wait for. */
  public Map<String, Long> patient(StockKey key, Collection<String> supplyIds) {
    Map<String, Long> units = new HashMap<>();
    sql.list(
        row -> units.put(row.getString(1), row.getLong(2)),
        """
        select supply_id, sum(quantity) from portion
        where sku = ? and location = ? and state = 'WAITING' and supply_id = any(?)
          and supply_id <> '' and constraint_kind = 'WANTED_DATE' group by supply_id""",
        key.sku(),
        key.location(),
        supplyIds.toArray(new String[0]));
    return units;
  }

  /**
   * Units of an item that leave by one day.
   *
   * @param supplyId the supply that they wait for; empty when they are there, or wait for none
   */
  public record Departing(String location, String supplyId, LocalDate shipBy, long quantity) {}

  /** What is promised of an item, by location, supply and day. Reads all its portions. */
  public List<Departing> departing(String sku) {
    return sql.list(
        row ->
            new Departing(
                row.getString(1),
                row.getString(2),
                row.getObject(3, LocalDate.class),
                row.getLong(4)),
        """
        select location, supply_id, ship_by_date, sum(quantity) from portion
        where sku = ? and state = 'WAITING' group by location, supply_id, ship_by_date
        union all
        select location, '', ship_by_date, sum(quantity) from portion
        where sku = ? and state = 'RESERVED' group by location, ship_by_date""",
        sku,
        sku);
  }
}
